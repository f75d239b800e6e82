#pragma once
#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"

/// What a jurisdiction pack says, as plain structs. Every fact carries where it comes from; `docs/knowledge.md` tells
/// how a pack is written. Texts that a reporter reads are English message ids; translate them with a Catalogue.
namespace tideline::knowledge {

using Date = std::chrono::year_month_day;

/// Where a fact comes from.
struct Provenance {
    std::string source;     ///< what was read: a law, an official page, general knowledge
    Date date;              ///< when it was retrieved or written down
    bool verified = false;  ///< someone checked it against the source named; show a mark wherever this is false
};

enum class Direction { left_to_right, right_to_left };

/// A language that the public site is offered in.
struct Language {
    std::string code;  ///< BCP 47
    std::string name;  ///< in itself
    std::string english_name;
    Direction direction = Direction::left_to_right;
};

enum class RegionKind { council, police_district, holiday };

/// A part of the country: for addresses, teams and regional holidays.
struct Region {
    std::string id;
    std::string name;
    RegionKind kind = RegionKind::council;
};

/// Where "leave this page" leads: a page that anyone may have open.
struct QuickExit {
    std::string url;
    std::string name;
};

struct Jurisdiction {
    std::string code;  ///< ISO 3166-1 alpha-2, lower case; also the name of the pack's folder
    std::string name;
    std::vector<Language> languages;  ///< in the order in which they are offered; the first is the pack's own
    std::string time_zone;            ///< IANA name
    std::string currency;             ///< ISO 4217
    int age_of_majority = 18;         ///< years; below it a person counts as a child
    std::string emergency_number;
    QuickExit quick_exit;
    std::vector<Region> regions;
    Provenance provenance;
};

enum class ChannelKind { emergency, phone, online, email, interpreter };

/// A number or an address under which somebody helps.
struct Channel {
    std::string id;
    std::string name;
    ChannelKind kind = ChannelKind::phone;
    std::string value;        ///< as people write it
    std::string link;         ///< tel:, mailto: or https:
    std::string abroad;       ///< the number for callers from outside; may be empty
    std::string description;  ///< who answers, in plain words
    std::string agency;       ///< may be empty
    bool anonymous = false;   ///< one may call without giving a name
    Provenance provenance;
};

enum class AgencyKind {
    immigration,
    labour,
    police,
    child_protection,
    border,
    justice,
    government,
    support,
    interagency,
    charity
};

struct Agency {
    std::string id;
    std::string name;
    std::string short_name;
    std::string parent;  ///< the agency that it is part of; may be empty
    AgencyKind kind = AgencyKind::government;
    std::string role;
    std::vector<std::string> members;  ///< of an interagency group
    Provenance provenance;
};

/// A penalty; nothing stands for "not of this kind".
struct Penalty {
    std::optional<int> prison_years_max;
    std::optional<long> fine_max;  ///< in whole units of the jurisdiction's currency
    bool both = false;             ///< prison and fine together are possible
    std::string note;
};

/// One thing that has to be shown, with the ways in which it can be.
struct OffenceElement {
    std::string id;
    std::string text;
    std::vector<std::string> any_of;  ///< alternatives; empty if the text says it all
};

/// An offence as the law stood in a span of days; the day of the offending decides which version applies.
struct OffenceVersion {
    std::string id;
    std::optional<Date> from;   ///< nothing: since before records matter
    std::optional<Date> until;  ///< last day; nothing: until further notice
    bool in_force = true;       ///< false: a bill, or its commencement is not known; never chosen by date
    Penalty penalty;
    std::vector<OffenceElement> elements;
    bool consent_is_no_defence = false;
    bool child_needs_no_means = false;
    std::string note;
    Provenance provenance;
};

struct Offence {
    std::string id;
    std::string act;
    std::string section;
    std::string title;
    bool trafficking = false;          ///< counts as trafficking in statistics
    std::string consent_to_prosecute;  ///< agency whose consent is needed before proceedings; may be empty
    bool extraterritorial = false;
    std::vector<std::string> aggravating;  ///< factors at sentence
    std::vector<OffenceVersion> versions;  ///< in order of time
    Provenance provenance;
};

/// What a person may need (referral codes), and its finer parts.
struct Need {
    std::string id;
    std::string name;
    std::vector<std::string> parts;
    Provenance provenance;
};

/// Who gives a service.
struct Provider {
    std::string id;
    std::string name;
    std::string agency;  ///< if it is an agency of the pack; may be empty
    std::string note;
    Provenance provenance;
};

struct Service {
    std::string id;
    std::string name;
    std::string provider;
    std::vector<std::string> needs;
    std::string eligibility;
    bool needs_certification = false;  ///< only for a person whom the authority has certified
    Provenance provenance;
};

struct Visa {
    std::string id;
    std::string name;
    std::string instrument;
    std::vector<std::string> criteria;
    std::optional<int> months_max;  ///< nothing: no end
    std::string duration;           ///< in words
    bool for_children = false;
    bool needs_certification = false;
    std::vector<int> alarm_days_before;  ///< days before expiry on which somebody is reminded
    std::optional<Date> from;
    std::optional<Date> until;
    Provenance provenance;
};

/// A legal ground on which information may pass from one to another.
struct SharingBasis {
    std::string id;
    std::string act;
    std::string title;
    std::string from;  ///< who discloses
    std::string to;    ///< who receives
    std::string limits;
    std::string compartment;  ///< what is obtained so is kept in this compartment only; may be empty
    bool duty = false;        ///< must be supplied on request, not only may
    bool not_for_investigation = false;
    std::optional<Date> effective;
    Provenance provenance;
};

/// The states of a report, as far as its reporter and the deletion rules are concerned.
inline constexpr std::array<std::string_view, 9> report_states = {
    "quarantined", "received", "opened", "assessing", "linked", "held", "redirected", "no_action", "duplicate"};

enum class DeletionAnswer { at_once, by_officer, refused };

/// Whether a reporter who asks gets their report deleted: the first rule that lists the report's state decides.
struct DeletionRule {
    std::string id;
    std::vector<std::string> states;
    DeletionAnswer answer = DeletionAnswer::refused;
    std::string text;  ///< what the reporter reads (message id)
    Provenance provenance;
};

/// How long something is kept.
struct RetentionRule {
    std::string id;
    std::string applies_to;  ///< report, message, attachment, case, audit…
    std::string name;
    std::optional<int> keep_days;  ///< after the event; nothing: until further notice
    std::string after;             ///< which event
    Provenance provenance;
};

/// A stream of reports that a team can receive.
struct ReportKind {
    std::string id;
    std::string name;         ///< message id
    std::string description;  ///< for staff
    std::string agency;       ///< that usually answers it
    Provenance provenance;
};

/// What is known of a report before anybody opens it; the words that routing rules may use.
inline constexpr std::array<std::string_view, 8> report_facts = {
    "danger", "child", "about_me", "about_someone", "about_something", "hotline", "screening", "flooding"};

/// The first rule of which every fact holds decides; the last has none and is the default.
struct RoutingRule {
    std::string id;
    std::vector<std::string> when;  ///< of report_facts
    std::string kind;
    std::string reason;
};

/// What a reporter reads about the state of their report or about a decision.
struct StatusMessage {
    std::string id;
    std::string text;  ///< message id
};

enum class DeadlineUnit { minutes, hours, days, business_hours, business_days };

/// A public holiday, and where its rule comes from.
struct Holiday {
    HolidayRule rule;
    Provenance provenance;
};

/// A time limit of the referral mechanism.
struct Deadline {
    std::string id;
    std::string name;
    long amount = 0;
    DeadlineUnit unit = DeadlineUnit::business_days;
    Provenance provenance;
};

enum class BlockKind { heading, paragraph, list, steps, callout, channels, link };

/// A part of a guidance page. `texts` holds message ids: one for heading, paragraph, callout and link, any number for
/// lists and steps, channel ids for channels.
struct Block {
    BlockKind kind = BlockKind::paragraph;
    std::vector<std::string> texts;
    std::string target;  ///< of a link: a path on this site or an https address
};

struct GuidancePage {
    std::string id;  ///< also its path
    int number = 0;  ///< the neutral number under which it appears in addresses
    std::string title;
    std::string summary;  ///< one line for lists of pages; may be empty
    std::vector<Block> blocks;
    Provenance provenance;
};

}  // namespace tideline::knowledge
