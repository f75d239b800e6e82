#include "web/http.h"

#include <cstdint>
#include <fstream>

#include "base/text.h"
#include "web/detail/edge.h"
#include "web/detail/source.h"
#include "web/headers.h"

namespace tideline::web {

namespace {

std::string path_of(std::string_view target) {
    Refusal why = Refusal::failed;
    const auto parsed = parse_target(target, {}, why);
    return parsed ? parsed->path : std::to_string(status_of(why));
}

}  // namespace

TEST(target, a_path_is_decoded_once) {
    EXPECT_EQ(path_of("/"), "/");
    EXPECT_EQ(path_of("/mi/p%C5%ABrongo"), "/mi/pūrongo");
    EXPECT_EQ(path_of("/a%2520b"), "/a%20b");
    EXPECT_EQ(path_of("/a+b/"), "/a+b/");
}

TEST(target, paths_that_climb_hide_or_break_are_refused) {
    for (const char* target :
         {"",          "a",      "*",       "http://x/", "//",   "/a//b",     "/.",      "/..",  "/a/../b",
          "/%2e%2E/b", "/a%2fb", "/a%5cb",  "/a\\b",     "/%",   "/%4",       "/%zz",    "/%00", "/%0a",
          "/%7f",      "/%ff",   "/%c0%af", "/a b",      "/a#b", "/\xC3\xA9", "/a?b=%ff"})
        EXPECT_EQ(path_of(target), "400") << target;
    EXPECT_EQ(path_of("/" + std::string(5000, 'a')), "414");
}

TEST(target, the_query_is_a_form) {
    Refusal why = Refusal::failed;
    const auto parsed = parse_target("/search?q=kia+ora&q=2&", {}, why);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->query.every("q"), (std::vector<std::string_view>{"kia ora", "2"}));
}

RC_GTEST_PROP(target, what_is_accepted_has_no_part_that_climbs, (std::string bytes)) {
    Refusal why = Refusal::failed;
    const auto parsed = parse_target("/" + percent_encode(bytes), {}, why);
    if (!parsed) return;
    RC_ASSERT(parsed->path == "/" + bytes);
    RC_ASSERT(bytes.find_first_of("/\\") == std::string::npos);
    RC_ASSERT(bytes != ".." && bytes != ".");
}

TEST(cookies, are_taken_apart_and_malformed_ones_left_out) {
    const auto cookies = parse_cookies("a=1; b=x=y;c; =d; e=\"q\"; f=");
    ASSERT_EQ(cookies.size(), 3U);
    EXPECT_EQ(cookies[1], (std::pair<std::string, std::string>("b", "x=y")));
    EXPECT_EQ(cookies[2].second, "");
}

TEST(cookies, are_bound_to_the_host_when_the_connection_is_safe) {
    Request request;
    Response response;
    set_cookie(response, request, "session", "abc", 60);
    EXPECT_EQ(response.headers.find("set-cookie"), "session=abc; Path=/; HttpOnly; SameSite=Strict; Max-Age=60");
    request.https = true;
    Response safe;
    set_cookie(safe, request, "session", "abc", 60);
    EXPECT_EQ(safe.headers.find("set-cookie"),
              "__Host-session=abc; Path=/; HttpOnly; SameSite=Strict; Max-Age=60; Secure");
    request.cookies = {{"session", "planted"}};
    EXPECT_EQ(get_cookie(request, "session"), std::nullopt);
    request.cookies = {{"__Host-session", "abc"}};
    EXPECT_EQ(get_cookie(request, "session"), "abc");
}

TEST(accept_language, the_best_comes_first) {
    EXPECT_EQ(parse_accept_language("en;q=0.5, mi-NZ, zh-Hans;q=0.8, *;q=0, <x>"),
              (std::vector<std::string>{"mi-NZ", "zh-Hans", "en"}));
    EXPECT_TRUE(parse_accept_language("").empty());
}

TEST(redirect, stays_on_the_site) {
    EXPECT_EQ(Response::redirect("/inbox").headers.find("location"), "/inbox");
    for (const char* path : {"//evil.example", "https://evil.example", "", "/\\evil.example", "/a\r\nSet-Cookie: x"})
        EXPECT_EQ(Response::redirect(path).refusal, Refusal::failed) << path;
}

