#include "link/model.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "base/json.h"

namespace tideline::link {

double Comparison::weight(std::size_t level) const {
    return level == 0 ? 0.0 : std::log2(levels[level].m / levels[level].u);
}

std::uint32_t Frequencies::count(std::uint64_t hash) const {
    const auto found = std::lower_bound(counts.begin(), counts.end(), std::pair{hash, std::uint32_t{0}});
    return found != counts.end() && found->first == hash ? found->second : 1;
}

double Model::prior_bits() const { return std::log2(prior / (1 - prior)); }
double Model::threshold_bits() const { return std::log2(threshold / (1 - threshold)); }

namespace {

std::vector<Level> levels_for(Compared how) {
    const Level missing{"one does not say", 1, 1, 0, 0};
    switch (how) {
        case Compared::given_name:
            return {missing,
                    {"equal", .66, .004, 8, 1},
                    {"same but for spacing or order", .04, .0002, 10, .9},
                    {"part of the other", .12, .004, 8, .9},
                    {"very close", .08, .002, 9, .5},
                    {"close", .03, .006, 8, .3},
                    {"one part equal", .015, .006, 8, .9},
                    {"initial", .015, .03, 0, 0},
                    {"different", .04, .95, 0, 0}};
        case Compared::family_name:
            return {missing,
                    {"equal", .74, .002, 9, 1},
                    {"same but for spacing or order", .02, .0001, 10, .9},
                    {"part of the other", .06, .001, 8, .9},
                    {"very close", .08, .001, 9, .5},
                    {"close", .02, .005, 8, .3},
                    {"one part equal", .01, .001, 8, .9},
                    {"initial", .01, .02, 0, 0},
                    {"different", .06, .97, 0, 0}};
        case Compared::name_order: return {missing, {"same order", .96, .98, 0, 0}, {"swapped", .04, .02, 0, 0}};
        case Compared::date:
            return {missing,
                    {"equal", .82, .00006, 0, 0},
                    {"equal, but only the year is sure", .02, .0005, 0, 0},
                    {"one slip apart", .06, .002, 0, 0},
                    {"same year, one of them 1 January", .04, .002, 0, 0},
                    {"two parts equal", .03, .006, 0, 0},
                    {"same year", .01, .02, 0, 0},
                    {"different", .02, .97, 0, 0}};
        case Compared::sex: return {missing, {"equal", .98, .5, 0, 0}, {"different", .02, .5, 0, 0}};
        case Compared::country: return {missing, {"equal", .97, .1, 3, 1}, {"different", .03, .9, 0, 0}};
        case Compared::phone:
            return {missing,
                    {"equal", .6, .00001, 17, 1},
                    {"one digit off", .04, .00001, 0, 0},
                    {"different", .36, .9999, 0, 0}};
        case Compared::email:
            return {missing,
                    {"equal", .90, .00001, 17, 1},
                    {"one letter off", .05, .00001, 0, 0},
                    {"same before the @", .02, .002, 0, 0},
                    {"different", .03, .9979, 0, 0}};
        case Compared::document:
            return {missing,
                    {"equal", .75, .00001, 17, 1},
                    {"one character off", .05, .00001, 0, 0},
                    {"different", .18, .9999, 0, 0}};
        case Compared::residence:
            return {missing,
                    {"same address", .5, .00002, 16, 1},
                    {"nearly the same address", .08, .00005, 0, 0},
                    {"same postcode", .14, .002, 9, 1},
                    {"nearly the same postcode", .05, .004, 0, 0},
                    {"same town", .08, .03, 5, 1},
                    {"nearly the same town", .02, .005, 0, 0},
                    {"elsewhere", .13, .96, 0, 0}};
        case Compared::handle:
            return {missing,
                    {"equal", .8, .0001, 13, 1},
                    {"one letter off", .05, .0001, 0, 0},
                    {"different", .15, .9998, 0, 0}};
        case Compared::organisation:
            return {
                missing, {"equal", .55, .001, 10, 1}, {"very close", .10, .0005, 0, 0}, {"different", .30, .98, 0, 0}};
        case Compared::code:
            return {missing, {"equal", .75, .02, 6, 1}, {"very close", .08, .004, 0, 0}, {"different", .17, .97, 0, 0}};
    }
    return {};
}

/// What people who are related in some way have in common; the order of the levels is that of levels_for().
std::vector<Relation> relations_for(const std::vector<Comparison>& comparisons) {
    const auto relation = [&](std::string name, double share, bool by_value,
                              const std::vector<std::pair<Compared, std::vector<double>>>& touched) {
        Relation made{std::move(name), share, by_value, {}};
        std::size_t found = 0;
        for (const Comparison& comparison : comparisons) {
            made.chances.emplace_back();
            for (const auto& [how, chances] : touched) {
                if (how != comparison.how) continue;
                made.chances.back() = chances;
                ++found;
            }
        }
        if (found == 0) made.share = 0;
        return made;
    };
    return {
        relation("relatives", 2e-6, true,
                 {{Compared::family_name, {1, .78, .02, .05, .05, .01, .005, .005, .08}},
                  {Compared::residence, {1, .50, .08, .12, .04, .08, .02, .16}},
                  {Compared::phone, {1, .25, .02, .73}},
                  {Compared::country, {1, .95, .05}},
                  {Compared::date, {1, .012, .003, .008, .01, .07, .04, .857}}}),
        relation("colleagues and neighbours", 2e-6, true,
                 {{Compared::residence, {1, .50, .06, .10, .04, .10, .02, .18}},
                  {Compared::phone, {1, .30, .02, .68}},
                  {Compared::organisation, {1, .45, .08, .47}}}),
        relation("compatriots", .05, false,
                 {{Compared::given_name, {1, .03, .001, .03, .01, .02, .05, .02, .839}},
                  {Compared::family_name, {1, .03, .001, .01, .01, .02, .02, .01, .899}},
                  {Compared::country, {1, .9, .1}}}),
    };
}

Compared how_for(Kind kind) {
    switch (kind) {
        case Kind::date: return Compared::date;
        case Kind::sex: return Compared::sex;
        case Kind::country: return Compared::country;
        case Kind::phone: return Compared::phone;
        case Kind::email: return Compared::email;
        case Kind::document: return Compared::document;
        case Kind::handle: return Compared::handle;
        case Kind::organisation: return Compared::organisation;
        default: return Compared::code;
    }
}

void add_rules(Model& model, const std::vector<Slot>& slots) {
    using Part = BlockingRule::Part;
    const auto slot_of = [&](Kind kind) {
        for (std::size_t slot = 0; slot < slots.size(); ++slot) {
            if (slots[slot].kind == kind) return static_cast<int>(slot);
        }
        return -1;
    };
    const auto all_of = [&](Kind kind) {
        std::vector<int> found;
        for (std::size_t slot = 0; slot < slots.size(); ++slot) {
            if (slots[slot].kind == kind) found.push_back(static_cast<int>(slot));
        }
        return found;
    };
    const int given = slot_of(Kind::given_name);
    const int family = slot_of(Kind::family_name);
    const int date = slot_of(Kind::date);
    const int address = slot_of(Kind::address);
    const int postcode = slot_of(Kind::postcode);
    const int city = slot_of(Kind::city);
    const int organisation = slot_of(Kind::organisation);
    const bool names = given >= 0 && family >= 0;
    const BlockingRule::Piece tokens{Part::names_token, given, family};
    const BlockingRule::Piece skeletons{Part::names_skeleton, given, family};
    const BlockingRule::Piece initial{Part::given_initial, given, -1};
    const auto whole = [](int slot) { return BlockingRule::Piece{Part::value, slot, -1}; };
    const auto add = [&](std::string name, std::vector<BlockingRule::Piece> pieces,
                         std::vector<BlockingRule::Piece> finer = {}) {
        for (const auto& piece : pieces) {
            if (piece.slot < 0) return;
        }
        for (const auto& piece : finer) {
            if (piece.slot < 0) finer.clear();
        }
        if (model.rules.size() < rules_max)
            model.rules.push_back({std::move(name), std::move(pieces), std::move(finer), 0});
    };
    const std::vector<BlockingRule::Piece> by_name =
        names ? std::vector{BlockingRule::Piece{Part::given_skeleton, given, -1}} : std::vector<BlockingRule::Piece>{};
    for (const Kind kind : {Kind::document, Kind::email, Kind::phone, Kind::handle}) {
        for (const int slot : all_of(kind)) add(slots[static_cast<std::size_t>(slot)].name, {whole(slot)}, by_name);
    }
    if (names) {
        const BlockingRule::Piece birth{Part::value, date, -1};
        const BlockingRule::Piece year{Part::year, date, -1};
        const BlockingRule::Piece given_token{Part::given_token, given, -1};
        const BlockingRule::Piece family_token{Part::family_token, family, -1, given};
        const BlockingRule::Piece given_sound{Part::given_skeleton, given, -1};
        const BlockingRule::Piece family_sound{Part::family_skeleton, family, -1, given};
        const BlockingRule::Piece family_initial{Part::family_initial, family, -1, given};
        add("both names, birth date", {tokens, birth});
        add("both names, postcode", {tokens, whole(postcode)});
        add("both names, town", {tokens, whole(city)});
        add("both names, organisation", {tokens, whole(organisation)});
        add("both names, birth year", {tokens, year});
        add("both names", {tokens});
        add("sound of both names", {skeletons}, {year});
        add("sound of both names, postcode", {skeletons, whole(postcode)});
        add("birth date, given name", {birth, given_sound});
        add("birth date, family name", {birth, family_sound});
        add("birth date, postcode", {birth, whole(postcode)});
        add("birth date", {birth}, {initial});
        add("birth date, given initial", {birth, initial}, {given_sound});
        add("birth date, family initial", {birth, family_initial}, {family_sound});
        add("address", {whole(address)}, {initial});
        add("postcode", {whole(postcode)}, {initial});
        add("given name, postcode", {given_token, whole(postcode)});
        add("family name, postcode", {family_token, whole(postcode)}, {initial});
        add("given name, organisation", {given_token, whole(organisation)});
        add("family name, organisation", {family_token, whole(organisation)}, {initial});
        add("family name, birth year and month", {family_sound, {Part::year_month, date, -1}}, {initial});
        add("given name, birth year and month", {given_sound, {Part::year_month, date, -1}}, {family_initial});
        add("family name, given initial", {family_token, initial}, {year});
        add("given name, family initial", {given_token, family_initial}, {year});
        add("family name", {family_token}, {given_sound});
        add("sound of family name", {family_sound}, {given_sound});
        add("given name", {given_token}, {family_sound});
        for (const int slot : all_of(Kind::code)) {
            add("sound of both names, " + slots[static_cast<std::size_t>(slot)].name, {skeletons, whole(slot)});
            add("postcode, " + slots[static_cast<std::size_t>(slot)].name, {whole(postcode), whole(slot)}, {initial});
            add("birth date, " + slots[static_cast<std::size_t>(slot)].name, {birth, whole(slot)});
        }
        for (BlockingRule& rule : model.rules) {
            for (const std::string_view name :
                 {"birth date", "birth date, given initial", "birth date, family initial", "postcode",
                  "family name, birth year and month", "given name, birth year and month", "family name, given initial",
                  "given name, family initial", "family name", "sound of family name", "given name"}) {
                rule.coarse = rule.coarse || rule.name == name;
            }
        }
    } else {
        for (std::size_t slot = 0; slot < slots.size(); ++slot) {
            if (slots[slot].kind == Kind::sex || slots[slot].kind == Kind::country) continue;
            add(slots[slot].name, {whole(static_cast<int>(slot))});
        }
    }
}

}  // namespace

Model default_model(const Schema& schema, const std::vector<Slot>& slots) {
    Model model;
    model.schema = schema;
    model.frequencies.resize(slots.size());
    int given = -1;
    int family = -1;
    Comparison residence{"residence", Compared::residence, {-1, -1, -1}, {}};
    for (std::size_t at = 0; at < slots.size(); ++at) {
        const Slot& slot = slots[at];
        const int number = static_cast<int>(at);
        if (slot.kind == Kind::given_name && given < 0) {
            given = number;
        } else if (slot.kind == Kind::family_name && family < 0) {
            family = number;
        } else if (slot.kind == Kind::address && residence.slots[0] < 0) {
            residence.slots[0] = number;
        } else if (slot.kind == Kind::postcode && residence.slots[1] < 0) {
            residence.slots[1] = number;
        } else if (slot.kind == Kind::city && residence.slots[2] < 0) {
            residence.slots[2] = number;
        } else {
            const Compared how = how_for(slot.kind);
            model.comparisons.push_back({slot.name, how, {number, -1, -1}, levels_for(how)});
        }
    }
    std::vector<Comparison> first;
    if (given >= 0)
        first.push_back({slots[static_cast<std::size_t>(given)].name,
                         Compared::given_name,
                         {given, family, -1},
                         levels_for(Compared::given_name)});
    if (family >= 0)
        first.push_back({slots[static_cast<std::size_t>(family)].name,
                         Compared::family_name,
                         {family, given, -1},
                         levels_for(Compared::family_name)});
    if (given >= 0 && family >= 0)
        first.push_back(
            {"order of names", Compared::name_order, {given, family, -1}, levels_for(Compared::name_order)});
    model.comparisons.insert(model.comparisons.begin(), first.begin(), first.end());
    if (residence.slots[0] >= 0 || residence.slots[1] >= 0 || residence.slots[2] >= 0) {
        residence.levels = levels_for(Compared::residence);
        model.comparisons.push_back(residence);
    }
    model.relations = relations_for(model.comparisons);
    add_rules(model, slots);
    return model;
}

namespace {

constexpr int model_version = 1;

}  // namespace

std::string to_json(const Model& model) {
    using nlohmann::json;
    json root = {{"tideline_model", model_version},
                 {"schema", to_yaml(model.schema)},
                 {"prior", model.prior},
                 {"records", model.records},
                 {"threshold", model.threshold}};
    for (const Comparison& comparison : model.comparisons) {
        json levels = json::array();
        for (const Level& level : comparison.levels) {
            levels.push_back({{"name", level.name},
                              {"m", level.m},
                              {"u", level.u},
                              {"mean_bits", level.mean_bits},
                              {"rarity_share", level.rarity_share}});
        }
        root["comparisons"].push_back({{"name", comparison.name},
                                       {"how", static_cast<int>(comparison.how)},
                                       {"slots", comparison.slots},
                                       {"levels", levels}});
    }
    for (const Relation& relation : model.relations) {
        root["relations"].push_back({{"name", relation.name},
                                     {"share", relation.share},
                                     {"by_value", relation.by_value},
                                     {"chances", relation.chances}});
    }
    const auto pieces = [](const std::vector<BlockingRule::Piece>& from) {
        json list = json::array();
        for (const auto& piece : from)
            list.push_back({static_cast<int>(piece.part), piece.slot, piece.other, piece.instead});
        return list;
    };
    for (const BlockingRule& rule : model.rules) {
        root["rules"].push_back({{"name", rule.name},
                                 {"pieces", pieces(rule.pieces)},
                                 {"finer", pieces(rule.finer)},
                                 {"block_max", rule.block_max}});
    }
    for (const Frequencies& frequencies : model.frequencies) {
        json counts = json::array();
        for (const auto& [hash, count] : frequencies.counts) {
            counts.push_back(hash);
            counts.push_back(count);
        }
        root["frequencies"].push_back({{"records", frequencies.records}, {"counts", counts}});
    }
    return root.dump();
}

namespace {

/// Whether what the piece takes of a value is something that values of its slots have.
bool fits(const BlockingRule::Piece& piece, const std::vector<Slot>& slots) {
    using Part = BlockingRule::Part;
    if (piece.slot < 0) return false;
    const auto kind_fits = [&](int at) {
        const Kind kind = slots[static_cast<std::size_t>(at)].kind;
        const bool name = kind == Kind::given_name || kind == Kind::family_name;
        switch (piece.part) {
            case Part::value: return piece.instead < 0 || name;
            case Part::year:
            case Part::month_day:
            case Part::year_month: return kind == Kind::date;
            default: return name;
        }
    };
    const bool of_two = piece.part == Part::names_token || piece.part == Part::names_skeleton;
    if (of_two != (piece.other >= 0)) return false;
    return kind_fits(piece.slot) && (piece.other < 0 || kind_fits(piece.other)) &&
           (piece.instead < 0 || kind_fits(piece.instead));
}

}  // namespace

Result<Model> parse_model(std::string_view text) {
    using nlohmann::json;
    const json root = json::parse(text, nullptr, false);
    if (!root.is_object() || !root.contains("tideline_model"))
        return Error{ErrorKind::invalid, "this is not a linking model"};
    try {
        if (root.at("tideline_model") != model_version)
            return Error{ErrorKind::invalid, "the linking model is of another version; train it again"};
        Model model;
        auto schema = parse_schema(root.at("schema").get<std::string>());
        if (!schema.ok()) return schema.error();
        model.schema = *std::move(schema);
        const std::vector<Slot> all_slots = Dataset(model.schema).slots();
        const std::size_t slots = all_slots.size();
        if (slots > fields_max) throw std::out_of_range("more compared fields than there may be");
        const auto slot_of = [&](const json& value) {
            const int slot = whole_number<int>(value);
            if (slot < -1 || slot >= static_cast<int>(slots))
                throw std::out_of_range("a slot that the fields do not have");
            return slot;
        };
        model.prior = root.at("prior");
        model.records = root.at("records");
        model.threshold = root.at("threshold");
        if (!(model.prior > 0 && model.prior < 1 && model.threshold > 0 && model.threshold < 1))
            throw std::out_of_range("a chance outside 0 to 1");
        const Model shape = default_model(model.schema, all_slots);
        for (const json& from : root.at("comparisons")) {
            Comparison comparison;
            comparison.name = from.at("name");
            const int how = whole_number<int>(from.at("how"));
            if (how < 0 || how > static_cast<int>(Compared::code)) throw std::out_of_range("an unknown comparison");
            comparison.how = static_cast<Compared>(how);
            for (std::size_t i = 0; i < comparison.slots.size(); ++i)
                comparison.slots[i] = slot_of(from.at("slots").at(i));
            for (const json& level : from.at("levels")) {
                comparison.levels.push_back(
                    {level.at("name"), level.at("m"), level.at("u"), level.at("mean_bits"), level.at("rarity_share")});
                if (!(comparison.levels.back().m > 0 && comparison.levels.back().u > 0))
                    throw std::out_of_range("a chance of zero or less");
            }
            model.comparisons.push_back(std::move(comparison));
        }
        if (model.comparisons.size() != shape.comparisons.size())
            throw std::out_of_range("comparisons that do not fit the fields");
        for (std::size_t i = 0; i < shape.comparisons.size(); ++i) {
            const Comparison& read = model.comparisons[i];
            if (read.how != shape.comparisons[i].how || read.slots != shape.comparisons[i].slots ||
                read.levels.size() != shape.comparisons[i].levels.size()) {
                throw std::out_of_range("comparisons that do not fit the fields");
            }
        }
        for (const json& from : root.value("relations", json::array())) {
            model.relations.push_back({from.at("name"), from.at("share"), from.at("by_value"),
                                       from.at("chances").get<std::vector<std::vector<double>>>()});
            if (model.relations.back().chances.size() != model.comparisons.size())
                throw std::out_of_range("relations that do not fit the comparisons");
            for (std::size_t i = 0; i < model.comparisons.size(); ++i) {
                const auto& chances = model.relations.back().chances[i];
                if (!chances.empty() && chances.size() != model.comparisons[i].levels.size())
                    throw std::out_of_range("relations that do not fit the comparisons");
            }
        }
        const auto pieces = [&](const json& list) {
            std::vector<BlockingRule::Piece> read;
            for (const json& from : list) {
                const int part = whole_number<int>(from.at(0));
                if (part < 0 || part > static_cast<int>(BlockingRule::Part::year_month))
                    throw std::out_of_range("an unknown part of a key");
                read.push_back({static_cast<BlockingRule::Part>(part), slot_of(from.at(1)), slot_of(from.at(2)),
                                slot_of(from.at(3))});
                if (!fits(read.back(), all_slots)) throw std::out_of_range("a key that does not fit the fields");
            }
            return read;
        };
        for (const json& from : root.value("rules", json::array())) {
            if (model.rules.size() == rules_max) throw std::out_of_range("too many rules");
            model.rules.push_back({from.at("name"), pieces(from.at("pieces")), pieces(from.at("finer")),
                                   whole_number<std::uint32_t>(from.at("block_max"))});
        }
        for (const json& from : root.at("frequencies")) {
            Frequencies frequencies;
            frequencies.records = from.at("records");
            const json& counts = from.at("counts");
            for (std::size_t i = 0; i + 1 < counts.size(); i += 2)
                frequencies.counts.emplace_back(whole_number<std::uint64_t>(counts[i]),
                                                whole_number<std::uint32_t>(counts[i + 1]));
            std::sort(frequencies.counts.begin(), frequencies.counts.end());
            model.frequencies.push_back(std::move(frequencies));
        }
        if (model.frequencies.size() != slots) throw std::out_of_range("frequencies that do not fit the fields");
        return model;
    } catch (const std::exception& broken) {
        return Error{ErrorKind::corrupt, std::string("the linking model is damaged: ") + broken.what()};
    }
}

}  // namespace tideline::link
