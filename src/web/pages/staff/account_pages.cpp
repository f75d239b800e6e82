// Signing in and out, and one's own account.
#include "web/pages/staff/forms.h"
#include "web/pages/staff/staff_pages.h"

namespace tideline::web::pages {
namespace {

constexpr std::string_view kept_prefix = "kept_";
constexpr const char* too_many_sign_in = "Very many people are signing in just now. Wait ten seconds, then try again.";
constexpr auto session_seconds = static_cast<std::uint32_t>(access::limits::session_age_ms / second_ms);

}  // namespace

Response StaffPages::sign_in(Request& request) const {
    return sign_in_page(request, "", local_path(request.query.first("return")), {}, {}, 200);
}

// `kept`: what was typed on a page whose session had ended; `leads_to` is then where it goes.
Response StaffPages::sign_in_page(const Request& request, std::string_view email, std::string_view leads_to,
                                  const FieldList& kept, const Faults& faults, unsigned status) const {
    const std::string browser = browser_of(request);
    Dict dict = plain_frame("Sign in");
    dict.set("form_token", form_token(browser)).set("email", email).set("leads_to", leads_to);
    for (const auto& [name, value] : kept)
        dict.section("FIELDS").set("name", std::string(kept_prefix) + name).set("value", value.view());
    dict.show("SOMETHING_KEPT", !kept.empty());
    add_faults(dict, faults);
    Response response = page("staff/sign_in", dict, status);
    keep_browser(response, request, browser);
    if (status == status_for(ErrorKind::busy)) response.headers.set("Retry-After", std::to_string(busy_wait_s));
    return response;
}

Response StaffPages::sign_in_step(Request& request) const {
    const Fields& form = request.form;
    const std::string_view email = form.first("email");
    const std::string leads_to = local_path(form.first("leads_to"));
    FieldList kept;
    for (const Field& field : form.all()) {
        if (field.name.starts_with(kept_prefix))
            kept.emplace_back(field.name.substr(kept_prefix.size()), SecretText(field.value.view()));
    }
    const auto again = [&](std::string_view field, std::string_view sentence, ErrorKind kind) {
        return sign_in_page(request, email, leads_to, kept, {{std::string(field), std::string(sentence)}},
                            status_for(kind));
    };
    if (!is_from_our_page(request))
        return again("", "This page was open for a long time. Please sign in once more.", ErrorKind::forbidden);

    const auto pass = site_.derivations.enter(derivation_patience);
    if (!pass) return again("", too_many_sign_in, ErrorKind::busy);
    const vault::SecretText password(form.first("password"));
    auto session = site_.access.sign_in(email, password, form.first("code"));
    if (!session)
        return again(session.kind() == ErrorKind::invalid ? "email" : "", session.error().message, session.kind());

    const std::string token(session->token.expose());
    Response response = Response::redirect(leads_to);
    if (!kept.empty()) {
        auto who = site_.access.session(token);
        if (!who) return again("", who.error().message, who.kind());
        response =
            again_page({std::move(*who), token}, leads_to, kept, "You are signed in again. Nothing was sent yet.");
    }
    set_cookie(response, request, session_cookie, token, session_seconds);
    return response;
}

Response StaffPages::sign_out(Request& request, const Visit& visit) const {
    site_.access.sign_out(visit.token);
    Response response = Response::redirect("/sign-in");
    set_cookie(response, request, session_cookie, "", 0);
    return response;
}

Response StaffPages::account(Request& request, const Visit& visit) const {
    return account_page(visit, {}, request.query.first("done") == "password" ? "Your password was changed." : "");
}

Response StaffPages::account_page(const Visit& visit, const Faults& faults, std::string_view done) const {
    Dict dict = frame(visit, "Your account", "/account");
    dict.set("password_chars_min", static_cast<std::int64_t>(access::limits::password_chars_min));
    if (!done.empty()) dict.section("DONE").set("said", done);
    add_faults(dict, faults);
    return page("staff/account", dict, faults.empty() ? 200 : 422);
}

Response StaffPages::change_password(Request& request, const Visit& visit) const {
    const Fields& form = request.form;
    if (form.first("new_password") != form.first("new_password_again"))
        return account_page(visit, {{"new_password_again", "The new password was not typed the same way twice."}}, "");
    const auto pass = site_.derivations.enter(derivation_patience);
    if (!pass) return account_page(visit, {{"", too_many_sign_in}}, "");
    const vault::SecretText old_password(form.first("old_password"));
    const vault::SecretText new_password(form.first("new_password"));
    const Status changed = site_.access.change_password(visit.who, old_password, new_password, visit.token);
    if (changed) return Response::redirect("/account?done=password");
    const bool old_is_wrong = changed.error().message.find("old password") != std::string::npos;
    return account_page(visit, {{old_is_wrong ? "old_password" : "new_password", changed.error().message}}, "");
}

Response StaffPages::new_recovery_codes(Request& request, const Visit& visit) const {
    const auto pass = site_.derivations.enter(derivation_patience);
    if (!pass) return account_page(visit, {{"", too_many_sign_in}}, "");
    const auto codes = site_.access.new_recovery_codes(visit.who, vault::SecretText(request.form.first("password")));
    if (!codes) return account_page(visit, {{"password", codes.error().message}}, "");
    Dict dict = frame(visit, "Your recovery codes", "/account");
    for (const vault::SecretText& code : *codes) dict.section("CODES").set("code", code.expose());
    return page("staff/recovery_codes", dict);
}

Response StaffPages::sign_out_everywhere(Request& request, const Visit& visit) const {
    site_.access.sign_out_everywhere(visit.who.actor);
    Response response = Response::redirect("/sign-in");
    set_cookie(response, request, session_cookie, "", 0);
    return response;
}

}  // namespace tideline::web::pages
