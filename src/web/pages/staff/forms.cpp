#include "web/pages/staff/forms.h"

#include <string.h>

#include "base/text.h"
#include "web/csrf.h"

namespace tideline::web::pages {

unsigned status_for(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::invalid:
        case ErrorKind::too_large: return 422;
        case ErrorKind::not_found: return 404;
        case ErrorKind::forbidden:
        case ErrorKind::no_key: return 403;
        case ErrorKind::conflict: return 409;
        case ErrorKind::expired: return 410;
        case ErrorKind::busy:
        case ErrorKind::unavailable: return 503;
        case ErrorKind::corrupt: return 500;
    }
    return 500;
}

std::string path_and_query(const Request& request) {
    std::string result = request.path;
    char mark = '?';
    for (const Field& field : request.query.all()) {
        result.push_back(std::exchange(mark, '&'));
        result.append(percent_encode(field.name)).append("=").append(percent_encode(field.value.view()));
    }
    return result;
}

std::string local_path(std::string_view wanted) {
    constexpr std::size_t bytes_max = 1000;
    const bool ours = wanted.starts_with('/') && !wanted.starts_with("//") && wanted.size() <= bytes_max &&
                      std::all_of(wanted.begin(), wanted.end(),
                                  [](char c) { return c > ' ' && c < '\x7f' && c != '\\' && c != '"'; });
    return ours && !wanted.starts_with("/sign-") ? std::string(wanted) : "/";
}

std::vector<std::pair<std::string, SecretText>> kept_fields(const Fields& form) {
    std::vector<std::pair<std::string, SecretText>> kept;
    for (const Field& field : form.all()) {
        const bool secret = field.name.find("password") != std::string::npos || field.name == "code";
        if (!secret && field.name != form_token_field) kept.emplace_back(field.name, SecretText(field.value.view()));
    }
    return kept;
}

bool is_written(std::string_view value) {
    return value.find(' ') != std::string_view::npos || text::length(value) > 40;
}

std::set<access::Role> roles_in(const Fields& form) {
    std::set<access::Role> roles;
    for (const std::string_view name : form.every("role")) {
        if (const auto role = access::role_named(name)) roles.insert(*role);
    }
    return roles;
}

std::string_view field_in(std::string_view sentence) {
    const std::string lower = text::ascii_lower(sentence);
    for (const auto& [word, field] : {std::pair<std::string_view, std::string_view>{"password", "password"},
                                      {"e-mail", "email"},
                                      {"role", "roles"},
                                      {"name", "name"}}) {
        if (lower.find(word) != std::string::npos) return field;
    }
    return "";
}

vault::SecretText words_in(const Fields& form, std::string_view name) {
    std::string cleaned = text::clean(form.first(name));
    vault::SecretText words(text::trim(cleaned));
    ::explicit_bzero(cleaned.data(), cleaned.size());
    return words;
}

}  // namespace tideline::web::pages
