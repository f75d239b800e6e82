#include "knowledge/yaml.h"

namespace tideline::knowledge {
namespace {

enum class Side { left, right };

/// What a reader of this shape says about the bytes, one problem a line.
std::string problems_of(std::string_view bytes) {
    Problems problems;
    read_yaml("x.yaml", bytes, problems, [](Yaml file) {
        for (Yaml entry : file.list("things")) {
            entry.id("id");
            entry.text("name");
            entry.maybe_date("since");
            entry.maybe_flag("verified", false);
            entry.maybe_integer("hours", 1, 24, 8);
            entry.maybe_choice<Side>("side", {{"left", Side::left}, {"right", Side::right}}, Side::left);
            entry.maybe_texts("tags");
            entry.maybe_entries("labels");
        }
    });
    return problems.text();
}

struct Case {
    const char* name;
    const char* bytes;
    const char* expected;
};

const Case cases[] = {
    {"good", "things:\n  - {id: a.b_c-1, name: A thing, since: 2024-02-29, verified: true, hours: 24, side: right}\n",
     ""},
    {"unknown_key", "things:\n  - id: a\n    name: n\n    verfied: true\n",
     "x.yaml:4: there is no key 'verfied' here; did you mean 'verified'?"},
    {"unlike_any", "things:\n  - {id: a, name: n}\nunheard: 1\n",
     "x.yaml:3: there is no key 'unheard' here; the keys known here are 'things'"},
    {"missing_key", "things:\n  - id: a\n", "x.yaml:2: the key 'name' is missing; add  name: …"},
    {"no_value", "things:\n  - id: a\n    name:\n",
     "x.yaml:3: a text is expected here, not nothing; write it after the colon, or remove the key"},
    {"list_for_text", "things:\n  - id: a\n    name: [n]\n",
     "x.yaml:3: a text is expected here, not a list; write a text alone"},
    {"text_for_list", "things: none\n",
     "x.yaml:1: a list is expected here, not a text; put each member on a line of its own that begins with '- '"},
    {"list_for_map", "- a\n", "x.yaml:1: a map with the key 'things' is expected here, not a list; write  things: …"},
    {"no_such_day", "things:\n  - {id: a, name: n, since: 2023-02-29}\n",
     "x.yaml:2: '2023-02-29' is not a date; write a day that exists as YYYY-MM-DD, as in 2026-02-28"},
    {"other_date", "things:\n  - {id: a, name: n, since: 1/2/2023}\n",
     "x.yaml:2: '1/2/2023' is not a date; write a day that exists as YYYY-MM-DD, as in 2026-02-28"},
    {"yes", "things:\n  - {id: a, name: n, verified: yes}\n",
     "x.yaml:2: 'yes' is neither true nor false; write true or false"},
    {"too_many_hours", "things:\n  - {id: a, name: n, hours: 25}\n",
     "x.yaml:2: '25' is not a whole number from 1 to 24; write one from 1 to 24, without unit"},
    {"hours_with_unit", "things:\n  - {id: a, name: n, hours: 5h}\n",
     "x.yaml:2: '5h' is not a whole number from 1 to 24; write one from 1 to 24, without unit"},
    {"near_choice", "things:\n  - {id: a, name: n, side: rigth}\n",
     "x.yaml:2: 'rigth' is not one of 'left', 'right'; did you mean 'right'?"},
    {"bad_id", "things:\n  - {id: A b, name: n}\n",
     "x.yaml:2: 'A b' is not an id; use up to 80 lower-case letters, digits, '.', '_' and '-', beginning with a letter "
     "or digit"},
    {"twice", "things:\n  - id: a\n    name: n\n    name: m\n",
     "x.yaml:4: the key 'name' stands here twice (first in line 3); keep one of them"},
    {"anchor", "things:\n  - &x {id: a, name: n}\n",
     "x.yaml:2: anchors (&) and aliases (*) are not used in packs; write the value out"},
    {"tag", "things:\n  - {id: a, name: !secret n}\n", "x.yaml:2: tags (!) are not used in packs; leave the tag out"},
    {"two_documents", "things: []\n---\nthings: []\n",
     "x.yaml:3: the file holds a second document after '---'; put it into a file of its own"},
    {"empty", "", "x.yaml: the file is empty; write its contents or remove it"},
    {"only_a_comment", "# nothing\n", "x.yaml: the file is empty; write its contents or remove it"},
    {"latin1", "things: [M\xE1ori]\n", "x.yaml: the file is not UTF-8 text; save it as UTF-8"},
    {"empty_text", "things:\n  - {id: a, name: ' '}\n", "x.yaml:2: the text is empty; write it, or remove the key"},
    {"map_key", "things:\n  - {id: a, name: n}\n? [a, b]\n: c\n",
     "x.yaml:3: a key must be a text; write it as  key: value"},
};

class YamlCases : public testing::TestWithParam<Case> {};
TEST_P(YamlCases, say_file_line_what_is_wrong_and_the_remedy) {
    EXPECT_EQ(problems_of(GetParam().bytes), GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(yaml, YamlCases, testing::ValuesIn(cases), [](const auto& row) { return row.param.name; });

TEST(yaml, broken_syntax_names_the_line_and_how_to_look_for_the_mistake) {
    const std::string said = problems_of("things:\n  - id: a\n    name: He said: no\n");
    EXPECT_TRUE(said.starts_with("x.yaml:3: this is not YAML")) << said;
    EXPECT_NE(said.find("put quotes around a text"), std::string::npos);
}

TEST(yaml, one_run_finds_every_problem) {
    const std::string said = problems_of("things:\n  - {id: 'A', nam: n}\n  - {id: b, name: n, hours: 0}\n");
    EXPECT_EQ(std::ranges::count(said, '\n'), 3) << said;
}

TEST(yaml, deep_nesting_and_large_files_are_refused) {
    EXPECT_NE(problems_of("things: " + std::string(5000, '[')), "");
    EXPECT_NE(problems_of("things: " + std::string(25, '[') + std::string(25, ']')).find("nested more than 24 deep"),
              std::string::npos);
    EXPECT_NE(problems_of("things: " + std::string(YamlLimits::bytes_max, 'a')).find("larger than"), std::string::npos);
}

TEST(yaml, only_the_first_problems_are_kept_and_the_rest_is_counted) {
    std::string bytes = "things:\n";
    for (int i = 0; i < 250; ++i) bytes += "  - {id: a, name: n, hours: 0}\n";
    EXPECT_TRUE(problems_of(bytes).ends_with("\nand 50 more"));
}

TEST(yaml, maps_whose_keys_are_data_keep_their_order) {
    Problems problems;
    std::vector<std::string> keys;
    read_yaml("x.yaml", "labels: {mi: Tahi, en: One, ar: واحد}\n", problems, [&](Yaml file) {
        for (const auto& [key, value] : file.entries("labels")) keys.push_back(key + "=" + value.as_text());
    });
    EXPECT_EQ(problems.text(), "");
    EXPECT_EQ(keys, (std::vector<std::string>{"mi=Tahi", "en=One", "ar=واحد"}));
}

RC_GTEST_PROP(yaml, no_bytes_make_it_throw, (const std::string& noise)) {
    problems_of(noise);
    problems_of("things:\n  - {id: a, name: " + noise + "}\n");
}

}  // namespace
}  // namespace tideline::knowledge
