#include "knowledge/pack.h"

namespace tideline::knowledge {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using namespace std::chrono_literals;

const std::string xandria = std::string(TIDELINE_SOURCE_DIR) + "/tests/data/jurisdiction-xx";

Date date(int y, unsigned m, unsigned d) { return std::chrono::year(y) / std::chrono::month(m) / std::chrono::day(d); }

/// The pack of the made-up country, as path and bytes.
std::map<std::string, std::string, std::less<>> xandrian_files() {
    std::map<std::string, std::string, std::less<>> out;
    const Files files = Files::folder(xandria).value();
    for (const auto& [path, bytes] : files.below("")) out.emplace(path, bytes);
    return out;
}

Pack xandrian_pack() { return Pack::load(Files::folder(xandria).value()).value(); }

TEST(pack, the_one_compiled_in_loads_without_a_word) {
    const auto pack = Pack::load(Files::embedded());
    ASSERT_TRUE(pack) << pack.error().message;
    EXPECT_GE(pack->jurisdiction().languages.size(), 12u);
    EXPECT_FALSE(pack->contents().offences.empty());
    EXPECT_NE(pack->page(1), nullptr);
}

TEST(pack, another_country_loads_from_a_folder_and_answers_with_its_own_facts) {
    const Pack pack = xandrian_pack();
    EXPECT_EQ(pack.jurisdiction().name, "Xandria");
    EXPECT_EQ(pack.jurisdiction().age_of_majority, 21);
    EXPECT_EQ(pack.jurisdiction().currency, "XAN");
    EXPECT_EQ(pack.language("he")->direction, Direction::right_to_left);
    EXPECT_EQ(pack.language("xx"), nullptr);
    EXPECT_EQ(pack.channel("guard.desk")->value, "12 34");
    EXPECT_EQ(pack.agency("guard")->kind, AgencyKind::police);
    EXPECT_EQ(pack.service("bucket")->needs, std::vector<std::string>{"water"});
    EXPECT_EQ(pack.provider("well")->agency, "guard");
    EXPECT_EQ(pack.need("water")->parts.size(), 2u);
    EXPECT_EQ(pack.visa("shelter")->alarm_days_before, std::vector<int>{10});
    EXPECT_EQ(pack.sharing_basis("trust")->compartment, "trust");
    EXPECT_EQ(pack.deadline("report.open")->unit, DeadlineUnit::business_days);
    EXPECT_EQ(pack.status_message("state.received")->text, "Here.");
    EXPECT_EQ(pack.report_kind("calls")->name, "Calls");
    EXPECT_EQ(pack.offence("bondage")->consent_to_prosecute, "guard");
    EXPECT_EQ(pack.contents().retention_rules[0].keep_days, 1);
    EXPECT_EQ(pack.page(7), pack.page("danger"));
    EXPECT_EQ(pack.page(8), nullptr);
}

TEST(pack, the_day_of_the_offending_chooses_the_version_and_a_bill_is_never_chosen) {
    const Pack pack = xandrian_pack();
    EXPECT_EQ(pack.offence_version("bondage", date(1999, 1, 1))->id, "bondage.old");
    EXPECT_EQ(pack.offence_version("bondage", date(2029, 12, 31))->id, "bondage.old");
    EXPECT_EQ(pack.offence_version("bondage", date(2030, 1, 1))->id, "bondage.new");
    EXPECT_EQ(pack.offence_version("bondage", date(2034, 12, 31))->penalty.prison_years_max, 9);
    EXPECT_EQ(pack.offence_version("bondage", date(2035, 1, 1)), nullptr);
    EXPECT_EQ(pack.offence_version("unknown", date(2030, 1, 1)), nullptr);
}

TEST(pack, reports_go_where_the_first_rule_that_holds_sends_them) {
    const Pack pack = xandrian_pack();
    EXPECT_EQ(pack.route({}).kind, "all");
    EXPECT_EQ(pack.route({"danger", "child"}).kind, "all");
    EXPECT_EQ(pack.route({"danger", "hotline", "child"}).kind, "calls");
    EXPECT_EQ(pack.route({"danger", "hotline"}).reason, "Told by phone while in danger");
}

TEST(pack, the_first_deletion_rule_that_lists_the_state_decides) {
    const Pack pack = xandrian_pack();
    EXPECT_EQ(pack.deletion("opened").answer, DeletionAnswer::refused);
    EXPECT_EQ(pack.deletion("received").answer, DeletionAnswer::at_once);
}

TEST(pack, its_calendar_keeps_its_own_week_zone_and_holidays) {
    const Pack pack = xandrian_pack();
    const BusinessCalendar& calendar = pack.calendar();
    const Day wednesday = Day(date(2030, 2, 27));
    EXPECT_EQ(calendar.holiday(wednesday)->id, "founding");
    EXPECT_TRUE(calendar.is_business_day(wednesday - days(7)));
    EXPECT_TRUE(calendar.is_business_day(wednesday - days(3)));
    EXPECT_FALSE(calendar.is_business_day(wednesday + days(1)));
    EXPECT_EQ(calendar.zone().instant(std::chrono::local_seconds(wednesday)), sys_days(date(2030, 2, 27)) + 5h);
    EXPECT_FALSE(calendar.is_business_day(Day(date(2030, 6, 12)), "delta"));
    EXPECT_TRUE(calendar.is_business_day(Day(date(2030, 6, 12))));
}

TEST(pack, numbers_are_filled_into_texts_after_translation) {
    const Pack pack = xandrian_pack();
    const std::string& id = pack.page("danger")->blocks[1].texts[0];
    EXPECT_EQ(pack.filled(pack.catalogue().translate("fr", id)), "Appelez le 12 34 ou le 999.");
    EXPECT_EQ(pack.filled("{unknown} {emergency}"), "{unknown} 999");
}

TEST(pack, every_public_text_is_listed_once_for_the_translators) {
    const auto texts = xandrian_pack().translatables();
    const auto lists = [&](std::string_view text) { return std::ranges::count(texts, text, &Translatable::text); };
    for (const char* text : {"In danger", "Call", "One", "Then", "Now", "Report", "Everything", "At once.", "Here.",
                             "Guard desk", "Ask for the desk."}) {
        EXPECT_EQ(lists(text), 1) << text;
    }
    EXPECT_EQ(lists("guard.desk"), 0);
    EXPECT_EQ(lists("A bucket"), 0) << "services are shown to staff, in English";
}

TEST(pack, facts_that_nobody_checked_are_listed) {
    const auto facts = xandrian_pack().unverified();
    ASSERT_EQ(facts.size(), 2u);
    EXPECT_EQ(facts[0].id, "flood");
    EXPECT_EQ(facts[1].id, "bondage.bill");
}

TEST(pack, a_folder_with_several_countries_needs_to_be_told_which) {
    auto files = xandrian_files();
    files["yy/jurisdiction.yaml"] = files["xx/jurisdiction.yaml"];
    EXPECT_EQ(Pack::load(Files::of(files)).error().message, "there are several jurisdictions (xx, yy); say which one");
    EXPECT_TRUE(Pack::load(Files::of(files), "xx"));
    EXPECT_FALSE(Pack::load(Files::of({})));
    EXPECT_FALSE(Files::folder("/nonexistent"));
}

TEST(pack, one_run_reports_the_problems_of_all_files) {
    auto files = xandrian_files();
    files["xx/visas.yaml"] = "visas: 3\n";
    files["xx/needs.yaml"] = "needs: [3]\n";
    files.erase("xx/messages.yaml");
    const std::string said = Pack::load(Files::of(files)).error().message;
    EXPECT_NE(said.find("xx/visas.yaml:1: "), std::string::npos) << said;
    EXPECT_NE(said.find("xx/needs.yaml:1: "), std::string::npos) << said;
    EXPECT_NE(said.find("xx/messages.yaml: this file is missing"), std::string::npos) << said;
}

struct Broken {
    const char* name;
    const char* file;
    const char* from;  ///< the first of these in the file…
    const char* to;    ///< …becomes this
    const char* said;
};

const Broken broken[] = {
    {"unknown_zone", "xx/jurisdiction.yaml", "Bogota", "Bogot",
     "xx/jurisdiction.yaml:5: there is no time zone 'America/Bogot'; write its IANA name, as in Europe/Paris; correct "
     "the name"},
    {"code_and_folder", "xx/jurisdiction.yaml", "code: xx", "code: yy",
     "xx/jurisdiction.yaml: the code is 'yy', the folder is 'xx'; make them agree"},
    {"no_currency", "xx/jurisdiction.yaml", "XAN", "xan",
     "xx/jurisdiction.yaml:2: 'xan' is not a currency; write its three letters, as in EUR"},
    {"exit_in_clear", "xx/jurisdiction.yaml", "https://weather", "http://weather",
     "xx/jurisdiction.yaml:9: the quick exit does not lead to an https address; write it as https://…"},
    {"language_without_file", "xx/jurisdiction.yaml", "{code: he", "{code: ja",
     "languages/ja.po: the pack offers Hebrew, but this file is missing; add it, or take the language out of "
     "jurisdiction.yaml"},
    {"language_code", "xx/jurisdiction.yaml", "{code: he", "{code: h_e",
     "xx/jurisdiction.yaml:14: 'h_e' is not a language code; write a BCP 47 code, as in mi or zh-Hans"},
    {"direction", "xx/jurisdiction.yaml", "right_to_left", "rtl",
     "xx/jurisdiction.yaml:14: 'rtl' is not one of 'left_to_right', 'right_to_left'; choose one of them"},
    {"language_twice", "xx/jurisdiction.yaml", "{code: he", "{code: fr",
     "xx/jurisdiction.yaml:14: the language 'fr' stands here twice; keep one"},
    {"hours", "xx/calendar.yaml", "10:00-14:00", "14:00-10:00",
     "xx/calendar.yaml:2: '14:00-10:00' are no office hours; write them as 08:30-17:00, up to 24:00"},
    {"weekday", "xx/calendar.yaml",
     "sunday:", "sonday:", "xx/calendar.yaml:2: there is no key 'sonday' here; did you mean 'sunday'?"},
    {"two_rules", "xx/calendar.yaml", "fixed: 06-12", "fixed: 06-12, easter: 1",
     "xx/calendar.yaml:6: a holiday needs one rule, this one has 2; give one of fixed, nth_weekday, nearest, easter or "
     "table"},
    {"no_such_day", "xx/calendar.yaml", "06-12", "06-31",
     "xx/calendar.yaml:6: '06-31' is not a day of the year; write it as MM-DD, as in 12-25"},
    {"nth", "xx/calendar.yaml", "nth: -1", "nth: 0",
     "xx/calendar.yaml:5: 'nth: 0' finds no day; count from 1, or from -1 for the last"},
    {"region", "xx/calendar.yaml", "[delta]", "[dleta]",
     "xx/calendar.yaml:6: there is no region 'dleta' in this pack; did you mean 'delta'?"},
    {"agency", "xx/channels.yaml", "agency: guard", "agency: gard",
     "xx/channels.yaml:3: there is no agency 'gard' in this pack; did you mean 'guard'?"},
    {"link", "xx/channels.yaml", "tel:1234", "1234",
     "xx/channels.yaml:3: '1234' is no link; begin it with tel:, mailto: or https://"},
    {"twice", "xx/needs.yaml", "needs:\n", "needs:\n  - {id: water, name: W, source: s, verified: true}\n",
     "xx/needs.yaml:4: the id 'water' is used twice for a need; give each its own id"},
    {"no_source", "xx/visas.yaml", "source: Made up, ", "",
     "xx/visas.yaml:3: the key 'source' is missing; add  source: …"},
    {"no_date", "xx/visas.yaml", "date: 2030-05-05\n", "", "xx/visas.yaml:2: the key 'date' is missing; add  date: …"},
    {"verified", "xx/visas.yaml", "verified: true", "verified: maybe",
     "xx/visas.yaml:3: 'maybe' is neither true nor false; write true or false"},
    {"overlap", "xx/offences.yaml", "2029-12-31", "2030-01-01",
     "xx/offences.yaml:3: the versions 'bondage.old' and 'bondage.new' overlap; end the earlier one ('until') the day "
     "before the later one begins ('from'), earliest first"},
    {"span", "xx/offences.yaml", "2034-12-31", "2029-12-31",
     "xx/offences.yaml:13: it ends before it begins; put 'until' on or after 'from'"},
    {"no_version", "xx/offences.yaml",
     "    versions:", "    versions: []\n    verison:", "xx/offences.yaml:11: an offence needs a version; add one"},
    {"provider", "xx/services.yaml", "provider: well", "provider: wells",
     "xx/services.yaml:5: there is no provider 'wells' in this pack; did you mean 'well'?"},
    {"need", "xx/services.yaml", "[water]", "[fire]",
     "xx/services.yaml:5: there is no need 'fire' in this pack; declare the need or correct the id"},
    {"fact", "xx/routing.yaml", "danger]", "dangr]",
     "xx/routing.yaml:6: 'dangr' is not a fact that is known of a report; did you mean 'danger'?"},
    {"no_default", "xx/routing.yaml", "{id: rest, ", "{id: rest, when: [child], ",
     "xx/routing.yaml:6: the last routing rule is not a default; end the list with a rule that has no 'when'"},
    {"early_default", "xx/routing.yaml", "when: [hotline, danger], ", "",
     "xx/routing.yaml:6: the rule 'call' has no 'when', so the rules after it are never reached; move it to the end"},
    {"kind", "xx/routing.yaml", "kind: calls", "kind: callz",
     "xx/routing.yaml:6: there is no report kind 'callz' in this pack; did you mean 'calls'?"},
    {"state", "xx/retention.yaml", "[opened]", "[open]",
     "xx/retention.yaml:3: 'open' is not a state of a report; did you mean 'opened'?"},
    {"state_left_out", "xx/retention.yaml", "held, ", "",
     "xx/retention.yaml:3: no deletion rule covers the state 'held'; add it to a rule's states"},
    {"unit", "xx/deadlines.yaml", "business_days", "work_days",
     "xx/deadlines.yaml:3: 'work_days' is not one of 'minutes', 'hours', 'days', 'business_hours', 'business_days'; "
     "choose one of them"},
    {"block", "xx/guidance.yaml", "heading: Call", "headline: Call",
     "xx/guidance.yaml:9: a block needs one kind, this one has 0; give one of heading, paragraph, callout, list, "
     "steps, channels or link"},
    {"placeholder", "xx/guidance.yaml", "{guard.desk}", "{guard.dusk}",
     "xx/guidance.yaml:10: there is no channel 'guard.dusk' in this pack; did you mean 'guard.desk'?"},
    {"brace", "xx/guidance.yaml", "{guard.desk}", "{guard.desk",
     "xx/guidance.yaml:10: a brace is left alone in this text; write {emergency} or {id-of-a-channel}, or no brace"},
    {"link_target", "xx/guidance.yaml", "/report", "report",
     "xx/guidance.yaml:15: 'report' is no place a link can lead to; write a path on this site (/report) or an https "
     "address"},
    {"page_number", "xx/guidance.yaml", "number: 7", "number: 100",
     "xx/guidance.yaml:4: '100' is not a whole number from 1 to 99; write one from 1 to 99, without unit"},
    {"not_yaml", "xx/guidance.yaml", "number: 7", "number: : 7", "xx/guidance.yaml:4: "},
    {"placeholder_of_a_translation", "languages/fr.po", "le {emergency}.", "le 999.",
     "languages/fr.po:8: the placeholders differ: {emergency} {guard.desk} in msgid, {guard.desk} in msgstr; keep "
     "every "
     "{name} of the msgid as it is, in Latin letters"},
    {"state_of_a_translation", "languages/fr.po", "reviewed", "fine",
     "languages/fr.po:1: the header has no X-Translation-State; write  X-Translation-State: draft\\n  until a speaker "
     "of "
     "the language has reviewed every text, then  reviewed"},
    {"language_of_a_translation", "languages/fr.po", "Language: fr", "Language: es",
     "languages/fr.po:1: the header says Language: es, the file is named fr; make them agree"},
};

class BrokenPacks : public testing::TestWithParam<Broken> {};

TEST_P(BrokenPacks, are_refused_with_file_line_what_is_wrong_and_what_to_do) {
    auto files = xandrian_files();
    std::string& bytes = files.at(GetParam().file);
    const std::size_t at = bytes.find(GetParam().from);
    ASSERT_NE(at, std::string::npos);
    bytes.replace(at, std::string_view(GetParam().from).size(), GetParam().to);
    const auto pack = Pack::load(Files::of(files));
    ASSERT_FALSE(pack);
    EXPECT_EQ(pack.error().kind, ErrorKind::invalid);
    EXPECT_TRUE(("\n" + pack.error().message + "\n").find(std::string("\n") + GetParam().said) != std::string::npos)
        << "said:\n"
        << pack.error().message << "\nexpected:\n"
        << GetParam().said;
}

INSTANTIATE_TEST_SUITE_P(pack, BrokenPacks, testing::ValuesIn(broken), [](const auto& row) { return row.param.name; });

TEST(pack, a_file_of_an_unknown_name_is_not_overlooked) {
    auto files = xandrian_files();
    files["xx/visa.yaml"] = "visas: []\n";
    EXPECT_EQ(Pack::load(Files::of(files)).error().message,
              "xx/visa.yaml: packs have no file of this name; correct the name or remove the file");
}

/// Cuts a file short, changes a byte or drops a line: the loader must answer, whatever it is given.
RC_GTEST_PROP(pack, no_damage_to_a_file_makes_the_loader_throw, ()) {
    static const auto whole = xandrian_files();
    auto files = whole;
    std::vector<std::string> names;
    for (const auto& [path, bytes] : files) names.push_back(path);
    std::string& bytes = files.at(*rc::gen::elementOf(names));
    const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size());
    switch (*rc::gen::inRange(0, 3)) {
        case 0: bytes.resize(at); break;
        case 1: bytes[at] = *rc::gen::arbitrary<char>(); break;
        default: bytes.erase(at, bytes.find('\n', at) - at);
    }
    const auto pack = Pack::load(Files::of(files));
    const bool answered = pack.ok() || !pack.error().message.empty();
    RC_ASSERT(answered);
}

}  // namespace
}  // namespace tideline::knowledge
