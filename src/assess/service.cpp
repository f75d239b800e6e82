#include "assess/service.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

namespace tideline::assess {

using access::Permission;
using access::SignedIn;
using store::Connection;
using store::Row;
using store::Transaction;
using vault::SecretText;

namespace {

std::string stream_of(const ReportId& report) { return "report:" + report.str(); }
std::string assessment_field(const AssessmentId& id) { return "assessment:" + id.str(); }
std::string decision_field(const DecisionId& id, std::string_view part) {
    return "decision:" + id.str() + ":" + std::string(part);
}

std::int64_t number_of(Priority priority) { return static_cast<std::int64_t>(priority); }
Priority priority_of(std::int64_t number) { return static_cast<Priority>(std::clamp<std::int64_t>(number, 1, 4)); }

/// A whole number, or nothing.
std::optional<int> integer_in(std::string_view text) {
    int value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
    return value;
}

// An input as a list of named texts: "note" → "indicator|answer|basis|sentence", one each.
SecretText pack_input(const Input& input) {
    std::vector<std::pair<std::string, std::string>> plain;
    plain.emplace_back("profile", std::string(name_of(input.profile)));
    const auto optional_number = [&](const char* name, const std::optional<int>& value) {
        if (value) plain.emplace_back(name, std::to_string(*value));
    };
    optional_number("age", input.facts.age);
    optional_number("hours_to_departure", input.facts.hours_to_departure);
    optional_number("days_to_visa_expiry", input.facts.days_to_visa_expiry);
    if (input.facts.age_disputed) plain.emplace_back("age_disputed", "yes");
    for (const Noted& note : input.notes)
        plain.emplace_back("note", note.indicator + "|" + std::string(name_of(note.answer)) + "|" + note.basis + "|" +
                                       std::to_string(note.sentence));
    for (const std::string& indicator : input.rejected) plain.emplace_back("rejected", indicator);
    for (const std::string& indicator : input.suggested) plain.emplace_back("suggested", indicator);
    if (input.priority) plain.emplace_back("priority", std::string(name_of(*input.priority)));
    std::vector<std::pair<std::string_view, std::string_view>> texts(plain.begin(), plain.end());
    if (!input.priority_reason.empty()) texts.emplace_back("priority_reason", input.priority_reason.expose());
    texts.emplace_back("reasoning", input.reasoning.expose());
    return intake::pack_texts(texts);
}

std::optional<Input> unpack_input(std::string_view packed) {
    auto texts = intake::unpack_texts(packed);
    if (!texts) return std::nullopt;
    Input input;
    for (auto& [name, secret] : *texts) {
        const std::string_view value = secret.expose();
        if (name == "profile") {
            input.profile = knowledge::profile_named(value).value_or(Profile::adult_labour);
        } else if (name == "age") {
            input.facts.age = integer_in(value);
        } else if (name == "hours_to_departure") {
            input.facts.hours_to_departure = integer_in(value);
        } else if (name == "days_to_visa_expiry") {
            input.facts.days_to_visa_expiry = integer_in(value);
        } else if (name == "age_disputed") {
            input.facts.age_disputed = true;
        } else if (name == "note") {
            const auto parts = text::split(value, '|');
            if (parts.size() != 4) return std::nullopt;
            const auto answer = answer_named(parts[1]);
            if (!answer) return std::nullopt;
            input.notes.push_back(
                {std::string(parts[0]), *answer, std::string(parts[2]), integer_in(parts[3]).value_or(0)});
        } else if (name == "rejected") {
            input.rejected.emplace_back(value);
        } else if (name == "suggested") {
            input.suggested.emplace_back(value);
        } else if (name == "priority") {
            for (const Priority priority : {Priority::p1, Priority::p2, Priority::p3, Priority::p4}) {
                if (name_of(priority) == value) input.priority = priority;
            }
        } else if (name == "priority_reason") {
            input.priority_reason = std::move(secret);
        } else if (name == "reasoning") {
            input.reasoning = std::move(secret);
        }
    }
    return input;
}

Instant instant_in(std::string_view text) {
    std::int64_t ms = 0;
    std::from_chars(text.data(), text.data() + text.size(), ms);
    return {ms};
}

Error no_decision() { return {ErrorKind::not_found, tr("There is no such decision.")}; }

/// Everything that says what kind of files a method was made from, as JSON: path → bytes.
std::string packs_json(const knowledge::Files& files, std::string_view jurisdiction) {
    nlohmann::json json = nlohmann::json::object();
    for (const auto& [path, bytes] : files.below("indicators/")) json[std::string(path)] = std::string(bytes);
    for (const std::string_view name : {"/priority.yaml", "/deadlines.yaml"}) {
        const std::string path = std::string(jurisdiction) + std::string(name);
        if (const auto bytes = files.find(path)) json[path] = std::string(*bytes);
    }
    return json.dump();
}

std::int64_t quantile(std::vector<std::int64_t> values, double share) {
    if (values.empty()) return 0;
    const auto at = static_cast<std::size_t>(share * static_cast<double>(values.size() - 1) + 0.5);
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(at), values.end());
    return values[at];
}
}  // namespace

std::string_view name_of(DecisionKind kind) {
    switch (kind) {
        case DecisionKind::open_case: return "open_case";
        case DecisionKind::link_case: return "link_case";
        case DecisionKind::hold: return "hold";
        case DecisionKind::redirect: return "redirect";
        case DecisionKind::no_action: return "no_action";
    }
    return "";
}

std::optional<DecisionKind> decision_named(std::string_view name) {
    for (const DecisionKind kind : {DecisionKind::open_case, DecisionKind::link_case, DecisionKind::hold,
                                    DecisionKind::redirect, DecisionKind::no_action}) {
        if (name_of(kind) == name) return kind;
    }
    return std::nullopt;
}

Input Input::clone() const {
    return {profile, facts, notes, rejected, suggested, priority, priority_reason.clone(), reasoning.clone()};
}

struct Desk::Loaded {
    TeamId team;
    std::string state;
    vault::ObjectKeys keys;

    Result<SecretText> open(const ReportId& report, std::string_view field, const std::string& stored) const {
        const auto sealed = vault::Sealed::from_storage(stored);
        if (!sealed) return {ErrorKind::corrupt, "a sealed column is damaged"};
        return keys.open({report.str(), field}, *sealed);
    }
    std::string seal(const ReportId& report, std::string_view field, std::string_view text) const {
        return vault::seal(keys.newest(), {report.str(), field}, text).to_storage();
    }
};

