#include "web/templates.h"

#include <stdexcept>

#include "web/assets.h"

namespace tideline::web {

namespace {

std::string identity(std::string_view, std::string_view msgid) { return std::string(msgid); }

/// Renders a template of that text.
std::string render(std::string_view text, const Dict& dict, Translate translate = identity) {
    const EmbeddedFile file{"templates/public/page.tpl", text};
    return std::string(Templates({&file, 1}, std::move(translate)).render("en", "public/page", dict).view());
}

std::string why_not(std::string_view text, const Dict& dict = {}) {
    try {
        render(text, dict);
    } catch (const std::invalid_argument& error) {
        return error.what();
    }
    return "";
}

}  // namespace

TEST(templates, a_value_is_escaped_for_the_place_where_it_stands) {
    Dict dict;
    dict.set("name", "<b>\"Tom\" & 'Jerry'</b>").set("link", "javascript:alert(1)").set("word", "a b&c=d");
    const std::string page =
        render("<p title=\"{{name}}\">{{name}}</p><a href=\"{{link}}\">x</a><a href=\"/x?q={{word}}\">y</a>", dict);
    EXPECT_EQ(page.find("<b>"), std::string::npos) << page;
    EXPECT_NE(page.find("<p title=\"&lt;b&gt;"), std::string::npos) << page;
    EXPECT_EQ(page.find("javascript:"), std::string::npos) << page;
    EXPECT_EQ(page.find("q=a b&c"), std::string::npos) << page;
}

TEST(templates, texts_are_translated_escaped_and_filled) {
    Dict dict;
    dict.set("name", "<Ana>");
    const auto translate = [](std::string_view language, std::string_view msgid) {
        EXPECT_EQ(language, "en");
        return msgid == "Hello, {name} & all" ? "Kia ora \"{name}\" <3" : std::string(msgid);
    };
    EXPECT_EQ(render("<p>[[Hello, {name} & all]]</p>", dict, translate),
              "<p>Kia ora &quot;&lt;Ana&gt;&quot; &lt;3</p>");
}

TEST(templates, a_translation_cannot_bring_markup_or_marks_of_its_own) {
    const auto translate = [](std::string_view, std::string_view) {
        return std::string("<script>x</script> {{secret}} {{#A}}");
    };
    const std::string page = render("<p>[[Hello]]</p>", {}, translate);
    EXPECT_EQ(page, "<p>Hello</p>");  // its placeholders differ: not used
    const auto braces = [](std::string_view, std::string_view) { return std::string("a { b <i>"); };
    EXPECT_EQ(render("<p>[[Hello]]</p>", {}, braces), "<p>a &#123; b &lt;i&gt;</p>");
}

TEST(templates, a_translation_with_other_placeholders_is_a_fault_and_not_used) {
    const EmbeddedFile file{"templates/a.tpl", "[[You have {count} reports]]"};
    const Templates templates({&file, 1}, [](std::string_view language, std::string_view msgid) {
        return language == "mi" ? std::string("He {tatau} pūrongo") : std::string(msgid);
    });
    Dict dict;
    dict.set("count", 3);
    EXPECT_EQ(templates.render("mi", "a", dict).view(), "You have 3 reports");
    ASSERT_EQ(templates.faults("mi").size(), 1U);
    EXPECT_NE(templates.faults("mi")[0].find("You have {count} reports"), std::string::npos);
    EXPECT_TRUE(templates.faults("en").empty());
}

TEST(templates, sections_repeat_and_see_the_variables_around_them) {
    Dict dict;
    dict.set("site", "Tideline");
    for (const char* name : {"one", "two"})
        dict.section("ROW").set("name", name).show("LAST", std::string_view(name) == "two");
    EXPECT_EQ(render("{{#ROW}}{{site}} {{name}}{{#LAST}}!{{/LAST}};{{/ROW}}", dict), "Tideline one;Tideline two!;");
    EXPECT_EQ(render("{{#ROW}}{{name}}{{/ROW}}", {}), "");
}

TEST(templates, an_inverted_section_shows_where_the_section_does_not) {
    const std::string_view text = "{{#ROW}}{{^DONE}}open {{/DONE}}{{#DONE}}done {{/DONE}}{{/ROW}}{{^ROW}}none{{/ROW}}";
    Dict dict;
    dict.section("ROW").show("DONE");
    dict.section("ROW");
    EXPECT_EQ(render(text, dict), "done open ");
    EXPECT_EQ(render(text, {}), "none");
    Dict outer;  // what is shown around a row is shown for the row
    outer.show("DONE").section("ROW");
    EXPECT_EQ(render(text, outer), "done ");
}

TEST(templates, includes_share_variables_and_escape_where_they_are_included) {
    const EmbeddedFile files[] = {
        {"templates/header.tpl", "<h1>{{title}}</h1>{{#MENU}}<a href=\"{{link}}\">{{<label}}</a>{{/MENU}}"},
        {"templates/label.tpl", "{{label}}"},
        {"templates/page.tpl", "{{<header}}<p>[[Text]]</p>"},
    };
    const Templates templates(files, identity);
    Dict dict;
    dict.set("title", "A & B");
    dict.section("MENU").set("link", "/x").set("label", "<x>");
    EXPECT_EQ(templates.render("en", "page", dict).view(), "<h1>A &amp; B</h1><a href=\"/x\">&lt;x&gt;</a><p>Text</p>");
    EXPECT_EQ(templates.texts().at("Text"), std::set<std::string>{"page"});
}

TEST(templates, markup_passes_only_where_both_sides_say_so) {
    Dict dict;
    dict.set_html("code", "<svg></svg>");
    EXPECT_EQ(render("{{code:none}}", dict), "<svg></svg>");
    EXPECT_NE(why_not("{{code}}", dict), "");
    Dict text;
    text.set("code", "<svg></svg>");
    EXPECT_NE(why_not("{{code:none}}", text), "");
}

TEST(templates, a_template_and_its_values_must_fit) {
    EXPECT_NE(why_not("{{name}}").find("name is shown but not set"), std::string::npos);
    EXPECT_NE(why_not("[[Hi {name}]]").find("name is shown but not set"), std::string::npos);
    EXPECT_EQ(why_not("{{#ROW}}{{name}}{{/ROW}}"), "");
    Dict unknown;
    unknown.set("nme", "x");
    EXPECT_NE(why_not("x", unknown).find("no variable nme"), std::string::npos);
    Dict section;
    section.show("RWO");
    EXPECT_NE(why_not("x", section).find("no section RWO"), std::string::npos);
}

TEST(templates, a_malformed_template_is_found_at_the_start_with_its_place) {
    EXPECT_NE(why_not("a\nb {{#ROW}} c").find("ROW is not closed"), std::string::npos);
    EXPECT_NE(why_not("a\n{{/ROW}}").find("line 2"), std::string::npos);
    EXPECT_NE(why_not("{{#A}}{{#B}}{{/A}}{{/B}}").find("closes nothing"), std::string::npos);
    EXPECT_NE(why_not("{{<nowhere}}").find("nowhere"), std::string::npos);
    EXPECT_NE(why_not("{{<public/page}}").find("includes itself"), std::string::npos);
    EXPECT_NE(why_not("[[open").find("not closed"), std::string::npos);
    EXPECT_NE(why_not("[[ spaces ]]"), "");
    EXPECT_NE(why_not("{{name:javascript_escape}}"), "");
    EXPECT_NE(why_not("{{a b}}"), "");
}

TEST(templates, an_unknown_template_is_an_error) {
    const Templates templates({}, identity);
    EXPECT_THROW(templates.render("en", "nothing", {}), std::invalid_argument);
}

TEST(templates, the_texts_of_all_templates_are_listed_for_the_catalogues) {
    const EmbeddedFile files[] = {{"templates/a.tpl", "[[One]] [[Two {x}]]"},
                                  {"templates/b.tpl", "{{! [[no]] }}<p title=\"[[One]]\">"},
                                  {"assets/c.css", "[[x]]"}};
    const Templates templates(files, identity);
    const auto texts = templates.texts();
    ASSERT_EQ(texts.size(), 2U);
    EXPECT_EQ(texts.at("One"), (std::set<std::string>{"a", "b"}));
}

TEST(templates, every_template_of_the_binary_compiles) {
    const Templates templates(embedded_site_files(), identity);
    EXPECT_EQ(templates.faults("en"), std::vector<std::string>{});
}

RC_GTEST_PROP(templates, no_value_can_open_a_tag_or_leave_an_attribute, (std::string value)) {
    Dict dict;
    dict.set("value", value);
    const std::string page = render("<p title=\"{{value}}\">{{value}}</p>", dict);
    const std::size_t end_of_attribute = page.find('"', 10);
    RC_ASSERT(page.substr(end_of_attribute, 2) == "\">");
    RC_ASSERT(std::count(page.begin(), page.end(), '<') == 2);
    RC_ASSERT(std::count(page.begin(), page.end(), '"') == 2);
}

}  // namespace tideline::web
