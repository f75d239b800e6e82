#include <fmt/format.h>

#include "knowledge/detail/readers.h"

namespace tideline::knowledge::detail {

namespace {

/// First and last day of an entry that holds for a time.
void read_span(const Yaml& entry, std::optional<Date>& from, std::optional<Date>& until) {
    from = entry.maybe_date("from");
    until = entry.maybe_date("until");
    if (from && until && *until < *from) entry.problem("it ends before it begins", "put 'until' on or after 'from'");
}

Penalty read_penalty(const Yaml& entry) {
    Penalty out;
    const Yaml penalty = entry.maybe("penalty");
    if (const Yaml years = penalty.maybe("prison_years_max")) {
        out.prison_years_max = static_cast<int>(years.as_integer(0, 100, 0));
    }
    if (const Yaml fine = penalty.maybe("fine_max")) out.fine_max = fine.as_integer(0, 1'000'000'000, 0);
    out.both = penalty.maybe_flag("both", false);
    out.note = penalty.maybe_text("note");
    return out;
}

OffenceVersion read_version(const Yaml& entry, const Yaml& file) {
    OffenceVersion out;
    out.id = entry.id("id");
    read_span(entry, out.from, out.until);
    out.in_force = entry.maybe_flag("in_force", true);
    out.penalty = read_penalty(entry);
    for (const Yaml& element : entry.maybe_list("elements")) {
        out.elements.push_back({element.id("id"), element.text("text"), element.maybe_texts("any_of")});
    }
    out.consent_is_no_defence = entry.maybe_flag("consent_is_no_defence", false);
    out.child_needs_no_means = entry.maybe_flag("child_needs_no_means", false);
    out.note = entry.maybe_text("note");
    out.provenance = read_provenance(entry, file);
    return out;
}

/// Versions in force must follow one another without overlap, or the day of the offending would not decide.
void check_versions(const Offence& offence, const Yaml& entry) {
    const OffenceVersion* before = nullptr;
    for (const OffenceVersion& version : offence.versions) {
        if (!version.in_force) continue;
        if (before && (!before->until || !version.from || *version.from <= *before->until)) {
            entry.problem(fmt::format("the versions '{}' and '{}' overlap", before->id, version.id),
                          "end the earlier one ('until') the day before the later one begins ('from'), earliest first");
        }
        before = &version;
    }
}

}  // namespace

void read_agencies(Yaml file, Reading reading) {
    for (const Yaml& entry : file.list("agencies")) {
        Agency out;
        out.id = reading.references.declare("agency", entry);
        out.name = entry.text("name");
        out.short_name = entry.text("short_name");
        out.parent = reading.references.use("agency", entry.maybe("parent"));
        out.kind = entry.choice<AgencyKind>("kind", {{"immigration", AgencyKind::immigration},
                                                     {"labour", AgencyKind::labour},
                                                     {"police", AgencyKind::police},
                                                     {"child_protection", AgencyKind::child_protection},
                                                     {"border", AgencyKind::border},
                                                     {"justice", AgencyKind::justice},
                                                     {"government", AgencyKind::government},
                                                     {"support", AgencyKind::support},
                                                     {"interagency", AgencyKind::interagency},
                                                     {"charity", AgencyKind::charity}});
        out.role = entry.text("role");
        out.members = reading.references.use_each("agency", entry.maybe("members"));
        out.provenance = read_provenance(entry, file);
        reading.contents.agencies.push_back(std::move(out));
    }
}

void read_offences(Yaml file, Reading reading) {
    for (const Yaml& entry : file.list("offences")) {
        Offence out;
        out.id = reading.references.declare("offence", entry);
        out.act = entry.text("act");
        out.section = entry.maybe_text("section");
        out.title = entry.text("title");
        out.trafficking = entry.maybe_flag("trafficking", false);
        out.consent_to_prosecute = reading.references.use("agency", entry.maybe("consent_to_prosecute"));
        out.extraterritorial = entry.maybe_flag("extraterritorial", false);
        out.aggravating = entry.maybe_texts("aggravating");
        for (const Yaml& version : entry.list("versions")) out.versions.push_back(read_version(version, file));
        if (out.versions.empty()) entry.at("versions").problem("an offence needs a version", "add one");
        out.provenance = read_provenance(entry, file);
        check_versions(out, entry);
        reading.contents.offences.push_back(std::move(out));
    }
}

void read_visas(Yaml file, Reading reading) {
    for (const Yaml& entry : file.list("visas")) {
        Visa out;
        out.id = reading.references.declare("visa", entry);
        out.name = entry.text("name");
        out.instrument = entry.text("instrument");
        out.criteria = entry.texts("criteria");
        if (const Yaml months = entry.maybe("months_max")) {
            out.months_max = static_cast<int>(months.as_integer(1, 1200, 1));
        }
        out.duration = entry.text("duration");
        out.for_children = entry.maybe_flag("for_children", false);
        out.needs_certification = entry.maybe_flag("needs_certification", false);
        for (const Yaml& days : entry.maybe_list("alarm_days_before")) {
            out.alarm_days_before.push_back(static_cast<int>(days.as_integer(1, 1000, 1)));
        }
        read_span(entry, out.from, out.until);
        out.provenance = read_provenance(entry, file);
        reading.contents.visas.push_back(std::move(out));
    }
}

void read_sharing(Yaml file, Reading reading) {
    for (const Yaml& entry : file.list("bases")) {
        SharingBasis out;
        out.id = reading.references.declare("sharing basis", entry);
        out.act = entry.text("act");
        out.title = entry.text("title");
        out.from = entry.text("from");
        out.to = entry.text("to");
        out.limits = entry.text("limits");
        out.compartment = entry.maybe_id("compartment");
        out.duty = entry.maybe_flag("duty", false);
        out.not_for_investigation = entry.maybe_flag("not_for_investigation", false);
        out.effective = entry.maybe_date("effective");
        out.provenance = read_provenance(entry, file);
        reading.contents.sharing_bases.push_back(std::move(out));
    }
}

void read_deadlines(Yaml file, Reading reading) {
    for (const Yaml& entry : file.list("deadlines")) {
        Deadline out;
        out.id = reading.references.declare("deadline", entry);
        out.name = entry.text("name");
        out.amount = entry.integer("amount", 0, 100'000);
        out.unit = entry.choice<DeadlineUnit>("unit", {{"minutes", DeadlineUnit::minutes},
                                                       {"hours", DeadlineUnit::hours},
                                                       {"days", DeadlineUnit::days},
                                                       {"business_hours", DeadlineUnit::business_hours},
                                                       {"business_days", DeadlineUnit::business_days}});
        out.provenance = read_provenance(entry, file);
        reading.contents.deadlines.push_back(std::move(out));
    }
}

}  // namespace tideline::knowledge::detail