Desk::Desk(store::Database& database, const ledger::Ledger& ledger, const Clock& clock, const access::Access& access,
           const intake::Inbox& inbox, const knowledge::Pack& pack, const Method& method, const knowledge::Files& packs,
           Options options)
    : database_(database),
      ledger_(ledger),
      clock_(clock),
      access_(access),
      inbox_(inbox),
      pack_(pack),
      method_(method),
      packs_(packs),
      options_(std::move(options)) {}

Result<Desk::Loaded> Desk::load(Connection& connection, const SignedIn& who, const ReportId& report,
                                Permission permission) const {
    auto opened = inbox_.keys_of(connection, who, report, permission);
    if (!opened) return opened.error();
    if (opened->state == "quarantined") return {ErrorKind::conflict, tr("This report is held back. Release it first.")};
    return Loaded{opened->team, opened->state, std::move(opened->keys)};
}

Observations Desk::observations(const Input& input, const Method& method) const {
    Observations observations;
    observations.profile = input.profile;
    observations.facts = input.facts;
    for (const Noted& note : input.notes) {
        if (const auto at = method.indicators().position(note.indicator)) observations.answers[*at] = note.answer;
    }
    return observations;
}

Instant Desk::due(const ClockLength& length, Instant from) const {
    return to_instant(assess::due(length, to_utc_seconds(from), pack_.calendar(), options_.region));
}

Result<std::vector<std::pair<std::string, SecretText>>> Desk::told(Connection& connection, const Loaded& loaded,
                                                                   const ReportId& report) const {
    const auto row = connection.query_one("SELECT answers FROM report WHERE id = :report", {report.str()});
    const auto packed = loaded.open(report, "answers", row->text(0));
    if (!packed) return packed.error();
    auto answers = intake::unpack_answers(packed->expose());
    if (!answers) return {ErrorKind::corrupt, "a report's answers are damaged"};
    std::vector<std::pair<std::string, SecretText>> texts;
    static constexpr std::string_view choices[] = {"danger", "contact"};
    for (const std::string_view question : intake::questions) {
        if (std::find(std::begin(choices), std::end(choices), question) != std::end(choices)) continue;
        if (const auto answer = answers->find(question); answer != answers->end())
            texts.emplace_back(question, std::move(answer->second));
    }
    for (const Row& m : connection.query("SELECT id, body FROM message WHERE report_id = :report AND direction = "
                                         "'from_reporter' ORDER BY at_ms, id",
                                         {report.str()})) {
        auto text = loaded.open(report, "message:" + m.text(0), m.text(1));
        if (!text) return text.error();
        texts.emplace_back("message", std::move(*text));
    }
    return texts;
}

Result<Sheet> Desk::sheet(Connection& connection, const SignedIn& who, const ReportId& report,
                          const Input* given) const {
    const auto loaded = load(connection, who, report, Permission::assessment_write);
    if (!loaded) return loaded.error();
    const auto row = connection.query_one(
        "SELECT state, kind, language, received_ms, due_ms, double_assessed FROM report WHERE id = :report",
        {report.str()});
    Sheet sheet;
    sheet.report = report;
    sheet.state = row->text(0);
    sheet.kind = row->text(1);
    sheet.language = row->text(2);
    sheet.received = {row->integer(3)};
    sheet.due = {row->integer(4)};
    const auto all_told = told(connection, *loaded, report);
    if (!all_told) return all_told.error();

    // The text in sentences, numbered through; what is added later comes behind, so that numbers keep their meaning.
    const auto add = [&](std::string_view part, std::string_view text) {
        const int before = static_cast<int>(sheet.sentences.size());
        for (const Sentence& sentence : assess::sentences(text))
            sheet.sentences.push_back({static_cast<int>(sheet.sentences.size()) + 1, std::string(part),
                                       SecretText(text.substr(sentence.begin, sentence.end - sentence.begin))});
        for (Suggestion suggestion : method_.suggester().suggest(text)) {
            suggestion.sentence += static_cast<std::size_t>(before);
            sheet.suggestions.push_back(suggestion);
        }
    };
    bool about_child = false;
    for (const auto& [part, words] : *all_told) {
        if (part == "child")
            about_child = words.expose() == "yes";
        else if (part == "who")
            sheet.who = words.expose();
        else
            add(part, words.expose());
    }

    bool ever_signed_by_me = false;
    std::set<std::string> findings, assessors;
    for (const Row& a : connection.query("SELECT id, assessor, state, method, finding, standard, priority, body, "
                                         "started_ms, signed_ms FROM assessment WHERE report_id = :report "
                                         "ORDER BY CASE state WHEN 'draft' THEN 0 ELSE 1 END, started_ms DESC, id",
                                         {report.str()})) {
        const AssessmentId id = AssessmentId::stored(a.text(0));
        const bool by_me = a.text(1) == who.actor.id.str();
        if (by_me && sheet.mine.empty()) {
            sheet.mine = id;
            sheet.signed_by_me = a.text(2) == "signed";
            const auto body = loaded->open(report, assessment_field(id), a.text(7));
            if (!body) return body.error();
            auto input = unpack_input(body->expose());
            if (!input) return {ErrorKind::corrupt, "an assessment is damaged"};
            sheet.input = std::move(*input);
        }
        if (a.text(2) != "signed") continue;  // a draft is its author's alone
        ever_signed_by_me = ever_signed_by_me || by_me;
        // Of each assessor the newest counts: who learns more and signs again does not disagree with themselves.
        if (assessors.insert(a.text(1)).second) findings.insert(a.text(4));
        sheet.others.push_back({id,
                                access_.display_name(connection, StaffId::stored(a.text(1))),
                                a.text(2),
                                {a.integer(9)},
                                a.text(4),
                                a.text(5),
                                priority_of(a.integer(6)),
                                a.text(3),
                                by_me});
    }
    sheet.second_wanted = row->integer(5) != 0 && assessors.size() < 2;
    // Independent means unseen: what the first assessor found stays hidden from whoever may be the second.
    if (sheet.second_wanted && !ever_signed_by_me) {
        sheet.hidden_others = sheet.others.size();
        sheet.others.clear();
    } else {
        sheet.disagreement = findings.size() > 1;
    }
    if (given != nullptr) sheet.input = given->clone();
    if (sheet.mine.empty() && given == nullptr && about_child) sheet.input.profile = Profile::child_labour;

    const Observations seen = observations(sheet.input, method_);
    sheet.result = method_.assess(seen);
    sheet.explanation = explain(method_.indicators(), sheet.result);
    sheet.priority = method_.prioritise(seen, sheet.result);
    sheet.next_question = method_.next_question(seen);
    if (sheet.next_question) {
        Message message = as_message(method_.indicators(), sheet.next_question->indicator, sheet.language);
        sheet.next_question_message = std::move(message.text);
        sheet.next_question_draft = message.draft;
    }

    for (const Row& d :
         connection.query("SELECT id, kind, state, by_staff, at_ms, second, method, target, body, message, released_ms "
                          "FROM decision WHERE report_id = :report ORDER BY at_ms, id",
                          {report.str()})) {
        Decision decision;
        decision.id = DecisionId::stored(d.text(0));
        decision.kind = decision_named(d.text(1)).value_or(DecisionKind::hold);
        decision.state = d.text(2);
        decision.by = access_.display_name(connection, StaffId::stored(d.text(3)));
        decision.by_me = d.text(3) == who.actor.id.str();
        decision.at = {d.integer(4)};
        if (!d.text(5).empty()) decision.second = access_.display_name(connection, StaffId::stored(d.text(5)));
        decision.method = d.text(6);
        decision.target = d.text(7);
        if (decision.kind == DecisionKind::redirect)
            decision.target = access_.team_name(connection, TeamId::stored(d.text(7)));
        const auto body = loaded->open(report, decision_field(decision.id, "reason"), d.text(8));
        if (!body) return body.error();
        auto texts = intake::unpack_texts(body->expose());
        if (!texts) return {ErrorKind::corrupt, "a decision is damaged"};
        for (auto& [name, text] : *texts) {
            if (name == "reason")
                decision.reason = std::move(text);
            else if (name == "answer_by")
                decision.answer_by = instant_in(text.expose());
            else if (name == "second")
                decision.second_reason = std::move(text);
        }
        auto message = loaded->open(report, decision_field(decision.id, "message"), d.text(9));
        if (!message) return message.error();
        decision.message = std::move(*message);
        decision.released = d.integer(10) != 0;
        sheet.decisions.push_back(std::move(decision));
    }
    return sheet;
}

