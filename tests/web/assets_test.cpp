#include "web/assets.h"

#include <stdexcept>

namespace tideline::web {

namespace {

constexpr EmbeddedFile files[] = {
    {"assets/css/app.css", "a{background:url(\"../img/logo.svg\")} b{background:url(data:image/png;base64,AA==)}"},
    {"assets/img/logo.svg", "<svg/>"},
    {"templates/x.tpl", "not an asset"},
};

Response get(const Assets& assets, std::string_view path) {
    Request request;
    request.params = {{"file", std::string(path.substr(path.rfind('/') + 1))}};
    return assets.route(Site::public_site).handler(request);
}

}  // namespace

TEST(assets, are_served_for_a_year_under_a_path_that_changes_with_their_content) {
    const Assets assets(files);
    const std::string path(assets.path("img/logo.svg"));
    EXPECT_TRUE(path.starts_with("/assets/img-logo.")) << path;
    EXPECT_TRUE(path.ends_with(".svg")) << path;
    const Response response = get(assets, path);
    EXPECT_EQ(response.body.view(), "<svg/>");
    EXPECT_EQ(response.headers.find("content-type"), "image/svg+xml");
    EXPECT_TRUE(response.cacheable);

    EmbeddedFile changed{"assets/img/logo.svg", "<svg></svg>"};
    EXPECT_NE(Assets({&changed, 1}).path("img/logo.svg"), path);
}

TEST(assets, a_style_sheet_names_its_pictures_by_their_hashed_paths) {
    const Assets assets(files);
    const Response css = get(assets, assets.path("css/app.css"));
    EXPECT_EQ(css.body.view(), "a{background:url(" + std::string(assets.path("img/logo.svg")) +
                                   ")} b{background:url(data:image/png;base64,AA==)}");
}

TEST(assets, what_is_not_there_is_not_found) {
    const Assets assets(files);
    EXPECT_EQ(get(assets, "/assets/x.tpl").refusal, Refusal::not_found);
    EXPECT_THROW(assets.path("x.css"), std::invalid_argument);
    const EmbeddedFile broken{"assets/a.css", "a{background:url(gone.png)}"};
    EXPECT_THROW(Assets({&broken, 1}), std::invalid_argument);
}

}  // namespace tideline::web
