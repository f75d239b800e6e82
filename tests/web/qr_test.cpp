#include "web/qr.h"

namespace tideline::web {

TEST(qr, a_code_is_one_drawing_with_a_name_and_a_quiet_zone) {
    const auto svg = qr_svg("otpauth://totp/Tideline:ana?secret=JBSWY3DPEHPK3PXP", "Code for <your> app");
    ASSERT_TRUE(svg);
    EXPECT_TRUE(svg->starts_with("<svg "));
    EXPECT_TRUE(svg->ends_with("</svg>"));
    EXPECT_NE(svg->find("<title>Code for &lt;your&gt; app</title>"), std::string::npos);
    EXPECT_NE(svg->find("M4 4h7v1h-7z"), std::string::npos);  // the first finder pattern begins behind four modules
    EXPECT_EQ(svg->find("M4 3h"), std::string::npos);
    EXPECT_EQ(svg->find("style"), std::string::npos);  // the policy of our pages forbids it
}

TEST(qr, other_content_gives_another_code) { EXPECT_NE(*qr_svg("a", "t"), *qr_svg("b", "t")); }

TEST(qr, what_does_not_fit_is_refused) {
    EXPECT_EQ(qr_svg(std::string(3000, 'x'), "t").kind(), ErrorKind::too_large);
    EXPECT_EQ(qr_svg("", "t").kind(), ErrorKind::invalid);
}

}  // namespace tideline::web