Result<Sheet> Desk::open(const SignedIn& who, const ReportId& report) const {
    const Status allowed = database_.read([&](Connection& connection) -> Status {
        const auto loaded = load(connection, who, report, Permission::assessment_write);
        return loaded ? Status() : Status(loaded.error());
    });
    if (!allowed) return allowed.error();
    // Reading it here is reading it: the same ledger entry, and the first clock stops.
    if (const auto opened = inbox_.open(who, report); !opened) return opened.error();
    return database_.read([&](Connection& connection) { return sheet(connection, who, report, nullptr); });
}

Result<Sheet> Desk::preview(const SignedIn& who, const ReportId& report, const Input& input) const {
    return database_.read([&](Connection& connection) { return sheet(connection, who, report, &input); });
}

namespace {
Status check_input(const Input& input, const Method& method, bool sign, Priority ruled) {
    if (text::length(input.reasoning.expose()) > limits::reasoning_chars_max)
        return {ErrorKind::too_large, tr("The reasoning is too long: at most 10,000 characters.")};
    if (text::length(input.priority_reason.expose()) > limits::reason_chars_max)
        return {ErrorKind::too_large, tr("The reason is too long: at most 2,000 characters.")};
    for (const Noted& note : input.notes) {
        if (!method.indicators().position(note.indicator))
            return {ErrorKind::invalid, tr("One of the indicators is not in the lists of today. Load the page again.")};
        if (!note.basis.empty() && std::find(std::begin(bases), std::end(bases), note.basis) == std::end(bases))
            return {ErrorKind::invalid, tr("Please choose what the observation rests on.")};
    }
    if (!sign) return {};
    const bool anything = std::any_of(input.notes.begin(), input.notes.end(),
                                      [](const Noted& n) { return n.answer != Answer::not_asked; });
    if (!anything) return {ErrorKind::invalid, tr("Please note at least one observation, even if it is 'unknown'.")};
    if (input.priority && *input.priority != ruled && text::trim(input.priority_reason.expose()).empty())
        return {ErrorKind::invalid, tr("Please say why you change the priority.")};
    return {};
}
}  // namespace

