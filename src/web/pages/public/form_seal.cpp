#include "web/pages/public/form_seal.h"

#include <charconv>
#include <stdexcept>

namespace tideline::web::pages {
namespace {

constexpr std::size_t sealed_text_bytes_max = 2 * FormSeal::bytes_max;

}  // namespace

vault::Secret<vault::Key32> FormSeal::day_key(Instant at) const {
    return vault::derive(master_, "form of day " + std::to_string(at.ms / day_ms));
}

// "<milliseconds>.<sealed>": the moment stands in clear, so that one key is tried, and is bound into what is sealed.
std::string FormSeal::seal(std::string_view purpose, std::string_view bytes) const {
    if (bytes.size() > bytes_max) throw std::length_error("a form carries more than its limit");
    const Instant now = clock_.now();
    const std::string moment = std::to_string(now.ms);
    return moment + "." + vault::seal(day_key(now), {moment, purpose}, bytes).to_storage();
}

std::optional<vault::SecretText> FormSeal::open(std::string_view purpose, std::string_view sealed) const {
    if (sealed.size() > sealed_text_bytes_max) return std::nullopt;
    const std::size_t dot = sealed.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    const std::string_view moment = sealed.substr(0, dot);
    Instant at;
    const auto [end, error] = std::from_chars(moment.data(), moment.data() + moment.size(), at.ms);
    if (error != std::errc{} || end != moment.data() + moment.size()) return std::nullopt;
    const Instant now = clock_.now();
    if (at > now || at + age_ms_ <= now) return std::nullopt;

    const auto box = vault::Sealed::from_storage(sealed.substr(dot + 1));
    if (!box) return std::nullopt;
    auto bytes = vault::open(day_key(at), {moment, purpose}, *box);
    if (!bytes) return std::nullopt;
    return std::move(bytes).value();
}

}  // namespace tideline::web::pages
