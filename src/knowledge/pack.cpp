#include "knowledge/pack.h"

#include <fmt/format.h>

#include <cstdlib>

#include "knowledge/detail/readers.h"

namespace tideline::knowledge {

namespace {

struct PackFile {
    std::string_view name;
    void (*read)(Yaml, detail::Reading);
};

constexpr PackFile pack_files[] = {
    {"jurisdiction.yaml", detail::read_jurisdiction},
    {"calendar.yaml", detail::read_calendar},
    {"agencies.yaml", detail::read_agencies},
    {"channels.yaml", detail::read_channels},
    {"offences.yaml", detail::read_offences},
    {"visas.yaml", detail::read_visas},
    {"sharing.yaml", detail::read_sharing},
    {"deadlines.yaml", detail::read_deadlines},
    {"needs.yaml", detail::read_needs},
    {"services.yaml", detail::read_services},
    {"routing.yaml", detail::read_routing},
    {"retention.yaml", detail::read_retention},
    {"messages.yaml", detail::read_messages},
    {"guidance.yaml", detail::read_guidance},
};

/// The folder of the only jurisdiction, or what to do about there being none or several.
Result<std::string> only_jurisdiction(const Files& files) {
    std::vector<std::string> found;
    for (const auto& [path, bytes] : files.below("")) {
        const std::size_t slash = path.find('/');
        if (slash != std::string_view::npos && path.substr(slash + 1) == "jurisdiction.yaml") {
            found.emplace_back(path.substr(0, slash));
        }
    }
    if (found.size() == 1) return found.front();
    if (found.empty()) {
        return Error{ErrorKind::invalid,
                     "no folder with a jurisdiction.yaml is here; add one, as docs/knowledge.md tells"};
    }
    std::string names;
    for (const std::string& name : found) names += (names.empty() ? "" : ", ") + name;
    return Error{ErrorKind::invalid, fmt::format("there are several jurisdictions ({}); say which one", names)};
}

void read_files(const Files& files, const std::string& code, PackContents& contents, Problems& problems) {
    detail::References references;
    for (const PackFile& file : pack_files) {
        const std::string path = fmt::format("{}/{}", code, file.name);
        const auto bytes = files.find(path);
        if (!bytes) {
            problems.add(path, 0, "this file is missing", "add it, as docs/knowledge.md tells");
            continue;
        }
        read_yaml(path, *bytes, problems, [&](Yaml root) { file.read(root, {contents, references}); });
    }
    for (const auto& [path, bytes] : files.below(code + "/")) {
        const std::string_view name = path.substr(code.size() + 1);
        if (name == "priority.yaml") continue;  // read with the indicators that it names, by assess
        const bool known = std::ranges::any_of(pack_files, [&](const PackFile& file) { return file.name == name; });
        if (!known) problems.add(path, 0, "packs have no file of this name", "correct the name or remove the file");
    }
    // Ids of a file that could not be read would all be missed a second time.
    if (problems.empty()) references.check(problems);
    if (!contents.jurisdiction.code.empty() && contents.jurisdiction.code != code) {
        problems.add(code + "/jurisdiction.yaml", 0,
                     fmt::format("the code is '{}', the folder is '{}'", contents.jurisdiction.code, code),
                     "make them agree");
    }
}

/// The member of a list with that id.
template <class T>
const T* by_id(const std::vector<T>& all, std::string_view id) {
    const auto found = std::ranges::find(all, id, [](const T& one) { return std::string_view(one.id); });
    return found != all.end() ? &*found : nullptr;
}

}  // namespace

Result<Pack> Pack::load(const Files& files, std::string_view wanted) {
    std::string code(wanted);
    if (code.empty()) {
        auto only = only_jurisdiction(files);
        if (!only) return only.error();
        code = *only;
    }
    auto contents = std::make_shared<PackContents>();
    Problems problems;
    read_files(files, code, *contents, problems);
    auto catalogue = Catalogue::load(files, contents->jurisdiction.languages, problems);
    if (!problems.empty()) return problems.error();

    auto zone = TimeZone::named(contents->jurisdiction.time_zone);
    if (!zone) return zone.error();
    std::vector<HolidayRule> rules;
    for (const Holiday& holiday : contents->holidays) rules.push_back(holiday.rule);
    auto calendar = BusinessCalendar::make(*zone, contents->office_hours, std::move(rules));
    if (!calendar) return calendar.error();

    Pack pack;
    pack.contents_ = std::move(contents);
    pack.calendar_ = std::make_shared<const BusinessCalendar>(*std::move(calendar));
    pack.catalogue_ = std::make_shared<const Catalogue>(std::move(catalogue));
    return pack;
}

const Language* Pack::language(std::string_view code) const {
    const auto& all = jurisdiction().languages;
    const auto found = std::ranges::find(all, code, &Language::code);
    return found != all.end() ? &*found : nullptr;
}
const Channel* Pack::channel(std::string_view id) const { return by_id(contents_->channels, id); }
const Agency* Pack::agency(std::string_view id) const { return by_id(contents_->agencies, id); }
const Offence* Pack::offence(std::string_view id) const { return by_id(contents_->offences, id); }
const Need* Pack::need(std::string_view id) const { return by_id(contents_->needs, id); }
const Provider* Pack::provider(std::string_view id) const { return by_id(contents_->providers, id); }
const Service* Pack::service(std::string_view id) const { return by_id(contents_->services, id); }
const Visa* Pack::visa(std::string_view id) const { return by_id(contents_->visas, id); }
const SharingBasis* Pack::sharing_basis(std::string_view id) const { return by_id(contents_->sharing_bases, id); }
const ReportKind* Pack::report_kind(std::string_view id) const { return by_id(contents_->report_kinds, id); }
const Deadline* Pack::deadline(std::string_view id) const { return by_id(contents_->deadlines, id); }
const StatusMessage* Pack::status_message(std::string_view id) const { return by_id(contents_->status_messages, id); }
const GuidancePage* Pack::page(std::string_view id) const { return by_id(contents_->guidance, id); }
const GuidancePage* Pack::page(int number) const {
    const auto found = std::ranges::find(contents_->guidance, number, &GuidancePage::number);
    return found != contents_->guidance.end() ? &*found : nullptr;
}

const OffenceVersion* Pack::offence_version(std::string_view id, Date offending) const {
    const Offence* of = offence(id);
    if (!of) return nullptr;
    for (const OffenceVersion& version : of->versions) {
        const bool begun = !version.from || *version.from <= offending;
        const bool ended = version.until && *version.until < offending;
        if (version.in_force && begun && !ended) return &version;
    }
    return nullptr;
}

Route Pack::route(const std::set<std::string, std::less<>>& facts) const {
    const auto holds = [&](const RoutingRule& rule) {
        return std::ranges::all_of(rule.when, [&](const std::string& fact) { return facts.contains(fact); });
    };
    const auto& rules = contents_->routing_rules;
    auto rule = std::ranges::find_if(rules, holds);
    if (rule == rules.end()) std::abort();  // load() refuses rules without a default
    return {rule->kind, rule->reason, rule->id};
}

const DeletionRule& Pack::deletion(std::string_view state) const {
    const auto covers = [&](const DeletionRule& rule) {
        return std::ranges::find(rule.states, state) != rule.states.end();
    };
    const auto& rules = contents_->deletion_rules;
    const auto rule = std::ranges::find_if(rules, covers);
    if (rule == rules.end()) std::abort();  // load() refuses rules that leave a state out; other words are a bug
    return *rule;
}

std::string Pack::filled(std::string_view text) const {
    std::map<std::string, std::string, std::less<>> values{{"emergency", jurisdiction().emergency_number}};
    for (const Channel& channel : contents_->channels) values.emplace(channel.id, channel.value);
    return fill(text, values);
}

std::vector<Translatable> Pack::translatables() const {
    std::vector<Translatable> out;
    std::set<std::string> seen;
    const auto add = [&](const std::string& text, std::string_view file) {
        if (!text.empty() && seen.insert(text).second) {
            out.push_back({text, fmt::format("knowledge/{}/{}", jurisdiction().code, file)});
        }
    };
    for (const GuidancePage& page : contents_->guidance) {
        add(page.title, "guidance.yaml");
        add(page.summary, "guidance.yaml");
        for (const Block& block : page.blocks) {
            if (block.kind == BlockKind::channels) continue;
            for (const std::string& text : block.texts) add(text, "guidance.yaml");
        }
    }
    for (const Channel& channel : contents_->channels) {
        add(channel.name, "channels.yaml");
        add(channel.description, "channels.yaml");
    }
    for (const ReportKind& kind : contents_->report_kinds) add(kind.name, "routing.yaml");
    for (const DeletionRule& rule : contents_->deletion_rules) add(rule.text, "retention.yaml");
    for (const StatusMessage& message : contents_->status_messages) add(message.text, "messages.yaml");
    return out;
}

std::vector<UnverifiedFact> Pack::unverified() const {
    std::vector<UnverifiedFact> out;
    const auto add = [&](const char* kind, const auto& all, auto name) {
        for (const auto& one : all) {
            if (!one.provenance.verified) out.push_back({kind, one.id, one.*name, one.provenance.source});
        }
    };
    const PackContents& all = *contents_;
    if (!all.jurisdiction.provenance.verified) {
        out.push_back(
            {"jurisdiction", all.jurisdiction.code, all.jurisdiction.name, all.jurisdiction.provenance.source});
    }
    add("channel", all.channels, &Channel::name);
    add("agency", all.agencies, &Agency::name);
    add("offence", all.offences, &Offence::title);
    add("need", all.needs, &Need::name);
    add("provider", all.providers, &Provider::name);
    add("service", all.services, &Service::name);
    add("visa", all.visas, &Visa::name);
    add("sharing basis", all.sharing_bases, &SharingBasis::title);
    add("deletion rule", all.deletion_rules, &DeletionRule::text);
    add("retention rule", all.retention_rules, &RetentionRule::name);
    add("report kind", all.report_kinds, &ReportKind::name);
    add("deadline", all.deadlines, &Deadline::name);
    add("guidance page", all.guidance, &GuidancePage::title);
    for (const Holiday& holiday : all.holidays) {
        if (!holiday.provenance.verified) {
            out.push_back({"holiday", holiday.rule.id, holiday.rule.name, holiday.provenance.source});
        }
    }
    for (const Offence& offence : all.offences) {
        for (const OffenceVersion& version : offence.versions) {
            if (!version.provenance.verified) {
                out.push_back({"offence version", version.id, offence.title, version.provenance.source});
            }
        }
    }
    return out;
}

}  // namespace tideline::knowledge