Status Desk::keep(const SignedIn& who, const ReportId& report, const Input& input, bool sign) const {
    const Observations seen = observations(input, method_);
    const Assessment result = method_.assess(seen);
    const PriorityResult ruled = method_.prioritise(seen, result);
    if (const Status checked = check_input(input, method_, sign, ruled.priority); !checked) return checked;
    Input kept = input.clone();
    if (kept.priority == ruled.priority) kept.priority.reset();  // the rules' own class is nobody's override
    if (!kept.priority) kept.priority_reason = {};
    const Priority priority = kept.priority.value_or(ruled.priority);
    return database_.write([&](Transaction& tx) -> Status {
        const auto loaded = load(tx, who, report, Permission::assessment_write);
        if (!loaded) return loaded.error();
        const std::int64_t now = clock_.now().ms;
        // Whoever writes about it has looked at it, by whatever way they came.
        tx.run(
            "UPDATE report SET acknowledged_ms = :now, due_ms = decide_by_ms WHERE id = :report AND acknowledged_ms = "
            "0",
            {now, report.str()});
        const auto mine = tx.query_one(
            "SELECT id, state FROM assessment WHERE report_id = :report AND assessor = :me "
            "ORDER BY CASE state WHEN 'draft' THEN 0 ELSE 1 END, started_ms DESC LIMIT 1",
            {report.str(), who.actor.id.str()});
        // A signed assessment stays as it is; new information makes a new one.
        const bool fresh = !mine || mine->text(1) == "signed";
        const AssessmentId id = fresh ? vault::random_id<AssessmentId>() : AssessmentId::stored(mine->text(0));
        if (sign) {
            auto hinted = suggested(tx, *loaded, report);
            if (!hinted) return hinted.error();
            kept.suggested = std::move(*hinted);
        }
        const std::string body = loaded->seal(report, assessment_field(id), pack_input(kept).expose());
        const std::string state = sign ? "signed" : "draft";
        const std::string finding(name_of(result.finding)), standard(name_of(result.standard));
        if (fresh) {
            tx.run(
                "INSERT INTO assessment (id, report_id, assessor, state, method, finding, standard, priority, body, "
                "started_ms, signed_ms) "
                "VALUES (:id, :report, :me, :state, :method, :finding, :standard, :priority, :body, :now, :signed)",
                {id.str(), report.str(), who.actor.id.str(), state, method_.version(), finding, standard,
                 number_of(priority), body, now, sign ? now : 0});
        } else {
            tx.run(
                "UPDATE assessment SET state = :state, method = :method, finding = :finding, standard = :standard, "
                "priority = :priority, body = :body, "
                "signed_ms = :signed WHERE id = :id",
                {state, method_.version(), finding, standard, number_of(priority), body, sign ? now : 0, id.str()});
        }
        if (!tx.query_one("SELECT version FROM assessment_method WHERE version = :version", {method_.version()}))
            tx.run("INSERT INTO assessment_method (version, packs, first_used_ms) VALUES (:version, :packs, :now)",
                   {method_.version(), packs_json(packs_, pack_.jurisdiction().code), now});
        if (!sign) {
            ledger_.append(tx, {stream_of(report), who.actor.id.str(), "assessment.saved", id.str(),
                                nlohmann::json{{"method", method_.version()}}.dump()});
            return {};
        }
        const auto row =
            tx.query_one("SELECT received_ms, double_assessed, summary FROM report WHERE id = :report", {report.str()});
        const auto signed_count =
            tx.query_one("SELECT COUNT(*) FROM assessment WHERE report_id = :report AND state = 'signed'",
                         {report.str()})
                ->integer(0);
        const auto assessors =
            tx.query_one(
                  "SELECT COUNT(DISTINCT assessor) FROM assessment WHERE report_id = :report AND state = 'signed'",
                  {report.str()})
                ->integer(0);
        bool drawn = row->integer(1) != 0;
        if (!drawn && signed_count == 1) {
            std::array<unsigned char, 4> random;
            vault::fill_random(random);
            const double roll = static_cast<double>(random[0] | random[1] << 8 | random[2] << 16) / 16777216.0;
            drawn = roll < options_.double_share;
        }
        // The reason travels to the work-list's row, sealed with the other first words.
        std::string_view reason;
        if (kept.priority)
            reason = kept.priority_reason.expose();
        else if (!ruled.because.empty())
            reason = ruled.because.front()->reason.english();
        const auto summary = loaded->open(report, "summary", row->text(2));
        if (!summary) return summary.error();
        auto texts = intake::unpack_texts(summary->expose());
        if (!texts) return {ErrorKind::corrupt, "a summary is damaged"};
        std::vector<std::pair<std::string_view, std::string_view>> again{{"reason", reason}};
        if (drawn && assessors == 1) again.emplace_back("second", "wanted");
        for (const auto& [name, text] : *texts) {
            if (name != "reason" && name != "second") again.emplace_back(name, text.expose());
        }
        const Instant decide_by = due(method_.priorities().decide, {row->integer(0)});
        tx.run(
            "UPDATE report SET priority = :priority, decide_by_ms = :decide, double_assessed = :double, summary = "
            ":summary, "
            "due_ms = CASE WHEN decided_ms = 0 THEN :due ELSE due_ms END, state = CASE WHEN state IN ('received', "
            "'opened') THEN 'assessing' ELSE state END WHERE id = :report",
            {number_of(priority), decide_by.ms, std::int64_t{drawn},
             loaded->seal(report, "summary", intake::pack_texts(again).expose()), decide_by.ms, report.str()});
        if (priority == Priority::p1)
            intake::put_waiting(tx, loaded->team, clock_.now(), true);
        else if (drawn && signed_count == 1)
            intake::put_waiting(tx, loaded->team, clock_.now(), false);
        ledger_.append(tx, {stream_of(report), who.actor.id.str(), "assessment.signed", id.str(),
                            nlohmann::json{{"finding", finding},
                                           {"standard", standard},
                                           {"priority", number_of(priority)},
                                           {"ruled", number_of(ruled.priority)},
                                           {"method", method_.version()}}
                                .dump()});
        return {};
    });
}

Result<std::vector<std::string>> Desk::suggested(Connection& connection, const Loaded& loaded,
                                                 const ReportId& report) const {
    std::set<std::string> ids;
    const auto texts = told(connection, loaded, report);
    if (!texts) return texts.error();
    for (const auto& [part, words] : *texts) {
        if (part == "child" || part == "who") continue;
        for (const Suggestion& suggestion : method_.suggester().suggest(words.expose()))
            ids.insert(method_.indicators().all()[suggestion.indicator].id);
    }
    return std::vector<std::string>(ids.begin(), ids.end());
}

Status Desk::save(const SignedIn& who, const ReportId& report, const Input& input) const {
    return keep(who, report, input, false);
}
Status Desk::sign(const SignedIn& who, const ReportId& report, const Input& input) const {
    return keep(who, report, input, true);
}

Result<Archive> Desk::archived(const SignedIn& who, const ReportId& report, const AssessmentId& assessment) const {
    return database_.read([&](Connection& connection) -> Result<Archive> {
        const auto loaded = load(connection, who, report, Permission::assessment_write);
        if (!loaded) return loaded.error();
        const auto row = connection.query_one(
            "SELECT a.assessor, a.state, a.method, a.finding, a.standard, a.priority, a.body, a.signed_ms, "
            "r.double_assessed FROM assessment a "
            "JOIN report r ON r.id = a.report_id WHERE a.id = :id AND a.report_id = :report AND a.state = 'signed'",
            {assessment.str(), report.str()});
        if (!row) return {ErrorKind::not_found, tr("There is no such assessment.")};
        const bool mine = row->text(0) == who.actor.id.str();
        // Hidden only until there are two: a third person, who decides where they disagree, reads both.
        const auto assessors = connection.query(
            "SELECT DISTINCT assessor FROM assessment WHERE report_id = :report AND state = 'signed'", {report.str()});
        const bool signed_by_me = std::any_of(assessors.begin(), assessors.end(),
                                              [&](const Row& a) { return a.text(0) == who.actor.id.str(); });
        if (row->integer(8) != 0 && assessors.size() < 2 && !signed_by_me)
            return {ErrorKind::forbidden, tr("Sign your own assessment first: the two are to be independent.")};
        Archive archive;
        archive.head = {assessment,
                        access_.display_name(connection, StaffId::stored(row->text(0))),
                        row->text(1),
                        {row->integer(7)},
                        row->text(3),
                        row->text(4),
                        priority_of(row->integer(5)),
                        row->text(2),
                        mine};
        const auto body = loaded->open(report, assessment_field(assessment), row->text(6));
        if (!body) return body.error();
        auto input = unpack_input(body->expose());
        if (!input) return {ErrorKind::corrupt, "an assessment is damaged"};
        archive.input = std::move(*input);
        if (row->text(2) == method_.version()) {
            archive.method = std::make_shared<const Method>(method_);
        } else {
            const auto packs =
                connection.query_one("SELECT packs FROM assessment_method WHERE version = :version", {row->text(2)});
            if (!packs) return {ErrorKind::corrupt, "the method of this assessment is missing; restore a backup"};
            std::map<std::string, std::string, std::less<>> files;
            const auto json = nlohmann::json::parse(packs->text(0), nullptr, false);
            if (!json.is_object())
                return {ErrorKind::corrupt, "the method of this assessment is damaged; restore a backup"};
            for (const auto& [path, bytes] : json.items()) files[path] = bytes.get<std::string>();
            auto method = Method::from_files(knowledge::Files::of(std::move(files)), pack_.jurisdiction().code);
            if (!method) return method.error();
            archive.method = std::make_shared<const Method>(std::move(*method));
        }
        archive.result = archive.method->assess(observations(archive.input, *archive.method));
        archive.explanation = explain(archive.method->indicators(), archive.result);
        archive.priority = archive.method->prioritise(observations(archive.input, *archive.method), archive.result);
        return archive;
    });
}

