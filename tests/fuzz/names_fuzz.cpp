#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "names/index.h"
#include "names/names.h"

/// Any bytes are two names: nothing crashes, both directions agree, and a name agrees with itself as nothing else does.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tideline::names;
    if (size < 2) return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
    const auto schema = static_cast<Schema>(data[0] % 3);
    const std::size_t middle = bytes.size() * (data[0] / 3) / 86;
    const Prepared a = prepare(bytes.substr(0, middle), schema), b = prepare(bytes.substr(middle), schema);
    const Comparison there = compare(a, b), back = compare(b, a);
    if (there.score != back.score || there.log_likelihood_ratio != back.log_likelihood_ratio) std::abort();
    if (!(there.score >= 0 && there.score <= 1)) std::abort();
    if (!a.empty() && compare(a, a).score != 1.0) std::abort();
    (void)explain(a, b, there);
    (void)blocking_keys(a);
    return 0;
}
