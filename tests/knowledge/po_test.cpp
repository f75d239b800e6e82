#include "knowledge/po.h"

#include "base/text.h"

#include "knowledge/catalogue.h"

namespace tideline::knowledge {
namespace {

const std::string header = "msgid \"\"\nmsgstr \"Language: xx\\n\"\n\n";

std::string problems_of(std::string_view bytes) {
    Problems problems;
    read_po("x.po", bytes, problems);
    return problems.text();
}

PoFile read_whole(std::string_view bytes) {
    Problems problems;
    PoFile po = read_po("x.po", bytes, problems);
    EXPECT_EQ(problems.text(), "");
    return po;
}

TEST(po, entries_come_with_context_comments_places_flags_and_lines_put_together) {
    const PoFile po = read_whole(header +
                                 "# by hand\n#. extracted\n#: a.tpl:3 b.tpl\n#, c-format, fuzzy\n"
                                 "msgctxt \"menu\"\nmsgid \"\"\n\"One \"\n\"two\\n\\t\\\"three\\\" \\\\\"\n"
                                 "msgstr \"Tahi\"\n#~ msgid \"gone\"\n#~ msgstr \"gone\"\n");
    ASSERT_EQ(po.entries.size(), 1u);
    const PoEntry& entry = po.entries[0];
    EXPECT_EQ(entry.context, "menu");
    EXPECT_EQ(entry.id, "One two\n\t\"three\" \\");
    EXPECT_EQ(entry.texts, std::vector<std::string>{"Tahi"});
    EXPECT_TRUE(entry.fuzzy);
    EXPECT_EQ(entry.comments, (std::vector<std::string>{"# by hand", "#. extracted"}));
    EXPECT_EQ(entry.references, (std::vector<std::string>{"a.tpl:3", "b.tpl"}));
    EXPECT_EQ(entry.line, 9);
    EXPECT_EQ(po.field("Language"), "xx");
    EXPECT_EQ(po.field("Unknown"), "");
}

struct Case {
    const char* name;
    const char* bytes;  ///< behind the header
    const char* said;
};

const Case cases[] = {
    {"unclosed", "msgid \"a\nmsgstr \"\"\n",
     "x.po:4: the text is not closed; put it between two double quotes on one line"},
    {"quote_inside", "msgid \"a\"b\"\nmsgstr \"\"\n",
     "x.po:4: a double quote stands inside the text; write it as \\\""},
    {"escape", "msgid \"a\\x\"\nmsgstr \"\"\n",
     "x.po:4: a backslash stands before a sign that it does not go with; use only \\n, \\t, \\\" and \\\\"},
    {"last_backslash", "msgid \"a\\\"\nmsgstr \"\"\n",
     "x.po:4: a backslash stands before a sign that it does not go with; use only \\n, \\t, \\\" and \\\\"},
    {"word", "msgif \"a\"\n",
     "x.po:4: 'msgif' is not a word of PO files; begin the line with msgid, msgstr, msgctxt, "
     "msgid_plural, a quote or #"},
    {"no_msgstr", "msgid \"a\"\n\nmsgid \"b\"\nmsgstr \"\"\n", "x.po:4: this msgid has no msgstr; add  msgstr \"\""},
    {"no_msgid", "#\nmsgstr \"a\"\n", "x.po:5: msgstr without msgid before it; write the msgid first"},
    {"alone", "#\n\"a\"\n", "x.po:5: a quoted line stands alone; put it below a msgid or msgstr"},
    {"twice", "msgid \"a\"\nmsgstr \"1\"\nmsgid \"a\"\nmsgstr \"2\"\n",
     "x.po:6: the msgid \"a\" stands here twice; keep one of them"},
    {"second_msgstr", "msgid \"a\"\nmsgstr \"1\"\nmsgstr \"2\"\n",
     "x.po:6: msgstr is not expected here; remove the second msgstr"},
    {"second_header", "msgid \"\"\nmsgstr \"A: b\\n\"\n",
     "x.po:4: the header (the entry with an empty msgid) stands here twice; keep the first"},
    {"plural_without_forms", "msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[0] \"\"\n",
     "x.po:4: a plural without Plural-Forms in the header; add Plural-Forms to the header"},
    {"plural_gap", "msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[1] \"\"\n",
     "x.po:6: msgstr[1] is not expected here; write msgstr[0]"},
    {"no_text", "msgid\nmsgstr \"\"\n", "x.po:4: msgid has no text; write it in double quotes, even if it is empty"},
};

class PoCases : public testing::TestWithParam<Case> {};
TEST_P(PoCases, say_file_line_what_is_wrong_and_the_remedy) {
    const std::string said = problems_of(header + GetParam().bytes);
    EXPECT_EQ(said.substr(0, said.find('\n')), GetParam().said);
}
INSTANTIATE_TEST_SUITE_P(po, PoCases, testing::ValuesIn(cases), [](const auto& row) { return row.param.name; });

TEST(po, a_file_without_header_or_with_a_broken_one_is_refused) {
    EXPECT_EQ(problems_of("msgid \"a\"\nmsgstr \"b\"\n"),
              "x.po:1: the header is missing; begin with  msgid \"\"  msgstr \"Language: …\\n…\"");
    EXPECT_NE(problems_of("msgid \"\"\nmsgstr \"no colon\\n\"\n").find("has no colon"), std::string::npos);
    EXPECT_NE(problems_of("msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=ISO-8859-1\\n\"\n").find("not UTF-8"),
              std::string::npos);
    EXPECT_NE(problems_of("msgid \"\"\nmsgstr \"Plural-Forms: nplurals=2; plural=n!;\\n\"\n").find("cannot be read"),
              std::string::npos);
    EXPECT_EQ(problems_of("\xFF"), "x.po: the file is not UTF-8 text; save it as UTF-8");
    EXPECT_NE(problems_of(std::string(PoLimits::bytes_max + 1, '\n')).find("larger than"), std::string::npos);
}

TEST(po, the_number_of_entries_is_bounded) {
    std::string bytes = header;
    for (std::size_t i = 0; i <= PoLimits::entries_max + 5; ++i) {
        bytes += "msgid \"" + std::to_string(i) + "\"\nmsgstr \"\"\n";
    }
    Problems problems;
    EXPECT_EQ(read_po("x.po", bytes, problems).entries.size(), PoLimits::entries_max);
    EXPECT_EQ(problems.all().size(), 1u);
}

TEST(po, plural_rules_of_real_languages_choose_the_form) {
    const auto form = [](const char* rule, std::uint64_t n) { return PluralRule::parse(rule).value().form(n); };
    EXPECT_EQ(form("nplurals=1; plural=0;", 5), 0);
    EXPECT_EQ(form("nplurals=2; plural=(n != 1);", 1), 0);
    EXPECT_EQ(form("nplurals=2; plural=(n != 1);", 0), 1);
    const char* russian =
        "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);";
    EXPECT_EQ(form(russian, 1), 0);
    EXPECT_EQ(form(russian, 22), 1);
    EXPECT_EQ(form(russian, 11), 2);
    EXPECT_EQ(form(russian, 112), 2);
    const char* arabic =
        "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);";
    EXPECT_EQ(form(arabic, 0), 0);
    EXPECT_EQ(form(arabic, 2), 2);
    EXPECT_EQ(form(arabic, 103), 3);
    EXPECT_EQ(form(arabic, 50), 4);
    EXPECT_EQ(form(arabic, 100), 5);
    EXPECT_EQ(form("nplurals=2; plural=n/0;", 5), 0);
    EXPECT_EQ(form("nplurals=2; plural=7;", 5), 0);
    EXPECT_EQ(form("nplurals=2; plural=!n;", 0), 1);
}

TEST(po, malformed_plural_rules_are_no_rules) {
    for (const char* rule : {"", "nplurals=0; plural=0;", "nplurals=7; plural=0;", "plural=0; nplurals=1;",
                             "nplurals=2; plural=", "nplurals=2; plural=(n;", "nplurals=2; plural=n ? 1;",
                             "nplurals=2; plural=m;", "nplurals=2; plural=n; x", "nplurals=2x; plural=n"}) {
        EXPECT_FALSE(PluralRule::parse(rule)) << rule;
    }
    EXPECT_FALSE(PluralRule::parse("nplurals=2; plural=" + std::string(100, '(') + "n" + std::string(100, ')')));
    EXPECT_FALSE(PluralRule::parse("nplurals=2; plural=" + std::string(100, '!') + "n"));
    EXPECT_FALSE(PluralRule::parse("nplurals=2; plural=" + std::string(1000, ' ') + "n"));
}

TEST(po, placeholders_are_found_and_lone_braces_are_not_forgiven) {
    EXPECT_EQ(placeholders("{b} and {a.b-c} and {b}"), (std::vector<std::string>{"a.b-c", "b", "b"}));
    EXPECT_EQ(placeholders("none"), std::vector<std::string>{});
    for (const char* text : {"{", "}", "{a", "a}", "{{a}}", "{}", "{A}", "{a b}"})
        EXPECT_FALSE(placeholders(text)) << text;
}

TEST(po, filling_replaces_what_is_known_and_keeps_the_rest) {
    EXPECT_EQ(fill("{a}{b}{a} {", {{"a", "{b}"}}), "{b}{b}{b} {");
    EXPECT_EQ(fill("{x{a}", {{"a", "1"}}), "{x1");
}

rc::Gen<std::string> any_text() {
    return rc::gen::map(rc::gen::container<std::vector<char32_t>>(rc::gen::oneOf(
                            rc::gen::elementOf(std::vector<char32_t>{U'a', U'"', U'\\', U'\n', U'\t', U' ', U'#', U'{',
                                                                     U'}', U'ā', U'中', U'ش'}),
                            rc::gen::inRange<char32_t>(0x20, 0x7F))),
                        [](const std::vector<char32_t>& points) {
                            std::string out;
                            for (const char32_t c : points) text::append(out, c);
                            return out;
                        });
}

RC_GTEST_PROP(po, what_is_written_is_read_again, ()) {
    PoFile po;
    po.header = {{"Language", "xx"}, {"Plural-Forms", "nplurals=2; plural=(n != 1);"}};
    std::set<std::string> ids;
    for (const std::string& id : *rc::gen::container<std::vector<std::string>>(any_text())) {
        if (id.empty() || !ids.insert(id).second) continue;
        PoEntry entry;
        entry.id = id;
        entry.context = *any_text();
        entry.fuzzy = *rc::gen::arbitrary<bool>();
        if (*rc::gen::arbitrary<bool>()) entry.plural = *any_text();
        entry.texts.assign(entry.plural.empty() ? 1 : 2, *any_text());
        entry.references = {"a.tpl"};
        po.entries.push_back(entry);
    }
    Problems problems;
    const PoFile again = read_po("x.po", write_po(po), problems);
    RC_ASSERT(problems.text() == "");
    RC_ASSERT(again.header == po.header);
    RC_ASSERT(again.entries.size() == po.entries.size());
    for (std::size_t i = 0; i < po.entries.size(); ++i) {
        RC_ASSERT(again.entries[i].id == po.entries[i].id);
        RC_ASSERT(again.entries[i].context == po.entries[i].context);
        RC_ASSERT(again.entries[i].plural == po.entries[i].plural);
        RC_ASSERT(again.entries[i].texts == po.entries[i].texts);
        RC_ASSERT(again.entries[i].fuzzy == po.entries[i].fuzzy);
        RC_ASSERT(again.entries[i].references == po.entries[i].references);
    }
}

RC_GTEST_PROP(po, no_bytes_make_it_throw, (const std::string& noise)) {
    problems_of(noise);
    problems_of(header + noise);
    problems_of(header + "msgid \"" + noise + "\"\nmsgstr \"" + noise);
}

// The catalogue ------------------------------------------------------------------------------------------------------

Catalogue catalogue(std::string_view french, Problems& problems) {
    const std::vector<Language> languages = {{"en", "English", "English", {}}, {"fr", "Français", "French", {}}};
    return Catalogue::load(Files::of({{"languages/fr.po", std::string(french)}}), languages, problems);
}

const char* french =
    "msgid \"\"\nmsgstr \"\"\n\"Language: fr\\n\"\n\"Plural-Forms: nplurals=2; plural=(n > 1);\\n\"\n"
    "\"X-Translation-State: draft\\n\"\n\n"
    "msgid \"Yes\"\nmsgstr \"Oui\"\n\nmsgctxt \"button\"\nmsgid \"Yes\"\nmsgstr \"D'accord\"\n\n"
    "#, fuzzy\nmsgid \"No\"\nmsgstr \"Si\"\n\nmsgid \"Later\"\nmsgstr \"\"\n\n"
    "msgid \"One file\"\nmsgid_plural \"{count} files\"\nmsgstr[0] \"{count} fichier\"\nmsgstr[1] \"{count} "
    "fichiers\"\n";

TEST(catalogue, what_is_not_translated_or_only_guessed_is_shown_in_english) {
    Problems problems;
    const Catalogue texts = catalogue(french, problems);
    EXPECT_EQ(problems.text(), "");
    EXPECT_EQ(texts.translate("fr", "Yes"), "Oui");
    EXPECT_EQ(texts.translate("fr", "Yes", "button"), "D'accord");
    EXPECT_EQ(texts.translate("fr", "No"), "No");
    EXPECT_EQ(texts.translate("fr", "Later"), "Later");
    EXPECT_EQ(texts.translate("fr", "Unheard"), "Unheard");
    EXPECT_EQ(texts.translate("de", "Yes"), "Yes");
    EXPECT_EQ(texts.translate("en", "Yes"), "Yes");
    EXPECT_TRUE(texts.has("fr", "Yes"));
    EXPECT_FALSE(texts.has("fr", "No"));
    EXPECT_TRUE(texts.has("en", "No"));
}

TEST(catalogue, numbers_choose_the_form_of_their_language) {
    Problems problems;
    const Catalogue texts = catalogue(french, problems);
    EXPECT_EQ(texts.translate("fr", "One file", "{count} files", 0), "{count} fichier");
    EXPECT_EQ(texts.translate("fr", "One file", "{count} files", 2), "{count} fichiers");
    EXPECT_EQ(texts.translate("en", "One file", "{count} files", 1), "One file");
    EXPECT_EQ(texts.translate("en", "One file", "{count} files", 0), "{count} files");
}

TEST(catalogue, a_translation_says_whether_it_is_a_draft) {
    Problems problems;
    EXPECT_EQ(catalogue(french, problems).state("fr"), TranslationState::draft);
    std::string reviewed = french;
    reviewed.replace(reviewed.find("draft"), 5, "reviewed");
    EXPECT_EQ(catalogue(reviewed, problems).state("fr"), TranslationState::reviewed);
    EXPECT_EQ(catalogue(french, problems).state("en"), TranslationState::reviewed);
    EXPECT_EQ(catalogue(french, problems).state("de"), TranslationState::draft);
}

TEST(catalogue, a_translation_that_loses_or_invents_a_placeholder_is_a_problem) {
    for (const char* wrong :
         {"Bonjour", "Bonjour {nom}", "Bonjour {name} {name}", "Bonjour {name", "Bonjour { name }"}) {
        Problems problems;
        catalogue(std::string(french) + "\nmsgid \"Hello {name}\"\nmsgstr \"" + wrong + "\"\n", problems);
        EXPECT_EQ(problems.all().size(), 1u) << wrong;
    }
    Problems problems;
    catalogue(std::string(french) + "\nmsgid \"Hello {name}\"\nmsgstr \"Bonjour {name}\"\n", problems);
    EXPECT_TRUE(problems.empty());
}

}  // namespace
}  // namespace tideline::knowledge