// ---- decisions

namespace {
std::string_view message_id(DecisionKind kind) {
    switch (kind) {
        case DecisionKind::open_case: return "decision.case";
        case DecisionKind::link_case: return "decision.link";
        case DecisionKind::hold: return "decision.hold";
        case DecisionKind::redirect: return "decision.redirect";
        case DecisionKind::no_action: return "decision.no_action";
    }
    return "";
}
}  // namespace

Result<DecisionId> Desk::decide(const SignedIn& who, const ReportId& report, const DecisionInput& input) const {
    if (text::trim(input.reason).empty()) return {ErrorKind::invalid, tr("Please say why, in one or two sentences.")};
    if (text::length(input.reason) > limits::reason_chars_max)
        return {ErrorKind::too_large, tr("The reason is too long: at most 2,000 characters.")};
    return database_.write([&](Transaction& tx) -> Result<DecisionId> {
        const auto loaded = load(tx, who, report, Permission::assessment_write);
        if (!loaded) return loaded.error();
        if (loaded->state == "linked" && input.kind != DecisionKind::link_case)
            return {ErrorKind::conflict,
                    tr("This report is part of a case. It can only be linked to another case as well.")};
        const auto signed_rows = tx.query(
            "SELECT assessor, finding, method, body, id FROM assessment WHERE report_id = :report AND state = 'signed' "
            "ORDER BY signed_ms DESC",
            {report.str()});
        if (signed_rows.empty())
            return {ErrorKind::conflict, tr("Sign an assessment first: every decision rests on one.")};
        if (tx.query_one("SELECT id FROM decision WHERE report_id = :report AND state IN ('proposed', 'offered')",
                         {report.str()}))
            return {ErrorKind::conflict, tr("A decision waits for an answer already. Settle that one first.")};
        std::set<std::string> findings;
        std::set<std::string> assessors;
        for (const Row& row : signed_rows) {
            if (assessors.insert(row.text(0)).second) findings.insert(row.text(1));
        }
        if (findings.size() > 1 && assessors.contains(who.actor.id.str()))
            return {ErrorKind::conflict, tr("Two assessors disagree about this report. A third person decides.")};
        bool overridden = false, child = false;
        if (const auto body = loaded->open(report, assessment_field(AssessmentId::stored(signed_rows.front().text(4))),
                                           signed_rows.front().text(3))) {
            const auto assessed = unpack_input(body->expose());
            overridden = assessed && assessed->priority.has_value();
            child = assessed && (knowledge::is_child(assessed->profile) ||
                                 method_.assess(observations(*assessed, method_)).presumed_child);
        }
        std::string target(text::trim(input.target));
        std::string offered;
        const DecisionId id = vault::random_id<DecisionId>();
        if (input.kind == DecisionKind::link_case) {
            if (!tx.query_one("SELECT id FROM case_file WHERE reference = :reference AND team_id = :team",
                              {target, loaded->team.str()}))
                return {ErrorKind::not_found, tr("Your team has no case with this reference.")};
        } else if (input.kind == DecisionKind::redirect) {
            const auto team = TeamId::parse(target);
            const auto to = team && *team != loaded->team ? access::current_epoch(tx, *team) : std::nullopt;
            if (!to) return {ErrorKind::invalid, tr("Please choose the team that it goes to.")};
            target = to->team.str();
            offered =
                std::to_string(to->epoch) + ":" +
                vault::seal_to(to->key, {report.str(), decision_field(id, "offer") + ":" + std::to_string(to->epoch)},
                               loaded->keys.newest())
                    .to_storage();
        } else {
            target.clear();
        }
        const bool second = input.kind == DecisionKind::no_action || overridden;
        const std::string state = second ? "proposed" : input.kind == DecisionKind::redirect ? "offered" : "in_force";
        const auto row = tx.query_one("SELECT language FROM report WHERE id = :report", {report.str()});
        const knowledge::StatusMessage* message = pack_.status_message(message_id(input.kind));
        const std::string words =
            message == nullptr ? std::string() : pack_.filled(pack_.catalogue().translate(row->text(0), message->text));
        const std::string answer_by = offered.empty()
                                          ? std::string()
                                          : std::to_string(due(child ? method_.priorities().redirect_child
                                                                     : method_.priorities().redirect_accepted,
                                                               clock_.now())
                                                               .ms);
        tx.run(
            "INSERT INTO decision (id, report_id, kind, state, by_staff, at_ms, second, second_ms, method, target, "
            "offered, body, message, released_ms) "
            "VALUES (:id, :report, :kind, :state, :me, :now, '', 0, :method, :target, :offered, :body, :message, 0)",
            {id.str(), report.str(), std::string(name_of(input.kind)), state, who.actor.id.str(), clock_.now().ms,
             method_.version(), target, offered,
             loaded->seal(report, decision_field(id, "reason"),
                          intake::pack_texts({{"reason", input.reason}, {"answer_by", answer_by}}).expose()),
             loaded->seal(report, decision_field(id, "message"), words)});
        ledger_.append(
            tx,
            {stream_of(report), who.actor.id.str(), "decision." + state, id.str(),
             nlohmann::json{{"kind", name_of(input.kind)}, {"method", method_.version()}, {"overridden", overridden}}
                 .dump()});
        if (state == "in_force") put_in_force(tx, who, *loaded, report, id, input.kind, target);
        if (state == "offered") intake::put_waiting(tx, TeamId::stored(target), clock_.now(), child);
        if (state == "proposed") intake::put_waiting(tx, loaded->team, clock_.now(), false);
        return id;
    });
}

