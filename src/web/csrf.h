#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace tideline::web {

/// A keyed hash (at least 16 bytes out). The vault supplies it.
using Mac = std::function<std::string(std::string_view key, std::string_view message)>;

/// Proves that a form came from a page that this very session was given. Nothing is stored: the token is a keyed hash
/// of the form's name under the session's secret. Safe from several threads if `mac` is.
class FormTokens {
public:
    explicit FormTokens(Mac mac) : mac_(std::move(mac)) {}

    /// The value of the hidden field of that form; base64url.
    std::string token(std::string_view session_secret, std::string_view form_name) const;
    /// True if `given` is that value; takes the same time wherever it differs.
    bool matches(std::string_view given, std::string_view session_secret, std::string_view form_name) const;

private:
    Mac mac_;
};

/// The name of the hidden field.
constexpr std::string_view form_token_field = "form_token";

}  // namespace tideline::web
