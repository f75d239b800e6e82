#include "intake/types.h"

namespace tideline::intake {

std::string_view answer(const Answers& answers, std::string_view question) {
    const auto at = answers.find(question);
    return at == answers.end() ? std::string_view() : at->second.expose();
}

// Each text as its length (8 hexadecimal digits), then its bytes: nothing is copied outside locked memory.
namespace {
void append_framed(vault::SecretText& to, std::string_view text) {
    const auto size = static_cast<std::uint32_t>(text.size());
    const unsigned char bytes[4] = {static_cast<unsigned char>(size >> 24), static_cast<unsigned char>(size >> 16),
                                    static_cast<unsigned char>(size >> 8), static_cast<unsigned char>(size)};
    to.append({reinterpret_cast<const char*>(bytes), 4});
    to.append(text);
}

std::optional<std::string_view> take_framed(std::string_view& from) {
    if (from.size() < 4) return std::nullopt;
    std::uint32_t size = 0;
    for (std::size_t i = 0; i < 4; ++i) size = (size << 8) | static_cast<unsigned char>(from[i]);
    if (from.size() - 4 < size) return std::nullopt;
    const std::string_view text = from.substr(4, size);
    from.remove_prefix(4 + size);
    return text;
}
}  // namespace

vault::SecretText pack_texts(const std::vector<std::pair<std::string_view, std::string_view>>& texts) {
    vault::SecretText packed;
    for (const auto& [name, text] : texts) {
        append_framed(packed, name);
        append_framed(packed, text);
    }
    return packed;
}

std::optional<std::vector<std::pair<std::string, vault::SecretText>>> unpack_texts(std::string_view packed) {
    std::vector<std::pair<std::string, vault::SecretText>> texts;
    while (!packed.empty()) {
        const auto name = take_framed(packed);
        const auto text = name ? take_framed(packed) : std::nullopt;
        if (!text) return std::nullopt;
        texts.emplace_back(std::string(*name), vault::SecretText(*text));
    }
    return texts;
}

vault::SecretText pack_answers(const Answers& answers) {
    std::vector<std::pair<std::string_view, std::string_view>> texts;
    for (const auto& [question, text] : answers) texts.emplace_back(question, text.expose());
    return pack_texts(texts);
}

std::optional<Answers> unpack_answers(std::string_view packed) {
    auto texts = unpack_texts(packed);
    if (!texts) return std::nullopt;
    Answers answers;
    for (auto& [question, text] : *texts) answers.insert_or_assign(std::move(question), std::move(text));
    return answers;
}

}  // namespace tideline::intake
