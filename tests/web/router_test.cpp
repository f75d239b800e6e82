#include "web/router.h"

#include <stdexcept>

namespace tideline::web {

namespace {

Response nothing(Request&) { return Response::text(""); }

Router some_routes() {
    Router router;
    router.add(Route::get(Site::public_site, "/", "home", nothing));
    router.add(Route::get(Site::public_site, "/{lang}/new", "lang.new", nothing));
    router.add(Route::get(Site::public_site, "/report/{id}", "report", nothing));
    router.add(Route::get(Site::public_site, "/report/new", "report.new", nothing));
    router.add(Route::post(Site::public_site, "/report/{id}", "report.answer", nothing));
    router.add(Route::get(Site::staff_site, "/report/{id}", "report", nothing));
    return router;
}

std::string name_at(const Router& router, std::string_view path, Method method = Method::get) {
    const auto match = router.match(Site::public_site, method, path);
    return match.route ? match.route->name : "";
}

}  // namespace

TEST(router, the_literal_part_wins_from_left_to_right) {
    const Router router = some_routes();
    EXPECT_EQ(name_at(router, "/report/new"), "report.new");
    EXPECT_EQ(name_at(router, "/report/7"), "report");
    EXPECT_EQ(name_at(router, "/mi/new"), "lang.new");
    EXPECT_EQ(name_at(router, "/"), "home");
    EXPECT_EQ(name_at(router, "/report/7", Method::head), "report");
}

TEST(router, parts_of_the_path_are_named) {
    const Router router = some_routes();
    const auto match = router.match(Site::public_site, Method::post, "/report/a b");
    ASSERT_EQ(match.params.size(), 1U);
    EXPECT_EQ(match.params[0], (std::pair<std::string, std::string>("id", "a b")));
}

TEST(router, what_fits_nothing_is_not_found_and_what_fits_another_method_says_which) {
    const Router router = some_routes();
    for (const char* path : {"/report", "/report/", "/report/7/x", "//", "/mi/", "", "report/7"})
        EXPECT_TRUE(router.match(Site::public_site, Method::get, path).allowed.empty()) << path;
    const auto match = router.match(Site::public_site, Method::post, "/report/new");
    EXPECT_EQ(match.route->name, "report.answer");
    EXPECT_EQ(router.match(Site::public_site, Method::post, "/").allowed, std::vector<Method>{Method::get});
}

TEST(router, the_sites_know_nothing_of_each_other) {
    const Router router = some_routes();
    EXPECT_TRUE(router.match(Site::staff_site, Method::get, "/").allowed.empty());
    EXPECT_EQ(router.match(Site::staff_site, Method::get, "/report/new").route->site, Site::staff_site);
}

TEST(router, links_are_made_from_names) {
    const Router router = some_routes();
    const std::pair<std::string_view, std::string_view> id[] = {{"id", "a/b ü"}};
    EXPECT_EQ(router.path_to(Site::public_site, "report", id), "/report/a%2Fb%20%C3%BC");
    EXPECT_EQ(router.path_to(Site::public_site, "home"), "/");
    EXPECT_THROW(router.path_to(Site::public_site, "report"), std::invalid_argument);
    EXPECT_THROW(router.path_to(Site::public_site, "nothing"), std::invalid_argument);
}

TEST(router, a_mistake_in_the_table_is_found_when_it_is_made) {
    Router router = some_routes();
    const auto fails = [&](Route route) { EXPECT_THROW(router.add(std::move(route)), std::invalid_argument); };
    fails(Route::get(Site::public_site, "/other", "home", nothing));
    fails(Route::get(Site::public_site, "/report/{other}", "other", nothing));
    fails(Route::get(Site::public_site, "other", "other", nothing));
    fails(Route::get(Site::public_site, "/a//b", "other", nothing));
    fails(Route::get(Site::public_site, "/a/{b", "other", nothing));
    fails(Route::get(Site::public_site, "/a", "other", nullptr));
    fails(Route::get(Site::public_site, "/a", "Other Name", nothing));
    fails(Route::upload(Site::public_site, "/a", "other", nullptr));
}

TEST(router, its_rows_can_be_compared_with_another_table) {
    const Router router = some_routes();
    ASSERT_EQ(router.routes().size(), 6U);
    EXPECT_EQ(router.routes()[4].name, "report.answer");
    EXPECT_EQ(router.routes()[4].body, BodyKind::form);
}

}  // namespace tideline::web
