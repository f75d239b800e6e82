#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "assess/checklist.h"
#include "assess/measure.h"
#include "assess/method.h"
#include "cli/commands.h"

namespace tideline::cli {
namespace {

using json = nlohmann::ordered_json;
using namespace tideline::assess;

struct Options {
    std::string file, folder, knowledge, jurisdiction, language = "en";
    std::string who = "border", profile = "adult-labour";
    bool as_json = false, suggest_text = false, show_misses = false;
};

int fail(const Error& error) {
    std::fprintf(stderr, "%s\n", error.message.c_str());
    return failed;
}

Result<std::string> contents_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    if (!in) return Error{ErrorKind::unavailable, "'" + path + "' cannot be read"};
    return std::move(bytes).str();
}

Result<Method> method_for(const Options& options) {
    return options.knowledge.empty() ? Method::built_in(options.jurisdiction)
                                     : Method::from_folder(options.knowledge, options.jurisdiction);
}

json ids(const Indicators& indicators, const std::vector<std::size_t>& which) {
    json all = json::array();
    for (const std::size_t i : which) all.push_back(indicators.all()[i].id);
    return all;
}

json as_json(const Counts& counts) {
    return {{"strong", counts.strong}, {"medium", counts.medium}, {"weak", counts.weak}};
}

json as_json(const ElementResult& element, const Indicators& indicators) {
    return {{"established", element.established},
            {"excluded", element.excluded},
            {"because", ids(indicators, element.because)}};
}

json question_as_json(const Method& method, const Observations& observations, const std::string& language) {
    const auto question = method.next_question(observations);
    if (!question) return nullptr;
    const auto& indicator = method.indicators().all()[question->indicator];
    const Message message = as_message(method.indicators(), question->indicator, language);
    return {{"indicator", indicator.id}, {"question", indicator.question.in(language)},
            {"why", question->why},      {"sensitive", indicator.sensitive},
            {"message", message.text},   {"draft_translation", message.draft}};
}

/// Signs answered in other lists that say the same as an open indicator of the profile's list: to be confirmed.
json hints(const Method& method, const Observations& observations, const Assessment& assessment) {
    json all = json::array();
    const Indicators& indicators = method.indicators();
    for (const auto& [i, answer] : observations.answers) {
        if (answer != Answer::yes) continue;
        for (const std::string& other : indicators.all()[i].see) {
            const auto position = indicators.position(other);
            if (!position || !observations.open(*position) ||
                !indicators.all()[*position].strength_for(assessment.profile)) {
                continue;
            }
            all.push_back({{"observed", indicators.all()[i].id}, {"confirm", other}});
        }
    }
    return all;
}

json whole_result(const Method& method, const Observations& observations, const std::string& language) {
    const Indicators& indicators = method.indicators();
    const Assessment result = method.assess(observations);
    const PriorityResult priority = method.prioritise(observations, result);
    const Explanation explanation = explain(indicators, result);
    json out;
    out["profile"] = name_of(result.profile);
    out["presumed_child"] = result.presumed_child;
    out["rule"] = name_of(result.rule);
    out["finding"] = name_of(result.finding);
    out["finding_words"] = words_for(result.finding);
    out["standard"] = name_of(result.standard);
    for (const DimensionResult& dimension : result.dimensions) {
        out["dimensions"][dimension.id] = dimension.positive;
    }
    out["elements"] = {
        {"act", result.act.established}, {"means", result.means.established}, {"purpose", result.purpose.established}};
    out["priority"] = name_of(priority.priority);
    out["priority_reasons"] = json::array();
    for (const PriorityRule* rule : priority.because) {
        out["priority_reasons"].push_back(
            {{"class", name_of(rule->priority)}, {"rule", rule->id}, {"reason", rule->reason.in(language)}});
    }
    out["acknowledge_within"] = priority.acknowledge.text();
    out["explanation"] = explanation.text();
    out["established"] = explanation.established;
    out["missing"] = explanation.missing;
    out["notes"] = explanation.notes;
    out["next_question"] = question_as_json(method, observations, language);
    if (result.needed < out_of_reach) {
        out["further_signs_needed"] = result.needed;
    } else {
        out["further_signs_needed"] = nullptr;
    }
    out["pathways"] = json::array();
    if (result.labour_exploitation) out["pathways"].push_back("labour_exploitation");
    if (result.child_at_risk) out["pathways"].push_back("child_protection_at_risk");
    if (result.nonpunishment_review) out["pathways"].push_back("nonpunishment_review");
    out["survey_class"] = result.survey_class.empty() ? json(nullptr) : json(result.survey_class);
    for (std::size_t d = 0; d < result.dimensions.size(); ++d) {
        const DimensionResult& dimension = result.dimensions[d];
        out["dimension_details"][dimension.id] = {
            {"label", indicators.dimensions()[d].label.in(language)},
            {"positive", dimension.positive},
            {"yes", as_json(dimension.yes)},
            {"open", as_json(dimension.open)},
            {"further_signs_needed", dimension.needed < out_of_reach ? json(dimension.needed) : json(nullptr)},
            {"because", ids(indicators, dimension.because)}};
    }
    out["element_details"] = {{"act", as_json(result.act, indicators)},
                              {"means", as_json(result.means, indicators)},
                              {"purpose", as_json(result.purpose, indicators)}};
    out["hints"] = hints(method, observations, result);
    out["not_in_profile"] = ids(indicators, result.not_in_profile);
    out["unverified"] = ids(indicators, result.unverified);
    out["profile_verified"] = result.profile_verified;
    out["method"] = method.version();
    return out;
}

void print_list(const char* title, const json& sentences) {
    if (sentences.empty()) return;
    std::printf("\n%s\n", title);
    for (const auto& sentence : sentences) std::printf("  - %s\n", sentence.get<std::string>().c_str());
}

void print_result(const json& result) {
    const auto text = [&](const char* key) { return result[key].get<std::string>(); };
    std::printf("Finding: %s (%s; standard reached: %s)\n", text("finding_words").c_str(), text("rule").c_str(),
                text("standard").c_str());
    std::printf("Priority: %s, to be looked at within %s\n", text("priority").c_str(),
                text("acknowledge_within").c_str());
    for (const auto& reason : result["priority_reasons"]) {
        std::printf("  - %s: %s\n", reason["class"].get<std::string>().c_str(),
                    reason["reason"].get<std::string>().c_str());
    }
    print_list("Established", result["established"]);
    print_list("Missing", result["missing"]);
    print_list("Notes", result["notes"]);
    if (!result["next_question"].is_null()) {
        std::printf("\nNext question (%s)\n  %s\n  %s\n",
                    result["next_question"]["indicator"].get<std::string>().c_str(),
                    result["next_question"]["question"].get<std::string>().c_str(),
                    result["next_question"]["why"].get<std::string>().c_str());
    }
    if (!result["unverified"].empty()) {
        std::printf("\nNot verified against their source: %zu of the indicators answered yes.\n",
                    result["unverified"].size());
    }
    std::printf(
        "\nMethod: %s\nThis is a screening result. It is never a statement that somebody is or is not a victim.\n",
        text("method").c_str());
}

int check(const Options& options) {
    const auto bytes = contents_of(options.file);
    if (!bytes) return fail(bytes.error());
    const auto method = method_for(options);
    if (!method) return fail(method.error());
    const auto observations = read_observations(options.file, *bytes, method->indicators());
    if (!observations) return fail(observations.error());
    const json result = whole_result(*method, *observations, options.language);
    if (options.as_json) {
        std::printf("%s\n", result.dump(2).c_str());
    } else {
        print_result(result);
    }
    return done;
}

int lint_packs(const Options& options) {
    const knowledge::Problems problems = lint(options.folder);
    if (options.as_json) {
        json all = json::array();
        for (const auto& problem : problems.all()) {
            all.push_back({{"file", problem.file},
                           {"line", problem.line},
                           {"message", problem.message},
                           {"remedy", problem.remedy}});
        }
        std::printf("%s\n", json{{"ok", problems.empty()}, {"problems", all}}.dump(2).c_str());
    } else if (!problems.empty()) {
        std::printf("%s\n", problems.text().c_str());
    } else {
        std::printf("All packs are in order.\n");
    }
    return problems.empty() ? done : found;
}

int measure_suggestions(const Options& options) {
    const auto method = method_for(options);
    if (!method) return fail(method.error());
    const auto measured = measure(method->indicators(), method->suggester(), options.folder);
    if (!measured) return fail(measured.error());
    if (!options.as_json) {
        std::printf("%s", markdown(*measured).c_str());
    } else {
        const auto scored = [](const Score& score) {
            return json{{"right", score.right},
                        {"wrong", score.wrong},
                        {"missed", score.missed},
                        {"precision", score.precision()},
                        {"recall", score.recall()}};
        };
        json out{{"reports", measured->reports}, {"all", scored(measured->all)}};
        for (const auto& [language, score] : measured->by_language) out["languages"][language] = scored(score);
        for (const auto& [id, score] : measured->by_indicator) out["indicators"][id] = scored(score);
        std::printf("%s\n", out.dump(2).c_str());
    }
    if (options.show_misses) {
        for (const auto& [report, misses] : measured->misses) {
            std::printf("%s:", report.c_str());
            for (const std::string& miss : misses) std::printf(" %s", miss.c_str());
            std::printf("\n");
        }
    }
    return done;
}

int suggest_for(const Options& options) {
    const auto bytes = contents_of(options.file);
    if (!bytes) return fail(bytes.error());
    const auto method = method_for(options);
    if (!method) return fail(method.error());
    json all = json::array();
    for (const Suggestion& one : method->suggester().suggest(*bytes)) {
        const auto& indicator = method->indicators().all()[one.indicator];
        all.push_back({{"indicator", indicator.id},
                       {"sentence", one.sentence},
                       {"begin", one.begin},
                       {"end", one.end},
                       {"words", bytes->substr(one.begin, one.end - one.begin)},
                       {"denied", one.denied},
                       {"phrase", one.phrase->file + ':' + std::to_string(one.phrase->line)}});
    }
    if (options.as_json) {
        std::printf("%s\n", all.dump(2, ' ', false, json::error_handler_t::replace).c_str());
        return done;
    }
    for (const auto& one : all) {
        std::printf("sentence %zu: %s%s  \"%s\"\n", one["sentence"].get<std::size_t>(),
                    one["denied"].get<bool>() ? "not " : "", one["indicator"].get<std::string>().c_str(),
                    one["words"].get<std::string>().c_str());
    }
    return done;
}

int print_checklist(const Options& options) {
    const auto who = checklist_named(options.who);
    const auto profile = knowledge::profile_named(options.profile);
    if (!who || !profile) {
        std::fprintf(stderr, "'%s' for '%s': use border, labour-inspection or police, and one of the four profiles\n",
                     options.who.c_str(), options.profile.c_str());
        return usage;
    }
    const auto method = method_for(options);
    if (!method) return fail(method.error());
    const Checklist page = make_checklist(method->indicators(), *who, *profile, options.language);
    json out{{"name", page.name}, {"edition", page.edition}, {"sections", json::array()}};
    for (const ChecklistSection& section : page.sections) {
        json items = json::array();
        for (const ChecklistItem& item : section.items) {
            const auto& indicator = method->indicators().all()[item.indicator];
            items.push_back({{"number", item.number},
                             {"indicator", indicator.id},
                             {"label", indicator.label.in(options.language)},
                             {"draft_translation", indicator.label.is_draft(options.language)},
                             {"verified", item.verified}});
        }
        out["sections"].push_back({{"title", section.title}, {"items", items}});
    }
    if (options.as_json) {
        std::printf("%s\n", out.dump(2).c_str());
        return done;
    }
    bool drafts = false;
    std::printf("Checklist %s, edition %s\n", page.name.c_str(), page.edition.c_str());
    for (const auto& section : out["sections"]) {
        std::printf("\n%s\n", section["title"].get<std::string>().c_str());
        for (const auto& item : section["items"]) {
            const bool draft = item["draft_translation"].get<bool>();
            drafts = drafts || draft;
            std::printf("%4d  [ ] yes  [ ] no  [ ] ?   %s%s%s\n", item["number"].get<int>(),
                        item["label"].get<std::string>().c_str(), item["verified"].get<bool>() ? "" : " *",
                        draft ? " +" : "");
        }
    }
    std::printf("\n* not verified against its source\n");
    if (drafts) std::printf("+ draft translation, not yet reviewed\n");
    return done;
}

}  // namespace