void Desk::put_in_force(Transaction& tx, const SignedIn& who, const Loaded& loaded, const ReportId& report,
                        const DecisionId& id, DecisionKind kind, const std::string& target) const {
    const std::int64_t now = clock_.now().ms;
    std::string state = "held";
    if (kind == DecisionKind::open_case) {
        const std::chrono::year_month_day today(pack_.calendar().zone().day(to_utc_seconds(clock_.now())));
        const std::string year = std::to_string(static_cast<int>(today.year()));
        const auto last = tx.query_one(
            "SELECT reference FROM case_file WHERE reference LIKE :year ORDER BY LENGTH(reference) DESC, reference "
            "DESC LIMIT 1",
            {year + "-%"});
        std::string number = std::to_string(
            (last ? integer_in(std::string_view(last->text(0)).substr(year.size() + 1)).value_or(0) : 0) + 1);
        if (number.size() < 4) number.insert(0, 4 - number.size(), '0');
        const std::string reference = year + "-" + number;
        const CaseId case_id = vault::random_id<CaseId>();
        tx.run(
            "INSERT INTO case_file (id, reference, team_id, opened_by, opened_ms, state) VALUES (:id, :reference, "
            ":team, :me, :now, 'open')",
            {case_id.str(), reference, loaded.team.str(), who.actor.id.str(), now});
        tx.run("INSERT INTO case_report (case_id, report_id) VALUES (:case, :report)", {case_id.str(), report.str()});
        tx.run("UPDATE decision SET target = :reference WHERE id = :id", {reference, id.str()});
        ledger_.append(tx, {"case:" + case_id.str(), who.actor.id.str(), "case.opened", report.str(), ""});
        state = "linked";
    } else if (kind == DecisionKind::link_case) {
        const auto row = tx.query_one("SELECT id FROM case_file WHERE reference = :reference", {target});
        tx.run(
            "INSERT INTO case_report (case_id, report_id) VALUES (:case, :report) ON CONFLICT (case_id, report_id) DO "
            "NOTHING",
            {row->text(0), report.str()});
        ledger_.append(tx, {"case:" + row->text(0), who.actor.id.str(), "case.report_linked", report.str(), ""});
        state = "linked";
    } else if (kind == DecisionKind::no_action) {
        state = "no_action";
    }
    // Held reports keep their clock: they wait for information, and somebody has to look again.
    const bool waits = kind == DecisionKind::hold;
    tx.run(
        "UPDATE report SET state = :state, decided_ms = CASE WHEN decided_ms = 0 THEN :now ELSE decided_ms END, due_ms "
        "= :due WHERE id = :report",
        {state, now, waits ? due(method_.priorities().decide, {now}).ms : 0, report.str()});
}

Status Desk::review(const SignedIn& who, const ReportId& report, const DecisionId& decision, bool confirm,
                    std::string_view reason) const {
    if (!confirm && text::trim(reason).empty()) return {ErrorKind::invalid, tr("Please say why you do not agree.")};
    if (text::length(reason) > limits::reason_chars_max)
        return {ErrorKind::too_large, tr("The reason is too long: at most 2,000 characters.")};
    return database_.write([&](Transaction& tx) -> Status {
        const auto loaded = load(tx, who, report, Permission::assessment_review);
        if (!loaded) return loaded.error();
        const auto row = tx.query_one(
            "SELECT kind, state, by_staff, target, body FROM decision WHERE id = :id AND report_id = :report",
            {decision.str(), report.str()});
        if (!row) return no_decision();
        if (row->text(1) != "proposed")
            return {ErrorKind::conflict, tr("This decision does not wait for a second person.")};
        if (row->text(2) == who.actor.id.str())
            return {ErrorKind::forbidden, tr("A second person has to confirm this, not the one who proposed it.")};
        const DecisionKind kind = decision_named(row->text(0)).value_or(DecisionKind::hold);
        const auto body = loaded->open(report, decision_field(decision, "reason"), row->text(4));
        if (!body) return body.error();
        auto texts = intake::unpack_texts(body->expose());
        if (!texts) return {ErrorKind::corrupt, "a decision is damaged"};
        std::vector<std::pair<std::string_view, std::string_view>> again;
        for (const auto& [name, text] : *texts) again.emplace_back(name, text.expose());
        again.emplace_back("second", reason);
        const std::string state = !confirm ? "refused" : kind == DecisionKind::redirect ? "offered" : "in_force";
        tx.run("UPDATE decision SET state = :state, second = :me, second_ms = :now, body = :body WHERE id = :id",
               {state, who.actor.id.str(), clock_.now().ms,
                loaded->seal(report, decision_field(decision, "reason"), intake::pack_texts(again).expose()),
                decision.str()});
        ledger_.append(tx,
                       {stream_of(report), who.actor.id.str(), confirm ? "decision.confirmed" : "decision.refused",
                        decision.str(), nlohmann::json{{"kind", row->text(0)}, {"method", method_.version()}}.dump()});
        if (state == "in_force") put_in_force(tx, who, *loaded, report, decision, kind, row->text(3));
        if (state == "offered") intake::put_waiting(tx, TeamId::stored(row->text(3)), clock_.now(), false);
        return {};
    });
}

Status Desk::release_message(const SignedIn& who, const ReportId& report, const DecisionId& decision,
                             std::string_view words) const {
    if (text::trim(words).empty()) return {ErrorKind::invalid, tr("Please write a message first.")};
    if (text::length(words) > intake::limits::message_chars_max)
        return {ErrorKind::too_large, tr("The message is too long: at most 10,000 characters.")};
    return database_.write([&](Transaction& tx) -> Status {
        const auto loaded = load(tx, who, report, Permission::report_reply);
        if (!loaded) return loaded.error();
        const auto row = tx.query_one("SELECT state, released_ms FROM decision WHERE id = :id AND report_id = :report",
                                      {decision.str(), report.str()});
        if (!row) return no_decision();
        if (row->text(0) != "in_force")
            return {ErrorKind::conflict, tr("The message can be sent when the decision is in force.")};
        if (row->integer(1) != 0) return {ErrorKind::conflict, tr("This message was sent already.")};
        const MessageId id = vault::random_id<MessageId>();
        tx.run(
            "INSERT INTO message (id, report_id, at_ms, direction, author, body, read_ms) VALUES (:id, :report, :now, "
            "'to_reporter', :me, :body, 0)",
            {id.str(), report.str(), intake::next_message_ms(tx, report, clock_.now()), who.actor.id.str(),
             loaded->seal(report, "message:" + id.str(), words)});
        tx.run("UPDATE decision SET released_ms = :now, message = :message WHERE id = :id",
               {clock_.now().ms, loaded->seal(report, decision_field(decision, "message"), words), decision.str()});
        ledger_.append(tx, {stream_of(report), who.actor.id.str(), "decision.message_released", id.str(), ""});
        return {};
    });
}

