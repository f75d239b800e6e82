#include "link/fields.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include "base/text.h"
#include "link/dataset.h"
#include "link/table.h"

namespace tideline::link {

namespace {

constexpr std::pair<Kind, std::string_view> kinds[] = {{Kind::given_name, "given_name"},
                                                       {Kind::family_name, "family_name"},
                                                       {Kind::full_name, "full_name"},
                                                       {Kind::date, "date"},
                                                       {Kind::sex, "sex"},
                                                       {Kind::country, "country"},
                                                       {Kind::phone, "phone"},
                                                       {Kind::email, "email"},
                                                       {Kind::document, "document"},
                                                       {Kind::address, "address"},
                                                       {Kind::city, "city"},
                                                       {Kind::postcode, "postcode"},
                                                       {Kind::handle, "handle"},
                                                       {Kind::organisation, "organisation"},
                                                       {Kind::code, "code"},
                                                       {Kind::ignored, "ignored"}};

}  // namespace

std::string_view name_of(Kind kind) {
    for (const auto& [value, name] : kinds) {
        if (value == kind) return name;
    }
    return "ignored";
}

std::optional<Kind> kind_named(std::string_view name) {
    for (const auto& [value, known] : kinds) {
        if (known == name) return value;
    }
    return std::nullopt;
}

std::string to_yaml(const Schema& schema) {
    YAML::Emitter out;
    out << YAML::BeginMap;
    if (!schema.id_column.empty()) out << YAML::Key << "id" << YAML::Value << schema.id_column;
    if (!schema.truth_column.empty()) out << YAML::Key << "truth" << YAML::Value << schema.truth_column;
    out << YAML::Key << "fields" << YAML::Value << YAML::BeginSeq;
    for (const Field& field : schema.fields) {
        out << YAML::Flow << YAML::BeginMap << YAML::Key << "name" << YAML::Value << field.name << YAML::Key << "kind"
            << YAML::Value << std::string(name_of(field.kind)) << YAML::Key << "columns" << YAML::Value << YAML::Flow
            << field.columns;
        if (field.joined) out << YAML::Key << "joined" << YAML::Value << true;
        if (field.month_first) out << YAML::Key << "month_first" << YAML::Value << true;
        out << YAML::EndMap;
    }
    out << YAML::EndSeq << YAML::EndMap;
    return std::string(out.c_str()) + "\n";
}

Result<Schema> parse_schema(std::string_view yaml) {
    Schema schema;
    try {
        const YAML::Node root = YAML::Load(std::string(yaml));
        if (!root.IsMap()) return Error{ErrorKind::invalid, "the configuration is not a map with 'fields:'"};
        if (root["id"]) schema.id_column = root["id"].as<std::string>();
        if (root["truth"]) schema.truth_column = root["truth"].as<std::string>();
        if (!root["fields"] || !root["fields"].IsSequence())
            return Error{ErrorKind::invalid, "the configuration has no list 'fields:'"};
        for (const YAML::Node& node : root["fields"]) {
            Field field;
            const int line = node.Mark().line + 1;
            if (!node.IsMap() || !node["kind"])
                return Error{ErrorKind::invalid, fmt::format("line {}: a field needs 'kind'", line)};
            const auto kind = kind_named(node["kind"].as<std::string>());
            if (!kind) {
                return Error{ErrorKind::invalid,
                             fmt::format("line {}: there is no kind '{}'", line, node["kind"].as<std::string>())};
            }
            field.kind = *kind;
            if (node["name"]) field.name = node["name"].as<std::string>();
            if (node["column"]) field.columns.push_back(node["column"].as<std::string>());
            if (node["columns"]) {
                for (const YAML::Node& column : node["columns"]) field.columns.push_back(column.as<std::string>());
            }
            if (field.columns.empty() && !field.name.empty()) field.columns.push_back(field.name);
            if (field.columns.empty())
                return Error{ErrorKind::invalid, fmt::format("line {}: a field needs 'columns' or 'name'", line)};
            if (field.name.empty()) field.name = field.columns[0];
            field.joined = node["joined"] && node["joined"].as<bool>();
            field.month_first = node["month_first"] && node["month_first"].as<bool>();
            schema.fields.push_back(std::move(field));
        }
    } catch (const YAML::Exception& broken) {
        return Error{ErrorKind::invalid, fmt::format("the configuration cannot be read: {}", broken.what())};
    }
    return schema;
}

namespace {

/// Words of a column's name: "dateOfBirth", "date_of_birth" and "Date of birth" give the same.
std::vector<std::string> words_of(std::string_view name) {
    std::vector<std::string> words(1);
    bool lower_before = false;
    for (const char c : name) {
        const bool upper = c >= 'A' && c <= 'Z';
        const bool letter = upper || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
        if ((!letter || (upper && lower_before)) && !words.back().empty()) words.emplace_back();
        if (letter) words.back().push_back(upper ? static_cast<char>(c - 'A' + 'a') : c);
        lower_before = letter && !upper;
    }
    if (words.back().empty()) words.pop_back();
    return words;
}

struct Look {
    double filled = 0;    // share of cells with something in them
    double distinct = 0;  // distinct values among the filled
    double with_at = 0;
    double dates = 0;
    double digits = 0;  // share of characters that are digits
    double phones = 0;
    double numbers_only = 0;
    double length = 0;
    double words = 0;
};

Look look_at(const Table& table, std::size_t column) {
    constexpr std::size_t sample = 2'000;
    const std::size_t rows = std::min(table.rows(), sample);
    Look look;
    std::vector<std::string> values;
    double characters = 0;
    double digit_count = 0;
    for (std::size_t at = 0; at < rows; ++at) {
        // Spread over the file: its beginning may be sorted or special.
        const std::string_view cell = text::trim(table.cell(at * table.rows() / rows, column));
        if (cell.empty()) continue;
        values.emplace_back(cell);
        double digits = 0;
        bool phone_like = true;
        bool only_digits = true;
        for (const char c : cell) {
            const bool digit = c >= '0' && c <= '9';
            digits += digit ? 1 : 0;
            only_digits = only_digits && digit;
            phone_like = phone_like && (digit || std::string_view("+() -.").find(c) != std::string_view::npos);
        }
        look.with_at += cell.find('@') != std::string_view::npos && cell.find('.') != std::string_view::npos ? 1 : 0;
        const std::uint32_t date = detail::parse_date(cell, detail::DayOrder::day_first);
        const bool dated = date != 0 && date >> 16 > 0x1200 && date >> 16 < 0x2100 &&
                           (digits == 8 || (digits >= 4 && cell.size() >= 8)) &&
                           (cell.size() <= 12 || cell.find("-") == 4);
        look.dates += dated ? 1 : 0;
        look.phones +=
            phone_like && digits >= 7 && digits <= 15 && !dated && (cell.front() == '+' || cell.front() == '0') ? 1 : 0;
        look.numbers_only += only_digits ? 1 : 0;
        look.words += static_cast<double>(std::count(cell.begin(), cell.end(), ' ')) + 1;
        characters += static_cast<double>(cell.size());
        digit_count += digits;
    }
    const auto filled = static_cast<double>(values.size());
    if (filled == 0) return look;
    std::sort(values.begin(), values.end());
    look.distinct = static_cast<double>(std::unique(values.begin(), values.end()) - values.begin()) / filled;
    look.filled = filled / static_cast<double>(rows);
    look.with_at /= filled;
    look.dates /= filled;
    look.phones /= filled;
    look.numbers_only /= filled;
    look.words /= filled;
    look.length = characters / filled;
    look.digits = characters == 0 ? 0 : digit_count / characters;
    return look;
}

enum class Part { none, number, street };

struct Choice {
    Kind kind = Kind::ignored;
    Part part = Part::none;
    bool is_id = false;
};

Choice choose(std::string_view column, const Look& look) {
    const auto words = words_of(column);
    std::string flat;
    for (const auto& word : words) flat += word;
    const auto has = [&](std::initializer_list<std::string_view> wanted) {
        for (const auto& word : words) {
            if (std::find(wanted.begin(), wanted.end(), word) != wanted.end()) return true;
        }
        return std::find(wanted.begin(), wanted.end(), flat) != wanted.end();
    };
    const bool says_id = has({"id", "identifier", "uid", "uuid", "recid", "uniqueid", "recordid"});
    const bool says_document =
        has({"document", "passport", "licence", "license", "ssn", "nhs", "nhi", "ird", "nino", "visa", "permit",
             "docno", "soc", "social", "national", "nationalid", "tax", "taxid", "idnumber"}) &&
        !has({"nationality", "media"});
    if (says_document && !has({"type", "country", "place", "expiry", "issued"})) return {Kind::document};
    if (says_id && !has({"country"})) return {Kind::ignored, Part::none, true};
    if (has({"cluster", "entity", "truth", "label"})) return {};
    if (has({"email", "mail"})) return {Kind::email};
    if (has({"phone", "mobile", "tel", "telephone", "cell", "msisdn", "phonenumber", "cellphone", "fax"}))
        return {Kind::phone};
    if (has({"dob", "birthdate", "dateofbirth", "birthday", "born"}) ||
        (has({"birth"}) && has({"date", "day", "year"})))
        return {Kind::date};
    if (has({"birth"}) && has({"place", "city", "country", "town"})) return {Kind::code};
    if (has({"birthplace"})) return {Kind::code};
    if (has({"sex", "gender"})) return {Kind::sex};
    if (has({"nationality", "citizenship", "country"})) return {Kind::country};
    if (has({"employer", "company", "organisation", "organization", "employers", "workplace", "agency"}))
        return {Kind::organisation};
    if (has({"given", "forename", "firstname", "givenname", "forenames", "christian"}) ||
        (has({"first"}) && has({"name"}) && !has({"surname"}))) {
        return {Kind::given_name};
    }
    if (has({"first"}) && has({"surname"})) return {Kind::full_name};
    if (has({"family", "surname", "lastname", "familyname"}) || (has({"last"}) && has({"name"})))
        return {Kind::family_name};
    if (has({"middle", "middlename"})) return {Kind::code};
    if (has({"handle", "username", "nickname", "alias", "screenname"})) return {Kind::handle};
    if (has({"postcode", "zip", "zipcode", "postal", "postalcode", "plz"})) return {Kind::postcode};
    if (has({"city", "town", "suburb", "locality", "municipality"})) return {Kind::city};
    if (has({"street"}) && has({"number", "no", "num"})) return {Kind::address, Part::number};
    if (has({"housenumber"}) || (has({"house"}) && has({"number", "no"}))) return {Kind::address, Part::number};
    if (has({"address", "addr", "street", "streetname", "road"})) {
        // A second address line is rather a locality.
        const bool second = !column.empty() && column.back() == '2';
        return {second ? Kind::code : Kind::address, second ? Part::none : Part::street};
    }
    if (flat == "name" || has({"fullname"}) || (has({"full"}) && has({"name"}))) return {Kind::full_name};
    // The name says nothing; what stands in the column may.
    if (look.filled == 0) return {};
    if (look.with_at > 0.7) return {Kind::email};
    if (look.dates > 0.8) return {Kind::date};
    if (look.phones > 0.7) return {Kind::phone};
    if (look.distinct > 0.98 && look.filled > 0.98 && look.digits > 0.3) return {Kind::ignored, Part::none, true};
    if (look.digits > 0.4 && look.length >= 6 && look.length <= 14 && look.distinct > 0.3 && look.words < 1.2)
        return {Kind::document};
    if (look.length > 60) return {};
    if (look.distinct < 0.9 || look.digits < 0.5) return {Kind::code};
    return {};
}

}  // namespace

Schema recognise(const Table& table) {
    Schema schema;
    std::vector<std::pair<std::size_t, Choice>> choices;
    bool given = false;
    bool family = false;
    for (std::size_t column = 0; column < table.columns().size(); ++column) {
        const Look look = look_at(table, column);
        const Choice choice = choose(table.columns()[column], look);
        if (choice.is_id && schema.id_column.empty()) schema.id_column = table.columns()[column];
        given = given || choice.kind == Kind::given_name;
        family = family || choice.kind == Kind::family_name;
        choices.emplace_back(column, choice);
    }
    std::optional<std::size_t> number_field;
    for (const auto& [column, choice] : choices) {
        Kind kind = choice.kind;
        const std::string& name = table.columns()[column];
        if (kind == Kind::full_name && given && family) kind = Kind::ignored;  // says nothing that the parts do not say
        if (kind == Kind::ignored) continue;
        if (choice.part == Part::number) {
            number_field = schema.fields.size();
            schema.fields.push_back({"address", Kind::address, {name}, true});
            continue;
        }
        if (choice.part == Part::street && number_field && schema.fields[*number_field].columns.size() == 1) {
            schema.fields[*number_field].columns.push_back(name);
            continue;
        }
        // Several columns of one kind whose names differ only by a number hold alternatives ("phone1", "phone2").
        const auto same = std::find_if(schema.fields.begin(), schema.fields.end(), [&](const Field& field) {
            const auto stem = [](std::string_view text) {
                return text.substr(0, text.find_last_not_of("0123456789_ ") + 1);
            };
            return field.kind == kind && !field.joined && kind != Kind::code && stem(field.name) == stem(name);
        });
        if (same != schema.fields.end()) {
            same->columns.push_back(name);
        } else {
            schema.fields.push_back({name, kind, {name}, false});
        }
    }
    if (schema.fields.size() > fields_max) schema.fields.resize(fields_max);
    return schema;
}

}  // namespace tideline::link
