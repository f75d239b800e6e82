#include "web/csrf.h"

#include <span>

#include "base/text.h"

namespace tideline::web {

std::string FormTokens::token(std::string_view session_secret, std::string_view form_name) const {
    const std::string hash = mac_(session_secret, std::string("tideline form token\n").append(form_name));
    return text::base64url({reinterpret_cast<const unsigned char*>(hash.data()), hash.size()});
}

bool FormTokens::matches(std::string_view given, std::string_view session_secret, std::string_view form_name) const {
    const std::string wanted = token(session_secret, form_name);
    if (given.size() != wanted.size()) return false;
    unsigned difference = 0;
    for (std::size_t at = 0; at < wanted.size(); ++at)
        difference |=
            static_cast<unsigned>(static_cast<unsigned char>(given[at]) ^ static_cast<unsigned char>(wanted[at]));
    return difference == 0 && !wanted.empty();
}

}  // namespace tideline::web