int run_assess(int argc, char** argv) {
    CLI::App app{"Assess observations by the published method, check packs, measure suggestions", "tideline assess"};
    app.require_subcommand(1);
    Options options;
    const auto common = [&](CLI::App* command, bool packs) {
        command->add_flag("--json", options.as_json, "print JSON");
        if (!packs) return;
        command->add_option("--knowledge", options.knowledge, "use the packs of this folder, not the built-in ones");
        command->add_option("--jurisdiction", options.jurisdiction,
                            "whose priority rules apply; may be left out when there is one");
        command->add_option("--language", options.language, "language of labels and questions")->capture_default_str();
    };
    CLI::App* check_command = app.add_subcommand("check", "assess the observations in a YAML file");
    check_command->add_option("FILE", options.file, "profile: and observations:")->required();
    common(check_command, true);
    CLI::App* lint_command = app.add_subcommand("lint", "check indicator packs, phrases and priority rules");
    lint_command->add_option("DIR", options.folder, "a folder laid out like knowledge/")->required();
    common(lint_command, false);
    CLI::App* measure_command = app.add_subcommand("measure", "precision and recall of the suggestions");
    measure_command->add_option("DIR", options.folder, "folder of reports with expected indicators")->required();
    measure_command->add_flag("--misses", options.show_misses, "also list what was wrong or missed per report");
    common(measure_command, true);
    CLI::App* suggest_command = app.add_subcommand("suggest", "what a text may speak of, by sentence");
    suggest_command->add_option("FILE", options.file, "a text in UTF-8")->required();
    common(suggest_command, true);
    CLI::App* checklist_command = app.add_subcommand("checklist", "the numbered page for officers in the field");
    checklist_command->add_option("--for", options.who, "border, labour-inspection or police")->capture_default_str();
    checklist_command->add_option("--profile", options.profile, "whose list")->capture_default_str();
    common(checklist_command, true);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? done : usage;
    }
    if (check_command->parsed()) return check(options);
    if (lint_command->parsed()) return lint_packs(options);
    if (measure_command->parsed()) return measure_suggestions(options);
    if (suggest_command->parsed()) return suggest_for(options);
    return print_checklist(options);
}

}  // namespace tideline::cli
