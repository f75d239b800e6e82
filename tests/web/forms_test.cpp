#include "web/forms.h"

#include "base/text.h"
#include "web/recording_sink.h"

namespace tideline::web {

using test::RecordingSink;
using State = MultipartParser::State;

namespace {

std::string parse(std::string_view body, const Limits& limits = {}) {
    Refusal why = Refusal::failed;
    const auto fields = parse_urlencoded(body, limits, why);
    if (!fields) return std::to_string(static_cast<int>(why));
    std::string seen;
    for (const Field& field : fields->all()) seen.append(field.name).append("=").append(field.value.view()).append(";");
    return seen;
}
std::string refused(Refusal why) { return std::to_string(static_cast<int>(why)); }

struct Outcome {
    State state;
    std::optional<Refusal> why;
    std::string seen;
    bool operator==(const Outcome&) const = default;
};

/// Feeds the body in pieces of the given sizes (repeated), or at once for none.
Outcome feed(std::string_view body, const Limits& limits = {}, std::vector<std::size_t> sizes = {}) {
    RecordingSink sink;
    MultipartParser parser("edge", limits, sink);
    std::size_t turn = 0;
    while (!body.empty()) {
        const std::size_t size = sizes.empty() ? body.size() : std::max<std::size_t>(1, sizes[turn++ % sizes.size()]);
        const std::string_view piece = body.substr(0, size);
        parser.feed(piece);
        body.remove_prefix(piece.size());
    }
    return {parser.state(), parser.why(), sink.seen};
}

std::string part(std::string_view disposition, std::string_view content, std::string_view more = "") {
    return "--edge\r\nContent-Disposition: " + std::string(disposition) + "\r\n" + std::string(more) + "\r\n" +
           std::string(content) + "\r\n";
}

}  // namespace

TEST(urlencoded, names_and_values_are_decoded_in_their_order) {
    EXPECT_EQ(parse("a=1&b=two+words&a=%C4%81&empty=&alone&&"), "a=1;b=two words;a=ā;empty=;alone=;");
    EXPECT_EQ(parse(""), "");
    EXPECT_EQ(parse("a=b=c"), "a=b=c;");
}

TEST(urlencoded, broken_percent_signs_and_bytes_that_are_not_utf8_are_refused) {
    for (const char* body : {"a=%", "a=%4", "a=%zz", "a=%FF", "%ff=a", "a=\xFF", "a=%ED%A0%80"})
        EXPECT_EQ(parse(body), refused(Refusal::wrong_encoding)) << body;
}

TEST(urlencoded, names_that_no_form_of_ours_has_are_refused) {
    EXPECT_EQ(parse("=x"), refused(Refusal::bad_form));
    EXPECT_EQ(parse("a%00=x"), refused(Refusal::bad_form));
    EXPECT_EQ(parse(std::string(101, 'n') + "=x"), refused(Refusal::bad_form));
}

TEST(urlencoded, the_limits_are_exact) {
    Limits limits;
    limits.fields_max = 2;
    limits.field_bytes_max = 3;
    EXPECT_EQ(parse("a=123&b=%E4%B8%AD", limits), "a=123;b=中;");
    EXPECT_EQ(parse("a=1&b=2&c=3", limits), refused(Refusal::too_many_fields));
    EXPECT_EQ(parse("a=1234", limits), refused(Refusal::too_large));
}

RC_GTEST_PROP(urlencoded, what_is_encoded_is_decoded, (std::vector<std::pair<std::string, std::string>> pairs)) {
    std::string body;
    std::string wanted;
    for (const auto& [name, value] : pairs) {
        const std::string clean_name =
            "n" + text::hex({reinterpret_cast<const unsigned char*>(name.data()), name.size()}).substr(0, 90);
        const std::string clean_value = text::clean(value);
        body += (body.empty() ? "" : "&") + percent_encode(clean_name) + "=" + percent_encode(clean_value);
        wanted += clean_name + "=" + clean_value + ";";
    }
    RC_ASSERT(parse(body) == wanted);
}

TEST(fields, one_refuses_repetition_and_every_gives_all) {
    Fields fields;
    for (const char* value : {"a", "b"}) fields.add("who", SecretText(value));
    fields.add("text", SecretText("x"));
    EXPECT_EQ(fields.one("who"), std::nullopt);
    EXPECT_EQ(fields.one("text"), "x");
    EXPECT_EQ(fields.one("none"), "");
    EXPECT_EQ(fields.every("who"), (std::vector<std::string_view>{"a", "b"}));
    EXPECT_TRUE(fields.has_repetition());
    const std::string_view may_repeat[] = {"who"};
    EXPECT_FALSE(fields.has_repetition(may_repeat));
}

TEST(content_type, the_boundary_is_taken_only_if_it_is_one) {
    EXPECT_EQ(parse_content_type("Multipart/Form-Data; Boundary=\"a b\"").boundary, "a b");
    EXPECT_EQ(parse_content_type("multipart/form-data; boundary=----x").type, "multipart/form-data");
    EXPECT_EQ(parse_content_type("multipart/form-data").boundary, std::nullopt);
    EXPECT_EQ(parse_content_type("multipart/form-data; boundary=" + std::string(71, 'b')).boundary, std::nullopt);
    EXPECT_EQ(parse_content_type("multipart/form-data; boundary=\"a \"").boundary, std::nullopt);
    EXPECT_EQ(parse_content_type("multipart/form-data; boundary=a; boundary=b").type, "");
    EXPECT_EQ(parse_content_type("nonsense").type, "");
}

TEST(content_disposition, names_are_read_as_browsers_and_curl_write_them) {
    const auto file_name = [](std::string_view header) {
        const auto parsed = parse_content_disposition(header, {});
        return parsed && parsed->file_name ? *parsed->file_name : "none";
    };
    EXPECT_EQ(file_name("form-data; name=\"f\"; filename=\"a.txt\""), "a.txt");
    EXPECT_EQ(file_name("form-data; name=\"f\"; filename=\"\""), "");
    EXPECT_EQ(file_name("form-data; name=f; filename=\"say %22hi%22.txt\""), "say \"hi\".txt");
    EXPECT_EQ(file_name("form-data; name=f; filename=\"say \\\"hi\\\".txt\""), "say \"hi\".txt");
    EXPECT_EQ(file_name("form-data; name=f; filename=\"x\"; filename*=utf-8''%e4%b8%ad.pdf"), "中.pdf");
    EXPECT_EQ(file_name("form-data; name=\"f\"; filename=\"C:\\docs\\passport.jpg\""), "passport.jpg");
    EXPECT_EQ(parse_content_disposition("form-data; name=\"a;b=c\"", {})->name, "a;b=c");
}

TEST(content_disposition, what_is_malformed_is_refused) {
    for (const char* header : {"", "attachment; name=a", "form-data", "form-data; name=\"\"", "form-data; name=\"open",
                               "form-data; name=a; name=b", "form-data; name=a; filename=b; filename=c",
                               "form-data; name=a filename=b", "form-data; name=\"\xFF\"",
                               "form-data; name=a; filename*=latin1''x", "form-data; name=a; filename*=utf-8''%4"})
        EXPECT_FALSE(parse_content_disposition(header, {})) << header;
}

TEST(base_name, keeps_what_a_person_would_recognise_and_nothing_that_acts) {
    EXPECT_EQ(base_name("../../etc/passwd", 255), "passwd");
    EXPECT_EQ(base_name("..", 255), "");
    EXPECT_EQ(base_name(".htaccess", 255), "htaccess");
    EXPECT_EQ(base_name("a\nb\x01\x7F.txt", 255), "ab.txt");
    EXPECT_EQ(base_name("invoice\xE2\x80\xAEgpj.exe", 255), "invoicegpj.exe");
    EXPECT_EQ(base_name("\xFF.txt", 255), "\xEF\xBF\xBD.txt");
    EXPECT_EQ(base_name(std::string(300, 'x') + ".jpeg", 20), std::string(15, 'x') + ".jpeg");
    EXPECT_EQ(base_name("中中中.pdf", 8), "中.pdf");
}

RC_GTEST_PROP(base_name, is_always_short_clean_text_without_a_path, (std::string name)) {
    const std::string base = base_name(name, 32);
    RC_ASSERT(base.size() <= 32U);
    RC_ASSERT(text::is_utf8(base));
    RC_ASSERT(base.find_first_of("/\\\n\r\t") == std::string::npos);
    RC_ASSERT(!base.starts_with('.'));
}

TEST(multipart, fields_and_files_reach_the_sink_in_their_order) {
    const std::string body =
        part("form-data; name=\"note\"", "kia ora") +
        part("form-data; name=\"f\"; filename=\"a.txt\"", "one\r\ntwo\r\n--edg",
             "Content-Type: Text/Plain; charset=x\r\n") +
        part("form-data; name=\"f\"; filename=\"\"", "", "Content-Type: application/octet-stream\r\n") +
        "--edge--\r\nepilogue";
    const Outcome outcome = feed(body);
    EXPECT_EQ(outcome.state, State::complete);
    EXPECT_EQ(outcome.seen,
              "field note=kia ora\nfile f a.txt text/plain one\r\ntwo\r\n--edg\nend\nfile f  application/octet-stream "
              "\nend\n");
}

TEST(multipart, without_the_final_boundary_the_body_is_not_complete) {
    const std::string body = part("form-data; name=\"note\"", "kia ora") + "--edge--";
    for (std::size_t length = 0; length < body.size(); ++length)
        EXPECT_EQ(feed(std::string_view(body).substr(0, length)).state, State::more) << length;
    EXPECT_EQ(feed(body).state, State::complete);
}

TEST(multipart, malformed_bodies_are_refused) {
    const auto why = [](const std::string& body) { return feed(body).why; };
    EXPECT_EQ(why("preamble\r\n--edge\r\n"), Refusal::bad_form);
    EXPECT_EQ(why("--edge\nx"), Refusal::bad_form);
    EXPECT_EQ(why("--edge  \r\n"), Refusal::bad_form);
    EXPECT_EQ(why("--edge\r\n\r\nno header\r\n\r\n--edge--"), Refusal::bad_form);
    EXPECT_EQ(why("--edge\r\nContent-Type: text/plain\r\n\r\nx\r\n--edge--"), Refusal::bad_form);
    EXPECT_EQ(why("--edge\r\nno colon\r\n\r\n"), Refusal::bad_form);
    EXPECT_EQ(why(part("form-data; name=a", "x", "Content-Disposition: form-data; name=b\r\n")), Refusal::bad_form);
    EXPECT_EQ(why(part("form-data; name=a", "x", "Content-Transfer-Encoding: base64\r\n")), Refusal::bad_form);
    EXPECT_EQ(why(part("form-data; name=a", "\xFF") + "--edge--"), Refusal::wrong_encoding);
}

TEST(multipart, the_limits_are_exact) {
    Limits limits;
    limits.field_bytes_max = 4;
    limits.file_bytes_max = 4;
    limits.files_per_report_max = 1;
    limits.fields_max = 3;
    const std::string field = part("form-data; name=a", "1234");
    const std::string file = part("form-data; name=f; filename=x", "1234");
    const std::string end = "--edge--";
    EXPECT_EQ(feed(field + file + end, limits).state, State::complete);
    EXPECT_EQ(feed(part("form-data; name=a", "12345") + end, limits).why, Refusal::too_large);
    const Outcome large = feed(part("form-data; name=f; filename=x", "12345") + end, limits);
    EXPECT_EQ(large.why, Refusal::too_large);
    EXPECT_EQ(large.seen, "file f x  1234");
    EXPECT_EQ(feed(file + file + end, limits).why, Refusal::too_many_files);
    EXPECT_EQ(feed(part("form-data; name=f; filename=\"\"", "x") + file + end, limits).why, Refusal::too_many_files);
    EXPECT_EQ(feed(field + field + field + field + end, limits).why, Refusal::too_many_fields);

    const std::string header = "Content-Disposition: form-data; name=a";
    limits.multipart_part_header_bytes_max = header.size();
    EXPECT_EQ(feed("--edge\r\n" + header + "\r\n\r\nx\r\n" + end, limits, {1}).state, State::complete);
    EXPECT_EQ(feed("--edge\r\n" + header + "b\r\n\r\nx\r\n" + end, limits, {1}).why, Refusal::bad_form);
    EXPECT_EQ(feed("--edge\r\n" + std::string(200, 'x'), limits).why, Refusal::bad_form);
}

TEST(multipart, after_a_refusal_of_the_sink_nothing_more_is_handed_over) {
    const std::string body = part("form-data; name=refuse-me", "x") + part("form-data; name=b", "y") + "--edge--";
    const Outcome outcome = feed(body);
    EXPECT_EQ(outcome.state, State::refused);
    EXPECT_EQ(outcome.why, std::nullopt);
    EXPECT_EQ(outcome.seen, "field refuse-me=x\n");
}

namespace {

/// A body made of whole parts and of pieces that matter to the parser, in any order.
rc::Gen<std::string> tricky_body() {
    const auto whole = rc::gen::element<std::string>(
        part("form-data; name=\"a\"", "content \r\n--edg -- \r"),
        part("form-data; name=\"file\"; filename=\"c\"", std::string(130, 'z')), part("form-data; name=\"é\"", ""));
    const auto piece = rc::gen::element<std::string>(
        "--edge", "\r\n--edge\r\n", "\r\n", "--edge--", "x", "\r\n\r\n", part("form-data; name=\"bad\"", "\xFF"),
        "--edge\r\nContent-Disposition: form-data; name=\"f\"; filename=\"b.txt\"\r\n\r\n",
        part("form-data; name=\"refuse-me\"", "x"), part("form-data; name=\"long\"", std::string(300, 'y')));
    const auto any = rc::gen::weightedOneOf<std::string>({{8, whole}, {1, piece}});
    return rc::gen::map(rc::gen::container<std::vector<std::string>>(any), [](const std::vector<std::string>& pieces) {
        std::string body;
        for (const std::string& each : pieces) body += each;
        return body + "--edge--";
    });
}

}  // namespace

RC_GTEST_PROP(multipart, any_way_of_cutting_the_bytes_gives_the_same, ()) {
    const std::string body = *tricky_body();
    const auto sizes =
        *rc::gen::nonEmpty(rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(1, 40)));
    Limits limits;
    limits.multipart_part_header_bytes_max = 120;
    limits.field_bytes_max = 500;
    limits.file_bytes_max = 250;
    limits.files_per_report_max = 3;
    limits.fields_max = 5;
    const Outcome whole = feed(body, limits);
    RC_ASSERT(feed(body, limits, sizes) == whole);
    RC_ASSERT(feed(body, limits, {1}) == whole);
    RC_CLASSIFY(whole.state == State::complete, "complete");
}

RC_GTEST_PROP(multipart, any_bytes_in_a_file_arrive_as_they_are, (std::string content)) {
    RC_PRE(content.find("\r\n--edge") == std::string::npos);
    const std::string body = part("form-data; name=f; filename=x", content) + "--edge--";
    RC_ASSERT(feed(body, {}, {7}).seen == "file f x  " + content + "\nend\n");
}

}  // namespace tideline::web
