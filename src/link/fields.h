#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

/// Which columns a source of records has, and what they mean to the linking engine.
namespace tideline::link {

/// What the values of a field are; decides how they are cleaned, compared and used for blocking.
enum class Kind : std::uint8_t {
    given_name,    ///< personal names, in any script; several tokens are fine
    family_name,   ///< family names, including particles
    full_name,     ///< a whole name; split into given and family when the source has no better columns
    date,          ///< date of birth; partial and impossible dates stay comparable digit by digit
    sex,           ///< f, m or x
    country,       ///< nationality or country
    phone,         ///< telephone number; compared by its last eight digits
    email,         ///< e-mail address
    document,      ///< passport, licence or other number that an authority gave out
    address,       ///< house number and street
    city,          ///< town or suburb of residence
    postcode,      ///< postal code of residence
    handle,        ///< name on a social or messaging service
    organisation,  ///< employer, company, agency
    code,          ///< any other text where equality says something (occupation, birth place, region)
    ignored,       ///< not used
};

/// The lower-case name of a kind, as written in configuration files.
std::string_view name_of(Kind kind);
/// The kind with this name, or nothing.
std::optional<Kind> kind_named(std::string_view name);

/// One thing that is compared: one or more columns of the source that hold it.
struct Field {
    std::string name;                  ///< what people see in explanations
    Kind kind = Kind::ignored;         ///< meaning of the values
    std::vector<std::string> columns;  ///< source columns; several are alternatives, or parts if `joined`
    bool joined = false;               ///< the columns are parts of one value (street number + street)
    bool month_first = false;          ///< dates like 03/04/1999 begin with the month; a file may show it by itself
};

/// Limits of one run; passing them is an error that names the limit.
inline constexpr std::size_t fields_max = 16;          ///< compared fields of a schema
inline constexpr std::size_t value_bytes_max = 240;    ///< longer values are cut for comparing, not for output
inline constexpr std::size_t cell_bytes_max = 65'000;  ///< longer cells make their line a bad line

/// How a source is read: its fields, and the columns that are not evidence.
struct Schema {
    std::vector<Field> fields;
    std::string id_column;     ///< empty: records are numbered from 1
    std::string truth_column;  ///< never compared; only used to measure accuracy
};

/// The schema as YAML (the part `fields:` of a configuration), readable back by parse_schema.
std::string to_yaml(const Schema& schema);
/// Reads what to_yaml wrote; Error::invalid says which field is off.
Result<Schema> parse_schema(std::string_view yaml);

}  // namespace tideline::link
