#include <cstdint>
#include <cstdlib>

#include "knowledge/po.h"

/// Whatever bytes a PO file holds: reading ends, and what was read is read again from what is written.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tideline::knowledge;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    Problems problems;
    const PoFile po = read_po("fuzz.po", bytes, problems);
    for (const PoEntry& entry : po.entries) {
        (void)placeholders(entry.id);
        (void)fill(entry.id, {{"name", "value"}});
    }
    if (po.plural_rule) {
        for (const std::uint64_t n : {0ull, 1ull, 2ull, 101ull, ~0ull}) {
            const int form = po.plural_rule->form(n);
            if (form < 0 || form >= po.plural_rule->forms()) std::abort();
        }
    }
    if (!problems.empty()) return 0;
    Problems again;
    const PoFile reread = read_po("again.po", write_po(po), again);
    if (!again.empty() || reread.entries.size() != po.entries.size()) std::abort();
    for (std::size_t i = 0; i < po.entries.size(); ++i) {
        if (reread.entries[i].id != po.entries[i].id || reread.entries[i].texts != po.entries[i].texts) std::abort();
    }
    return 0;
}
