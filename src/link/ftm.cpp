#include <nlohmann/json.hpp>

#include "link/detail/table_builder.h"

namespace tideline::link {

namespace {

/// FollowTheMoney's properties and what we call them.
constexpr std::pair<std::string_view, std::string_view> properties[] = {{"firstName", "given_name"},
                                                                        {"lastName", "family_name"},
                                                                        {"name", "name"},
                                                                        {"alias", "alias"},
                                                                        {"birthDate", "birth_date"},
                                                                        {"gender", "gender"},
                                                                        {"nationality", "nationality"},
                                                                        {"country", "country"},
                                                                        {"phone", "phone"},
                                                                        {"email", "email"},
                                                                        {"passportNumber", "passport"},
                                                                        {"idNumber", "id_document"},
                                                                        {"address", "address"},
                                                                        {"registrationNumber", "registration_document"},
                                                                        {"website", "website"},
                                                                        {"position", "position"}};

}  // namespace

Result<nlohmann::json> flatten_entity(const nlohmann::json& entity) {
    if (!entity.contains("id") || !entity["id"].is_string())
        return Error{ErrorKind::invalid, "an entity needs an 'id'"};
    if (!entity.contains("schema") || !entity["schema"].is_string())
        return Error{ErrorKind::invalid, "an entity needs a 'schema'"};
    nlohmann::json flat = {{"id", entity["id"]}};
    const auto found = entity.find("properties");
    if (found != entity.end() && found->is_object()) {
        for (const auto& [property, column] : properties) {
            const auto value = found->find(std::string(property));
            if (value != found->end()) flat[std::string(column)] = *value;
        }
    }
    return flat;
}

}  // namespace tideline::link
