#pragma once
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "access/policy.h"
#include "base/result.h"
#include "vault/secret.h"
#include "web/http.h"

/// What the handlers of the staff site share about forms.
namespace tideline::web::pages {

constexpr std::string_view session_cookie = "session";

/// The status of a page that words this error.
unsigned status_for(ErrorKind kind);
/// The path with its query, as it can stand in a link.
std::string path_and_query(const Request& request);
/// The path to go to after signing in: of this site, and nothing that does something; "/" for anything else.
std::string local_path(std::string_view wanted);
/// What was typed, to be sent again: everything but secrets and the proof of the form.
std::vector<std::pair<std::string, SecretText>> kept_fields(const Fields& form);
/// Whether a value is something that a person wrote, not an id or a choice.
bool is_written(std::string_view value);
/// The roles that were ticked.
std::set<access::Role> roles_in(const Fields& form);
/// The field that a sentence about a person is about: "password", "email", "name" or "".
std::string_view field_in(std::string_view sentence);
/// Words as they are stored: cleaned, without white space at the ends.
vault::SecretText words_in(const Fields& form, std::string_view name);

}  // namespace tideline::web::pages
