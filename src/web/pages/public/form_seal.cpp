#include "web/pages/public/form_seal.h"

#include <charconv>
#include <stdexcept>

namespace tideline::web::pages {
namespace {

constexpr std::size_t sealed_text_bytes_max = 2 * FormSeal::bytes_max;
constexpr std::string_view context_object = "form";

std::int64_t day_of(Instant at) { return at.ms / day_ms; }

}  // namespace

vault::Secret<vault::Key32> FormSeal::day_key(std::int64_t day) const {
    return vault::derive(master_, "form of day " + std::to_string(day));
}

// "<day>.<sealed>": the day stands in clear so that one key is tried, not all of them.
std::string FormSeal::seal(std::string_view purpose, std::string_view bytes) const {
    if (bytes.size() > bytes_max) throw std::length_error("a form carries more than its limit");
    const std::int64_t day = day_of(clock_.now());
    return std::to_string(day) + "." + vault::seal(day_key(day), {context_object, purpose}, bytes).to_storage();
}

std::optional<vault::SecretText> FormSeal::open(std::string_view purpose, std::string_view sealed) const {
    if (sealed.size() > sealed_text_bytes_max) return std::nullopt;
    const std::size_t dot = sealed.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    std::int64_t day = 0;
    const auto [end, error] = std::from_chars(sealed.data(), sealed.data() + dot, day);
    if (error != std::errc{} || end != sealed.data() + dot) return std::nullopt;
    const std::int64_t today = day_of(clock_.now());
    if (day > today || day <= today - days_accepted) return std::nullopt;

    const auto box = vault::Sealed::from_storage(sealed.substr(dot + 1));
    if (!box) return std::nullopt;
    auto bytes = vault::open(day_key(day), {context_object, purpose}, *box);
    if (!bytes) return std::nullopt;
    return std::move(bytes).value();
}

}  // namespace tideline::web::pages
