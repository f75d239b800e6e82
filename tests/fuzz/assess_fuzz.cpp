#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "assess/method.h"

/// Every byte string is a text to suggest from, an observation file and an indicator pack; none may break anything.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace tideline;
    static const assess::Method method = [] {
        auto made = assess::Method::built_in();
        if (!made) std::abort();
        return *std::move(made);
    }();
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    for (const auto& suggestion : method.suggester().suggest(bytes)) {
        if (suggestion.end > size || suggestion.begin >= suggestion.end) std::abort();
    }
    if (const auto observations = assess::read_observations("input", bytes, method.indicators())) {
        const auto assessment = method.assess(*observations);
        explain(method.indicators(), assessment);
        method.next_question(*observations);
    }
    knowledge::Problems problems;
    const std::string text(bytes);
    const auto files = knowledge::Files::of({{"indicators/a.yaml", text}, {"indicators/phrases/en.yaml", text}});
    const auto indicators = knowledge::read_indicators(files, problems);
    assess::read_priority("priority.yaml", bytes, {"deadlines.yaml", bytes}, indicators, problems);
    return 0;
}