TEST(download, names_the_file_without_letting_it_break_the_header) {
    const Response response = Response::download(nullptr, 3, "text/html\r\nX: y", "../a\"b\r\n;c.txt");
    EXPECT_EQ(response.headers.find("content-type"), "application/octet-stream");
    EXPECT_EQ(response.headers.find("content-disposition"),
              "attachment; filename=\"a_b_c.txt\"; filename*=UTF-8''a%22b%3Bc.txt");
}

TEST(headers, line_ends_in_a_value_cannot_start_another_header) {
    Response response;
    response.headers.add("X-Name", "a\r\nSet-Cookie: evil=1");
    const std::string head = detail::head_bytes(response, 0, false, true, "today");
    EXPECT_EQ(head.find("\r\nSet-Cookie"), std::string::npos);
    EXPECT_TRUE(head.ends_with("\r\n\r\n"));
}

TEST(headers, the_public_site_runs_no_script_and_the_staff_site_only_its_own) {
    EXPECT_EQ(content_security_policy(Site::public_site),
              "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; "
              "base-uri 'none'");
    const std::string staff(content_security_policy(Site::staff_site));
    EXPECT_NE(staff.find("script-src 'self'"), std::string::npos);
    EXPECT_EQ(staff.find("unsafe"), std::string::npos);
}

TEST(headers, only_assets_may_be_kept_and_only_https_is_promised_for_the_future) {
    Response page = Response::html("x");
    page.headers.set("Cache-Control", "public");
    add_security_headers(page, Site::public_site, false);
    EXPECT_EQ(page.headers.find("cache-control"), "no-store");
    EXPECT_EQ(page.headers.find("strict-transport-security"), std::nullopt);
    Response asset;
    asset.cacheable = true;
    asset.headers.set("Cache-Control", "public, max-age=1");
    add_security_headers(asset, Site::staff_site, true);
    EXPECT_EQ(asset.headers.find("cache-control"), "public, max-age=1");
    EXPECT_TRUE(asset.headers.find("strict-transport-security"));
}

TEST(networks, contain_what_their_prefix_says) {
    const auto contains = [](std::string_view network, const char* address) {
        return detail::Network::parse(network)->contains(detail::net::ip::make_address(address));
    };
    EXPECT_TRUE(contains("10.0.0.0/8", "10.255.0.1"));
    EXPECT_FALSE(contains("10.0.0.0/8", "11.0.0.1"));
    EXPECT_TRUE(contains("127.0.0.1", "::ffff:127.0.0.1"));
    EXPECT_TRUE(contains("2001:db8::/32", "2001:db8:1::1"));
    EXPECT_FALSE(contains("::1", "::2"));
    for (const char* text : {"", "10.0.0.0/33", "x", "10.0.0.0/", "10.0.0.0/8x", "::/129"})
        EXPECT_FALSE(detail::Network::parse(text)) << text;
}

TEST(secret_text, is_zeroed_when_it_is_outgrown_wiped_or_destroyed) {
    // What stands at an address now, also if it was given back: the allocator itself uses the first bytes only.
    const auto memory_at = [](const char* address, std::size_t length) {
        std::string bytes(length, ' ');
        std::ifstream memory("/proc/self/mem", std::ios::binary);
        memory.seekg(static_cast<std::streamoff>(reinterpret_cast<std::uintptr_t>(address)));
        memory.read(bytes.data(), static_cast<std::streamsize>(length));
        return bytes;
    };
    const std::string typed = std::string(40, '-') + "they took my passport";
    const char* address = nullptr;
    {
        SecretText text(typed);
        address = text.view().data();
        ASSERT_NE(memory_at(address, typed.size()).find("passport"), std::string::npos);
        text.append(std::string(1000, 'x'));
        EXPECT_EQ(memory_at(address, typed.size()).find("passport"), std::string::npos);
        address = text.view().data();
        ASSERT_NE(memory_at(address, typed.size()).find("passport"), std::string::npos);
    }
    EXPECT_EQ(memory_at(address, typed.size()).find("passport"), std::string::npos);
}

TEST(secret_text, grows_and_moves_without_losing_a_byte) {
    SecretText text("a");
    for (int count = 0; count < 1000; ++count) text.push_back('x');
    SecretText moved = std::move(text);
    EXPECT_EQ(moved.view(), "a" + std::string(1000, 'x'));
    EXPECT_TRUE(text.empty());
}

}  // namespace tideline::web
