// Becoming staff: name and password, then the app's code, then the recovery codes. Nothing is stored before the code is
// right; what was typed travels sealed in the form under a key that only this process holds.
#include <array>
#include <charconv>

#include "base/text.h"
#include "web/pages/staff/forms.h"
#include "web/pages/staff/staff_pages.h"
#include "web/qr.h"

namespace tideline::web::pages {
namespace {

constexpr std::string_view issuer = "Tideline";
constexpr std::string_view seal_field = "joining";
constexpr std::size_t sealed_bytes_max = 64 * 1024;

// The context binds the form to the invitation that it was begun with.
std::string object_of(std::string_view token) { return text::hex(vault::hash(token)); }

// "JBSW Y3DP …": easier to type.
std::string grouped(std::string_view base32) {
    std::string result;
    for (std::size_t i = 0; i < base32.size(); ++i) {
        if (i > 0 && i % 4 == 0) result.push_back(' ');
        result.push_back(base32[i]);
    }
    return result;
}

}  // namespace

Response StaffPages::join(Request& request) const {
    const auto invitation = site_.access.invitation(request.param("token"));
    if (!invitation) {
        Dict dict = plain_frame("This link is no longer valid");
        dict.set("text", invitation.error().message);
        return page("staff/problem", dict, status_for(invitation.kind()));
    }
    return join_page(request, *invitation, {});
}

Response StaffPages::join_page(const Request& request, const access::Invitation& invitation,
                               const Faults& faults) const {
    const Fields& form = request.form;
    const bool typed = form.has("name");
    const std::string browser = browser_of(request);
    Dict dict = plain_frame("Join Tideline");
    dict.set("form_token", form_token(browser));
    dict.set("name", typed ? form.first("name") : invitation.name)
        .set("email", typed ? form.first("email") : invitation.email);
    dict.set("password_chars_min", static_cast<std::int64_t>(access::limits::password_chars_min));
    if (invitation.first_administrator) {
        const knowledge::ReportKind* kind = site_.pack.report_kind(site_.pack.route({}).kind);
        const knowledge::Agency* agency = kind != nullptr ? site_.pack.agency(kind->agency) : nullptr;
        Dict& team = dict.section("FIRST");
        team.set("agency", typed ? form.first("agency") : agency != nullptr ? agency->name : "");
        team.set("team", typed ? form.first("team") : "Reports");
        team.show("READS", !typed || form.has("reads"));
    }
    add_faults(dict, faults);
    Response response = page("staff/join", dict, faults.empty() ? 200 : 422);
    keep_browser(response, request, browser);
    return response;
}

Response StaffPages::join_step(Request& request) const {
    const auto invitation = site_.access.invitation(request.param("token"));
    if (!invitation) return join(request);
    if (!is_from_our_page(request))
        return join_page(request, *invitation,
                         {{"", "This page was open for a long time. Please press the button once more."}});
    return request.form.has("sealed") ? finish_joining(request, *invitation) : begin_joining(request, *invitation);
}

Response StaffPages::begin_joining(Request& request, const access::Invitation& invitation) const {
    const Fields& form = request.form;
    const bool make_team = invitation.first_administrator && form.has("reads");
    const std::string agency(text::trim(form.first("agency")));
    const std::string team(text::trim(form.first("team")));
    Faults faults;
    if (form.first("password") != form.first("password_again"))
        faults.push_back({"password_again", "The password was not typed the same way twice."});
    if (make_team && (agency.empty() || text::length(agency) > access::limits::name_chars_max))
        faults.push_back({"agency", "Give the agency a name of at most 120 characters, or do not make a team now."});
    if (make_team && (team.empty() || text::length(team) > access::limits::name_chars_max))
        faults.push_back({"team", "Give the team a name of at most 120 characters, or do not make a team now."});
    if (!faults.empty()) return join_page(request, invitation, faults);

    auto enrolment = site_.access.begin_enrolment(request.param("token"), form.first("name"), form.first("email"),
                                                  vault::SecretText(form.first("password")));
    if (!enrolment) {
        const std::string& sentence = enrolment.error().message;
        return join_page(request, invitation, {{std::string(field_in(sentence)), sentence}});
    }
    return code_page(request, {std::move(*enrolment), site_.clock.now(), make_team, agency, team}, {});
}

Response StaffPages::code_page(const Request& request, const Joining& joining, const Faults& faults) const {
    const std::string browser = browser_of(request);
    const vault::Totp& totp = joining.enrolment.totp;
    Dict dict = plain_frame("Set up your second factor");
    dict.set("form_token", form_token(browser)).set("sealed", seal_joining(request.param("token"), joining));
    dict.set("secret", grouped(totp.base32().expose())).set("email", joining.enrolment.email);
    const auto picture =
        qr_svg(totp.uri(issuer, joining.enrolment.email).expose(), "QR code for your authenticator app");
    if (picture) dict.section("PICTURE").set_html("qr", *picture);
    add_faults(dict, faults);
    Response response = page("staff/join_code", dict, faults.empty() ? 200 : 422);
    keep_browser(response, request, browser);
    return response;
}

Response StaffPages::finish_joining(Request& request, const access::Invitation& invitation) const {
    const std::string_view token = request.param("token");
    const auto joining = open_joining(token, request.form.first("sealed"));
    if (!joining)
        return join_page(request, invitation, {{"", "The last step took longer than 30 minutes. Please begin again."}});
    const auto pass = site_.derivations.enter(derivation_patience);
    if (!pass)
        return code_page(request, *joining,
                         {{"", "Very many people are signing in just now. Wait ten seconds, then try again."}});
    const auto enrolled = site_.access.finish_enrolment(token, joining->enrolment, request.form.first("code"));
    if (!enrolled) {
        if (enrolled.kind() != ErrorKind::invalid)
            return join_page(request, invitation, {{"", enrolled.error().message}});
        return code_page(request, *joining, {{"code", enrolled.error().message}});
    }
    Dict dict = plain_frame("Your recovery codes");
    for (const vault::SecretText& code : enrolled->recovery_codes) dict.section("CODES").set("code", code.expose());
    if (joining->make_team) {
        const Status made = make_first_team(enrolled->staff, *joining);
        if (made) {
            dict.section("TEAM_MADE").set("team", joining->team);
        } else {
            dict.section("TEAM_FAILED").set("text", made.error().message);
        }
    }
    if (invitation.team) dict.show("WAITS");
    return page("staff/join_done", dict);
}

// So that a small team is ready in one go: the administrator becomes an officer of a team that receives every report.
Status StaffPages::make_first_team(const StaffId& newcomer, const Joining& joining) const {
    using enum access::Role;
    const access::Actor actor{newcomer, {administrator}, {}};
    if (const Status reads = site_.access.set_roles(actor, newcomer, {administrator, officer}); !reads) return reads;
    const auto team = site_.access.create_team(actor, joining.agency, joining.team, {newcomer});
    if (!team) return team.error();
    return site_.access.set_channel(actor, site_.pack.route({}).kind, *team);
}

std::string StaffPages::seal_joining(std::string_view token, const Joining& joining) const {
    const access::Enrolment& newcomer = joining.enrolment;
    const std::string begun = std::to_string(joining.begun.ms);
    const vault::SecretText packed = intake::pack_texts({{"begun", begun},
                                                         {"name", newcomer.name},
                                                         {"email", newcomer.email},
                                                         {"password", newcomer.password.expose()},
                                                         {"totp", newcomer.totp.secret_bytes()},
                                                         {"make_team", joining.make_team ? "yes" : ""},
                                                         {"agency", joining.agency},
                                                         {"team", joining.team}});
    return vault::seal(joining_key_, {object_of(token), seal_field}, packed.expose()).to_storage();
}

std::optional<StaffPages::Joining> StaffPages::open_joining(std::string_view token, std::string_view sealed) const {
    if (sealed.size() > sealed_bytes_max) return std::nullopt;
    const auto box = vault::Sealed::from_storage(sealed);
    if (!box) return std::nullopt;
    const auto packed = vault::open(joining_key_, {object_of(token), seal_field}, *box);
    if (!packed) return std::nullopt;
    auto texts = intake::unpack_texts(packed->expose());
    constexpr std::size_t text_count = 8;
    if (!texts || texts->size() != text_count) return std::nullopt;
    const auto text_at = [&](std::size_t at) { return (*texts)[at].second.expose(); };
    Instant begun;
    std::from_chars(text_at(0).data(), text_at(0).data() + text_at(0).size(), begun.ms);
    auto totp = vault::Totp::from_bytes(text_at(4));
    if (!totp || site_.clock.now() - begun > enrolment_ms_max) return std::nullopt;
    return Joining{{std::string(text_at(1)), std::string(text_at(2)), std::move((*texts)[3].second), std::move(*totp)},
                   begun,
                   !text_at(5).empty(),
                   std::string(text_at(6)),
                   std::string(text_at(7))};
}

}  // namespace tideline::web::pages
