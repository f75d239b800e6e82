#include "assess/method.h"

#include "assess/agreement.h"
#include "assess/checklist.h"
#include "assess/support.h"

namespace tideline::assess {
namespace {

Counts count_in_list(std::string_view dimension, Profile profile) {
    Counts counts;
    for (const auto& indicator : published().indicators().all()) {
        if (indicator.dimension != dimension) continue;
        const auto strength = indicator.strength_for(profile);
        if (strength == knowledge::Strength::strong) ++counts.strong;
        if (strength == knowledge::Strength::medium) ++counts.medium;
        if (strength == knowledge::Strength::weak) ++counts.weak;
    }
    return counts;
}

}  // namespace

TEST(packs, the_adult_labour_list_has_the_published_numbers_of_indicators) {
    EXPECT_EQ(count_in_list("dr", Profile::adult_labour).all(), 10);
    EXPECT_EQ(count_in_list("cr", Profile::adult_labour).all(), 10);
    EXPECT_EQ(count_in_list("av", Profile::adult_labour).all(), 16);
    EXPECT_EQ(count_in_list("ex", Profile::adult_labour).all(), 9);
    EXPECT_EQ(count_in_list("cd", Profile::adult_labour).all(), 15);
    EXPECT_EQ(count_in_list("vd", Profile::adult_labour).all(), 7);
}

TEST(packs, the_child_labour_list_has_65_indicators_and_no_weak_one) {
    Counts all;
    for (const char* dimension : {"dr", "cr", "av", "ex", "cd", "vd"}) {
        const Counts counts = count_in_list(dimension, Profile::child_labour);
        all = {all.strong + counts.strong, all.medium + counts.medium, all.weak + counts.weak};
    }
    EXPECT_EQ(all.all(), 65);
    EXPECT_EQ(all.weak, 0);
}

TEST(packs, the_adult_sexual_list_has_no_strong_sign_of_exploitation) {
    EXPECT_EQ(count_in_list("ex", Profile::adult_sexual).strong, 0);
    EXPECT_EQ(count_in_list("ex", Profile::child_sexual).strong, 2);
}

TEST(packs, an_id_is_found_with_and_without_its_strength) {
    const auto& indicators = published().indicators();
    EXPECT_EQ(indicators.find("ilo.dr.strong.nature_of_job"), indicators.find("ilo.dr.nature_of_job"));
    EXPECT_EQ(indicators.find("ilo.dr.weak.nature_of_job"), nullptr);
    EXPECT_EQ(indicators.nearest_id("ilo.dr.nature_of_jobs"), "ilo.dr.nature_of_job");
}

TEST(packs, every_indicator_has_a_question_a_source_and_a_date) {
    for (const auto& indicator : published().indicators().all()) {
        EXPECT_TRUE(indicator.question.english().ends_with('?')) << indicator.id;
        EXPECT_FALSE(indicator.source.empty()) << indicator.id;
        EXPECT_FALSE(indicator.date.empty()) << indicator.id;
    }
}

TEST(packs, no_question_asks_why_or_lays_blame) {
    for (const auto& indicator : published().indicators().all()) {
        const std::string& question = indicator.question.english();
        EXPECT_EQ(question.find("Why"), std::string::npos) << indicator.id;
        EXPECT_EQ(question.find("why"), std::string::npos) << indicator.id;
        EXPECT_EQ(question.find("victim"), std::string::npos) << indicator.id;
    }
}

TEST(packs, the_version_changes_with_any_byte_of_any_pack) {
    const std::string yaml =
        "pack: one\nversion: a1\nkind: plain\ntitle: {en: t}\nsource: s\ndate: 2026\nverified: true\n"
        "indicators:\n  - {id: x, label: {en: l}, question: {en: \"q?\"}}\n";
    const auto version_of = [](std::string_view bytes) {
        knowledge::Problems problems;
        const auto files = knowledge::Files::of({{"indicators/one.yaml", std::string(bytes)}});
        const Indicators indicators = knowledge::read_indicators(files, problems);
        EXPECT_TRUE(problems.empty()) << problems.text();
        return indicators.version();
    };
    EXPECT_EQ(version_of(yaml), version_of(yaml));
    EXPECT_NE(version_of(yaml), version_of(yaml + "\n"));
}

TEST(observations, aliases_words_and_truth_values_are_understood) {
    const auto read =
        read_observations("a.yaml",
                          "profile: Adult_Labour\nobservations:\n  ilo.dr.strong.nature_of_job: Yes\n"
                          "  ilo.ex.hours: true\n  ilo.ex.low_pay: 'not asked'\n  danger.medical: declined\n",
                          published().indicators());
    ASSERT_TRUE(read.ok()) << read.error().message;
    EXPECT_TRUE(read->is(*published().indicators().position("ilo.dr.nature_of_job"), Answer::yes));
    EXPECT_TRUE(read->is(*published().indicators().position("ilo.ex.hours"), Answer::yes));
    EXPECT_TRUE(read->is(*published().indicators().position("ilo.ex.low_pay"), Answer::not_asked));
}

TEST(observations, mistakes_are_named_with_line_and_remedy) {
    const auto message = [](std::string_view yaml) {
        const auto read = read_observations("a.yaml", yaml, published().indicators());
        return read ? std::string("accepted") : read.error().message;
    };
    EXPECT_EQ(message("profile: adult-labour\nobservations:\n  ilo.dr.nature_of_jop: yes\n"),
              "a.yaml:3: there is no indicator 'ilo.dr.nature_of_jop'; did you mean 'ilo.dr.nature_of_job'?");
    EXPECT_EQ(message("profile: adult-labour\nobservations:\n  ilo.ex.hours: maybe\n"),
              "a.yaml:3: 'maybe' is not an answer; write yes, no, unknown, not_asked or declined");
    EXPECT_EQ(message("profile: adult\nobservations: {}\n"),
              "a.yaml:1: there is no profile 'adult'; use adult-labour, adult-sexual, child-labour or child-sexual");
    EXPECT_EQ(
        message("profile: adult-labour\nobservations:\n  ilo.ex.hours: yes\n  ilo.ex.strong.hours: no\n"),
        "a.yaml:4: 'ilo.ex.strong.hours' is answered twice, with different answers; keep one; an id and its alias "
        "are the same indicator");
}

TEST(priority, each_danger_sign_alone_makes_the_report_most_urgent) {
    for (const auto& indicator : published().indicators().all()) {
        if (indicator.kind != knowledge::PackKind::danger) continue;
        const Observations observations = yes_to(published(), Profile::adult_labour, {indicator.id});
        const PriorityResult result = published().prioritise(observations, published().assess(observations));
        EXPECT_EQ(result.priority, Priority::p1) << indicator.id;
        EXPECT_EQ(result.acknowledge.text(), "15 minutes");
        ASSERT_FALSE(result.because.empty());
        EXPECT_FALSE(result.because.front()->reason.english().empty());
    }
}

TEST(priority, a_report_that_no_rule_names_is_least_urgent) {
    const Observations nothing;
    const PriorityResult result = published().prioritise(nothing, published().assess(nothing));
    EXPECT_EQ(result.priority, Priority::p4);
    EXPECT_TRUE(result.because.empty());
}

TEST(priority, limits_of_time_hold_to_the_hour_and_the_day_and_not_after_the_fact) {
    const auto with = [](std::optional<int> hours, std::optional<int> days) {
        Observations observations;
        observations.facts.hours_to_departure = hours;
        observations.facts.days_to_visa_expiry = days;
        return published().prioritise(observations, published().assess(observations)).priority;
    };
    EXPECT_EQ(with(24, {}), Priority::p1);
    EXPECT_EQ(with(25, {}), Priority::p2);
    EXPECT_EQ(with(168, {}), Priority::p2);
    EXPECT_EQ(with(169, {}), Priority::p4);
    EXPECT_EQ(with(-1, {}), Priority::p4);
    EXPECT_EQ(with({}, 7), Priority::p2);
    EXPECT_EQ(with({}, 42), Priority::p3);
    EXPECT_EQ(with({}, 43), Priority::p4);
}

TEST(priority, another_jurisdiction_is_only_another_file) {
    Observations observations = yes_to(tiny(), Profile::adult_labour, {"t.ex.strong"});
    observations.facts.hours_to_departure = 10;
    const PriorityResult result = tiny().prioritise(observations, tiny().assess(observations));
    EXPECT_EQ(result.priority, Priority::p2);
    ASSERT_EQ(result.because.size(), 2u);
    EXPECT_EQ(result.because[0]->id, "soon");
    EXPECT_EQ(tiny().priorities().acknowledge[3].text(), "9 working days");
}

TEST(next_question, the_one_that_would_meet_the_rule_is_asked_first) {
    const Observations observations =
        yes_to(tiny(), Profile::adult_labour, {"t.ex.strong", "t.ex.medium", "t.cd.one", "t.cd.two"});
    const auto question = tiny().next_question(observations);
    ASSERT_TRUE(question);
    EXPECT_EQ(tiny().indicators().all()[question->indicator].id, "t.cd.three");
    EXPECT_TRUE(question->meets_rule);
}

TEST(next_question, no_other_open_question_would_bring_the_rule_nearer) {
    const Observations observations = yes_to(published(), Profile::adult_labour, {"ilo.ex.hours", "ilo.cd.documents"});
    const auto question = published().next_question(observations);
    ASSERT_TRUE(question);
    const int now = published().assess(observations).needed;
    for (std::size_t i = 0; i < published().indicators().all().size(); ++i) {
        if (published().indicators().all()[i].kind != knowledge::PackKind::graded || !observations.open(i)) continue;
        Observations tried = observations;
        tried.answers[i] = Answer::yes;
        EXPECT_LE(now - published().assess(tried).needed, question->fewer_needed);
    }
}

TEST(next_question, once_the_rule_is_met_danger_is_asked_about) {
    const Observations observations = yes_to(
        published(), Profile::adult_labour, {"ilo.ex.hours", "ilo.ex.low_pay", "ilo.cd.documents", "ilo.cd.isolation"});
    const auto question = published().next_question(observations);
    ASSERT_TRUE(question);
    EXPECT_EQ(published().indicators().all()[question->indicator].kind, knowledge::PackKind::danger);
    EXPECT_TRUE(question->raises_priority);
}

TEST(next_question, an_answered_question_is_not_asked_again_and_a_painful_one_waits) {
    Observations observations;
    for (int asked = 0; asked < 20; ++asked) {
        const auto question = published().next_question(observations);
        ASSERT_TRUE(question);
        EXPECT_TRUE(observations.open(question->indicator));
        EXPECT_FALSE(asked == 0 && published().indicators().all()[question->indicator].sensitive);
        observations.answers[question->indicator] = Answer::no;
    }
}

TEST(next_question, the_message_says_that_no_answer_is_owed) {
    const std::string message = as_message(published().indicators(), 0, "en").text;
    EXPECT_NE(message.find("You do not have to answer"), std::string::npos);
    EXPECT_EQ(as_message(tiny().indicators(), *tiny().indicators().position("t.fire"), "vi").text.substr(0, 4), "Có ");
}

TEST(next_question, a_translation_is_a_draft_until_its_pack_says_that_it_was_reviewed) {
    const auto draft = [](std::string_view translations, std::string_view language) {
        std::map<std::string, std::string, std::less<>> files;
        for (const auto& [path, bytes] : knowledge::Files::embedded().below("")) files.emplace(path, bytes);
        std::string& pack = files.at("indicators/danger.yaml");
        const auto at = pack.find("translations: {");
        pack.replace(at, pack.find('\n', at) - at, translations);
        knowledge::Problems problems;
        const auto indicators = knowledge::read_indicators(knowledge::Files::of(files), problems);
        EXPECT_TRUE(problems.empty()) << problems.text();
        return as_message(indicators, *indicators.position("danger.medical"), language).draft;
    };
    EXPECT_TRUE(draft("translations: {es: draft}", "es"));
    EXPECT_TRUE(draft("translations: {es: draft}", "es-MX"));
    EXPECT_FALSE(draft("translations: {es: reviewed}", "es"));
    EXPECT_TRUE(draft("translations: {es: reviewed}", "hi")) << "nobody said that it was reviewed";
    EXPECT_FALSE(draft("translations: {es: draft}", "en"));
    EXPECT_FALSE(draft("translations: {es: draft}", "sw")) << "it goes out in English";
    for (const std::string_view language : {"es", "zh", "vi", "tl", "hi"}) {
        EXPECT_TRUE(published().indicators().find("danger.medical")->question.is_draft(language)) << language;
    }
}

TEST(next_question, the_message_is_in_one_language_and_says_when_that_is_english) {
    const auto& indicators = published().indicators();
    const std::string locked = as_message(indicators, *indicators.position("danger.locked_in"), "es").text;
    EXPECT_NE(locked.find("No tiene que responder"), std::string::npos);
    EXPECT_EQ(locked.find("You do not have to answer"), std::string::npos);
    EXPECT_EQ(as_message(indicators, *indicators.position("danger.locked_in"), "zh-Hans").text.find("You do not"),
              std::string::npos);
    const std::string contract = as_message(indicators, *indicators.position("ilo.dr.contract"), "es").text;
    EXPECT_NE(contract.find("You do not have to answer"), std::string::npos);
    EXPECT_NE(contract.find("has not been translated into your language yet"), std::string::npos);
    EXPECT_EQ(as_message(indicators, 0, "en").text.find("translated"), std::string::npos);
}

TEST(checklist, numbers_run_through_without_gaps_and_lead_back_to_their_indicators) {
    for (const ChecklistFor who : {ChecklistFor::border, ChecklistFor::labour_inspection, ChecklistFor::police}) {
        for (const Profile profile : knowledge::all_profiles) {
            const Checklist page = make_checklist(published().indicators(), who, profile, "en");
            int expected = 0;
            for (const auto& section : page.sections) {
                for (const auto& item : section.items) {
                    EXPECT_EQ(item.number, ++expected);
                    EXPECT_EQ(page.indicator(item.number), item.indicator);
                    EXPECT_FALSE(published().indicators().all()[item.indicator].lead_only);
                }
            }
            EXPECT_GT(expected, 60);
            EXPECT_FALSE(page.indicator(expected + 1));
            EXPECT_EQ(published().indicators().all()[*page.indicator(1)].kind, knowledge::PackKind::danger);
        }
    }
}

TEST(checklist, a_filled_in_page_gives_the_same_observations_and_another_edition_is_refused) {
    const Checklist page = make_checklist(published().indicators(), ChecklistFor::border, Profile::adult_labour, "en");
    const auto answers = read_checklist(page, page.edition, "1 no, 12 yes , 9 ?");
    ASSERT_TRUE(answers.ok()) << answers.error().message;
    EXPECT_EQ(answers->at(*page.indicator(12)), Answer::yes);
    EXPECT_EQ(answers->at(*page.indicator(1)), Answer::no);
    EXPECT_EQ(answers->at(*page.indicator(9)), Answer::unknown);
    EXPECT_FALSE(read_checklist(page, "adult-labour 00000000", "1 no").ok());
    EXPECT_FALSE(read_checklist(page, page.edition, "9999 yes").ok());
    EXPECT_FALSE(read_checklist(page, page.edition, "1 perhaps").ok());
}

TEST(kappa, the_textbook_example_has_its_published_value) {
    // 25 + 25 questions of yes and no: 20 both yes, 5 and 10 different, 15 both no.
    const AgreementTable table = {{20, 5}, {10, 15}};
    EXPECT_NEAR(*observed_agreement(table), 0.7, 1e-12);
    EXPECT_NEAR(*cohens_kappa(table), 0.4, 1e-12);
}

TEST(kappa, full_agreement_is_one_chance_is_zero_and_full_disagreement_is_minus_one) {
    EXPECT_NEAR(*cohens_kappa({{5, 0, 0}, {0, 7, 0}, {0, 0, 2}}), 1.0, 1e-12);
    EXPECT_NEAR(*cohens_kappa({{25, 25}, {25, 25}}), 0.0, 1e-12);
    EXPECT_NEAR(*cohens_kappa({{0, 10}, {10, 0}}), -1.0, 1e-12);
}

TEST(kappa, nothing_to_measure_gives_nothing) {
    EXPECT_FALSE(cohens_kappa({}));
    EXPECT_FALSE(cohens_kappa({{0, 0}, {0, 0}}));
    EXPECT_FALSE(cohens_kappa({{9, 0}, {0, 0}}));
    EXPECT_EQ(observed_agreement({{9, 0}, {0, 0}}), 1.0);
}

RC_GTEST_PROP(kappa, it_does_not_depend_on_who_is_called_first_and_stays_within_bounds,
              (std::vector<std::pair<unsigned char, unsigned char>> drawn)) {
    std::vector<std::pair<std::size_t, std::size_t>> pairs, swapped;
    for (const auto& [a, b] : drawn) {
        pairs.emplace_back(a % 3, b % 3);
        swapped.emplace_back(b % 3, a % 3);
    }
    const auto one = cohens_kappa(agreement_table(pairs, 3));
    const auto other = cohens_kappa(agreement_table(swapped, 3));
    RC_ASSERT(one.has_value() == other.has_value());
    if (one) {
        RC_ASSERT(std::abs(*one - *other) < 1e-9);
        RC_ASSERT(*one <= 1.0 + 1e-9);
        RC_ASSERT(*one >= -1.0 - 1e-9);
    }
}

}  // namespace tideline::assess
