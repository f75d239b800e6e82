// What is sealed together is packed together: a stranger cannot reach these bytes, a damaged disk or a bug can.
// Whatever they are, unpacking ends within them; and what unpacks, packs to the same bytes.
#include <set>

#include "hold.h"
#include "intake/types.h"

using namespace tideline::intake;

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto texts = unpack_texts(bytes);
    const auto answers = unpack_answers(bytes);
    HOLDS(texts.has_value() == answers.has_value());
    if (!texts) return 0;

    std::vector<std::pair<std::string_view, std::string_view>> views;
    std::set<std::string_view> names;
    for (const auto& [name, text] : *texts) {
        views.emplace_back(name, text.expose());
        names.insert(name);
    }
    HOLDS(pack_texts(views).expose() == bytes);

    // Answers hold each question once, the last words given for it.
    HOLDS(answers->size() == names.size());
    for (const auto& [name, text] : views) {
        if (&name == &views.back().first) HOLDS(answer(*answers, name) == text);
    }
    const auto again = unpack_answers(pack_answers(*answers).expose());
    HOLDS(again && again->size() == answers->size());
    for (const auto& [question, words] : *answers) HOLDS(answer(*again, question) == words.expose());
    return 0;
}