// ---- redirects

namespace {
struct OfferedKey {
    std::int64_t epoch = 0;
    vault::Sealed sealed;
};
std::optional<OfferedKey> offered_key(const std::string& stored) {
    const std::size_t colon = stored.find(':');
    const auto epoch =
        colon == std::string::npos ? std::nullopt : integer_in(std::string_view(stored).substr(0, colon));
    auto sealed = epoch ? vault::Sealed::from_storage(std::string_view(stored).substr(colon + 1)) : std::nullopt;
    if (!sealed) return std::nullopt;
    return OfferedKey{*epoch, std::move(*sealed)};
}

Result<vault::ObjectKey> open_offer(const SignedIn& who, const TeamId& team, const ReportId& report,
                                    const DecisionId& decision, const std::string& stored) {
    const Error closed{ErrorKind::no_key,
                       tr("Your keys do not open this offer. Another member of your team can answer it.")};
    const auto offer = offered_key(stored);
    const vault::KeyPair* pair = offer ? who.keyring.find(team, offer->epoch) : nullptr;
    if (pair == nullptr) return closed;
    auto key = vault::open_with(
        *pair, {report.str(), decision_field(decision, "offer") + ":" + std::to_string(offer->epoch)}, offer->sealed);
    if (!key) return closed;
    return std::move(*key);
}
}  // namespace

std::vector<Offer> Desk::offers(const SignedIn& who) const {
    std::vector<Offer> offers;
    if (!may(who.actor, Permission::assessment_write)) return offers;
    database_.read([&](Connection& connection) {
        for (const TeamId& team : who.actor.teams) {
            for (const Row& row :
                 connection.query("SELECT d.id, d.report_id, d.at_ms, d.offered, d.body, r.kind, r.team_id FROM "
                                  "decision d JOIN report r ON r.id = d.report_id "
                                  "WHERE d.target = :team AND d.state = 'offered' ORDER BY d.at_ms LIMIT 200",
                                  {team.str()})) {
                Offer offer;
                offer.decision = DecisionId::stored(row.text(0));
                offer.report = ReportId::stored(row.text(1));
                offer.to_team = team;
                offer.at = {row.integer(2)};
                offer.kind = row.text(5);
                offer.from_team = access_.team_name(connection, TeamId::stored(row.text(6)));
                auto key = open_offer(who, team, offer.report, offer.decision, row.text(3));
                if (!key) continue;
                const auto sealed = vault::Sealed::from_storage(row.text(4));
                const std::string field = decision_field(offer.decision, "reason");
                const auto keys = intake::keys_from(connection, offer.report, std::move(*key));
                const auto body = sealed && keys ? keys->open({offer.report.str(), field}, *sealed)
                                                 : Result<SecretText>(ErrorKind::corrupt, "damaged");
                if (!body) continue;
                auto texts = intake::unpack_texts(body->expose());
                if (!texts) continue;
                for (auto& [name, text] : *texts) {
                    if (name == "reason")
                        offer.reason = std::move(text);
                    else if (name == "answer_by")
                        offer.answer_by = instant_in(text.expose());
                }
                offers.push_back(std::move(offer));
            }
        }
        return 0;
    });
    return offers;
}

Status Desk::answer_offer(const SignedIn& who, const DecisionId& decision, const TeamId& team, bool accept,
                          std::string_view reason) const {
    if (!accept && text::trim(reason).empty())
        return {ErrorKind::invalid, tr("Please say why your team does not take it.")};
    if (text::length(reason) > limits::reason_chars_max)
        return {ErrorKind::too_large, tr("The reason is too long: at most 2,000 characters.")};
    if (!may(who.actor, Permission::assessment_write, team)) return no_decision();
    return database_.write([&](Transaction& tx) -> Status {
        const auto row = tx.query_one(
            "SELECT d.report_id, d.offered, d.body, r.team_id, r.state FROM decision d "
            "JOIN report r ON r.id = d.report_id "
            "WHERE d.id = :id AND d.target = :team AND d.state = 'offered'",
            {decision.str(), team.str()});
        if (!row || row->text(4) == "deleted") return no_decision();
        const ReportId report = ReportId::stored(row->text(0));
        const auto key = open_offer(who, team, report, decision, row->text(1));
        if (!key) return key.error();
        // Whichever team does not keep the report has had its key: it gets another.
        const auto keeper = access::current_epoch(tx, accept ? team : TeamId::stored(row->text(3)));
        if (!keeper) return {ErrorKind::corrupt, "a team without a key"};
        const auto keys = intake::renew_key(tx, report, *key, *keeper);
        if (!keys) return keys.error();
        const std::string field = decision_field(decision, "reason");
        const auto sealed = vault::Sealed::from_storage(row->text(2));
        if (!sealed) return {ErrorKind::corrupt, "a decision is damaged"};
        const auto body = keys->open({report.str(), field}, *sealed);
        if (!body) return body.error();
        auto texts = intake::unpack_texts(body->expose());
        if (!texts) return {ErrorKind::corrupt, "a decision is damaged"};
        std::vector<std::pair<std::string_view, std::string_view>> again;
        for (const auto& [name, text] : *texts) again.emplace_back(name, text.expose());
        again.emplace_back("second", reason);
        tx.run(
            "UPDATE decision SET state = :state, second = :me, second_ms = :now, offered = '', body = :body WHERE id = "
            ":id",
            {std::string(accept ? "in_force" : "refused"), who.actor.id.str(), clock_.now().ms,
             vault::seal(keys->newest(), {report.str(), field}, intake::pack_texts(again).expose()).to_storage(),
             decision.str()});
        ledger_.append(tx, {stream_of(report), who.actor.id.str(), accept ? "redirect.accepted" : "redirect.declined",
                            decision.str(), ""});
        if (!accept) {
            intake::put_waiting(tx, TeamId::stored(row->text(3)), clock_.now(), false);
            return {};
        }
        const Instant decide_by = due(method_.priorities().decide, clock_.now());
        tx.run(
            "UPDATE report SET team_id = :team, state = 'opened', changed_ms = :changed, acknowledged_ms = :now, "
            "decide_by_ms = :decide, due_ms = :due, decided_ms = 0 WHERE id = :report",
            {team.str(), clock_.now().ms, clock_.now().ms, decide_by.ms, decide_by.ms, report.str()});
        return {};
    });
}

// ---- supervision

void Desk::count_suggestions(Connection& connection, const SignedIn& who, const TeamId& team, Supervision& out) const {
    for (const Row& row :
         connection.query("SELECT a.id, a.report_id, a.body FROM assessment a JOIN report r ON r.id = a.report_id "
                          "WHERE r.team_id = :team "
                          "AND a.state = 'signed' AND r.state <> 'deleted' ORDER BY a.signed_ms DESC LIMIT :most",
                          {team.str(), limits::measured_assessments_max})) {
        const ReportId report = ReportId::stored(row.text(1));
        const auto loaded = load(connection, who, report, Permission::supervise);
        if (!loaded) continue;
        const auto body = loaded->open(report, assessment_field(AssessmentId::stored(row.text(0))), row.text(2));
        const auto input = body ? unpack_input(body->expose()) : std::nullopt;
        if (!input) continue;
        out.suggested += static_cast<std::int64_t>(input->suggested.size());
        for (const std::string& indicator : input->suggested) {
            const bool yes = std::any_of(input->notes.begin(), input->notes.end(), [&](const Noted& n) {
                return n.indicator == indicator && n.answer == Answer::yes;
            });
            out.confirmed += yes ? 1 : 0;
        }
    }
}

Result<Supervision> Desk::supervision(const SignedIn& who) const {
    if (!may(who.actor, Permission::supervise))
        return {ErrorKind::forbidden, tr("You may not do this. Ask an administrator if you need to.")};
    const std::int64_t now = clock_.now().ms;
    return database_.read([&](Connection& connection) -> Result<Supervision> {
        Supervision out;
        std::vector<std::int64_t> acknowledge, decide;
        std::vector<std::pair<std::size_t, std::size_t>> pairs;
        for (const TeamId& team : who.actor.teams) {
            for (const Row& row : connection.query("SELECT kind, COUNT(*), SUM(CASE WHEN due_ms < :now THEN 1 ELSE 0 "
                                                   "END) FROM report WHERE team_id = :team AND due_ms > 0 "
                                                   "AND state <> 'quarantined' AND state <> 'deleted' GROUP BY kind",
                                                   {now, team.str()})) {
                out.kinds[row.text(0)].waiting += row.integer(1);
                out.kinds[row.text(0)].overdue += row.integer(2);
            }
            for (const Row& row : connection.query("SELECT received_ms, acknowledged_ms, decided_ms FROM report WHERE "
                                                   "team_id = :team AND acknowledged_ms > 0 "
                                                   "ORDER BY received_ms DESC LIMIT 5000",
                                                   {team.str()})) {
                acknowledge.push_back(row.integer(1) - row.integer(0));
                if (row.integer(2) > 0) decide.push_back(row.integer(2) - row.integer(0));
            }
            // The first that each of two people signed: what they found before they could see each other's.
            std::map<std::string, std::map<std::string, std::string>> first_findings;
            std::map<std::string, std::vector<std::string>> findings;
            for (const Row& row :
                 connection.query("SELECT a.report_id, a.finding, a.assessor FROM assessment a JOIN report r ON r.id = "
                                  "a.report_id WHERE r.team_id = :team AND r.double_assessed = 1 "
                                  "AND a.state = 'signed' ORDER BY a.report_id, a.signed_ms",
                                  {team.str()}))
                if (first_findings[row.text(0)].emplace(row.text(2), row.text(1)).second)
                    findings[row.text(0)].push_back(row.text(1));
            const auto category = [](const std::string& finding) {
                if (finding == name_of(Finding::indicated)) return std::size_t{2};
                return finding == name_of(Finding::not_indicated) ? std::size_t{1} : std::size_t{0};
            };
            for (const auto& [report, both] : findings) {
                if (both.size() >= 2) pairs.emplace_back(category(both[0]), category(both[1]));
            }
        }
        for (const TeamId& team : who.actor.teams) count_suggestions(connection, who, team, out);
        out.acknowledged = static_cast<std::int64_t>(acknowledge.size());
        out.decided = static_cast<std::int64_t>(decide.size());
        out.acknowledge_ms_median = quantile(acknowledge, 0.5);
        out.acknowledge_ms_p90 = quantile(acknowledge, 0.9);
        out.decide_ms_median = quantile(decide, 0.5);
        out.decide_ms_p90 = quantile(decide, 0.9);
        out.double_assessed = static_cast<std::int64_t>(pairs.size());
        const AgreementTable table = agreement_table(pairs, 3);
        out.agreement = observed_agreement(table);
        out.kappa = cohens_kappa(table);
        return out;
    });
}

intake::FirstClock first_clock(const Method& method, const knowledge::Pack& pack, std::string_view region,
                               const std::set<std::string, std::less<>>& facts, Instant received) {
    const PriorityPack& rules = method.priorities();
    Priority priority = rules.unread;
    for (const ReportedRule& rule : rules.reported) {
        if (facts.contains(rule.fact)) priority = std::min(priority, rule.priority);
    }
    const auto until = [&](const ClockLength& length) {
        return to_instant(due(length, to_utc_seconds(received), pack.calendar(), region));
    };
    const Instant acknowledge =
        std::min(until(rules.acknowledge[static_cast<std::size_t>(priority) - 1]), until(rules.open));
    return {static_cast<int>(priority), acknowledge, until(rules.decide)};
}

std::int64_t escalate(store::Database& database, const ledger::Ledger& ledger, Instant now) {
    const auto late = database.read([&](Connection& connection) {
        return connection.query(
            "SELECT id, team_id, priority FROM report WHERE acknowledged_ms = 0 AND escalated_ms = 0 AND due_ms > 0 "
            "AND due_ms < :now "
            "AND state = 'received' ORDER BY due_ms LIMIT 500",
            {now.ms});
    });
    if (late.empty()) return 0;
    const Result<std::int64_t> done = database.write([&](Transaction& tx) -> Result<std::int64_t> {
        std::int64_t count = 0;
        for (const Row& row : late) {
            if (tx.run(
                    "UPDATE report SET escalated_ms = :now WHERE id = :id AND escalated_ms = 0 AND acknowledged_ms = 0",
                    {now.ms, row.text(0)}) != 1)
                continue;
            intake::put_waiting(tx, TeamId::stored(row.text(1)), now, true);
            ledger.append(tx, {"report:" + row.text(0), "server", "clock.escalated", row.text(0),
                               nlohmann::json{{"priority", row.integer(2)}}.dump()});
            ++count;
        }
        return count;
    });
    return done ? *done : 0;
}

}  // namespace tideline::assess
