#include "web/pages/staff/staff_pages.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "base/text.h"
#include "web/pages/staff/forms.h"
#include "web/pages/staff/words.h"

namespace tideline::web::pages {
namespace {

constexpr std::string_view browser_cookie = "browser";
constexpr std::string_view session_form = "staff";
constexpr std::string_view open_form = "open";
constexpr std::array<std::string_view, 12> months{"January",   "February", "March",    "April",
                                                  "May",       "June",     "July",     "August",
                                                  "September", "October",  "November", "December"};
constexpr std::array<std::string_view, 3> may_repeat{"member", "role", "report"};

std::string keyed(std::string_view key, std::string_view message) {
    vault::Secret<vault::Key32> whole;
    whole.expose() = vault::hash(key);
    const vault::Key32 hash = vault::keyed_hash(whole, "staff form", message);
    return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

std::string_view bytes_of(const vault::Secret<vault::Key32>& key) {
    return {reinterpret_cast<const char*>(key.expose().data()), key.expose().size()};
}

std::string upper(std::string_view name) {
    std::string result(name);
    for (char& c : result) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return result;
}

std::string digits_to_dial(std::string_view number) {
    std::string dial;
    for (const char c : number) {
        if ((c >= '0' && c <= '9') || c == '+') dial.push_back(c);
    }
    return dial;
}

std::string_view title_for(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::not_found: return "Not found";
        case ErrorKind::forbidden: return "You may not do this";
        case ErrorKind::no_key: return "Your keys do not open this";
        case ErrorKind::busy: return "Please wait a moment";
        case ErrorKind::expired: return "This is no longer valid";
        case ErrorKind::corrupt: return "Something is damaged";
        default: return "This could not be done";
    }
}

}  // namespace

StaffPages::StaffPages(StaffSite site)
    : site_(std::move(site)),
      tokens_(keyed),
      joining_key_(vault::random_key()),
      zone_(TimeZone::named(site_.pack.jurisdiction().time_zone).value()) {}

void StaffPages::add_routes(Router& router) {
    using enum Method;
    using Pages = StaffPages;
    add_open(router, get, "/join/{token}", "join", &Pages::join);
    add_open(router, post, "/join/{token}", "join.step", &Pages::join_step);
    add_open(router, get, "/sign-in", "sign_in", &Pages::sign_in);
    add_open(router, post, "/sign-in", "sign_in.step", &Pages::sign_in_step);

    add(router, post, "/sign-out", "sign_out", &Pages::sign_out);
    add(router, get, "/account", "account", &Pages::account);
    add(router, post, "/account/password", "account.password", &Pages::change_password);
    add(router, post, "/account/recovery-codes", "account.recovery_codes", &Pages::new_recovery_codes);
    add(router, post, "/account/sign-out-everywhere", "account.sign_out_everywhere", &Pages::sign_out_everywhere);
    add(router, get, "/help", "help", &Pages::help);

    add(router, get, "/", "inbox", &Pages::inbox);
    add(router, get, "/report/{id}", "report", &Pages::report);
    add(router, post, "/report/{id}/reply", "report.reply", &Pages::reply);
    add(router, post, "/report/{id}/note", "report.note", &Pages::note);
    add(router, post, "/report/{id}/state", "report.state", &Pages::set_state, Permission::report_state);
    add(router, post, "/report/{id}/delete", "report.delete", &Pages::delete_report);
    add(router, post, "/report/{id}/keep", "report.keep", &Pages::keep_report);
    add(router, get, "/report/{id}/file/{file}/copy", "report.copy", &Pages::file_copy);
    add(router, post, "/report/{id}/file/{file}/original", "report.original", &Pages::file_original);
    add(router, get, "/quarantine", "quarantine", &Pages::quarantine, Permission::quarantine_decide);
    add(router, post, "/quarantine", "quarantine.decide", &Pages::decide_quarantine, Permission::quarantine_decide);

    add(router, get, "/hotline/new", "hotline", &Pages::hotline, Permission::report_enter);
    add(router, post, "/hotline/new", "hotline.send", &Pages::hotline_send, Permission::report_enter);

    add(router, get, "/teams", "teams", &Pages::teams);
    add(router, get, "/teams/new", "team.new", &Pages::new_team, Permission::team_manage);
    add(router, post, "/teams/new", "team.make", &Pages::make_team, Permission::team_manage);
    add(router, get, "/teams/{id}", "team", &Pages::team);
    add(router, post, "/teams/{id}/add", "team.add", &Pages::add_member, Permission::team_manage);
    add(router, post, "/teams/{id}/let-in", "team.let_in", &Pages::let_in);
    add(router, post, "/teams/{id}/remove", "team.remove", &Pages::remove_member, Permission::team_manage);
    add(router, post, "/teams/{id}/receive", "team.receive", &Pages::open_channel, Permission::team_manage);
    add(router, post, "/teams/{id}/stop", "team.stop", &Pages::close_channel, Permission::team_manage);
    add(router, get, "/staff", "staff", &Pages::staff, Permission::staff_manage);
    add(router, get, "/staff/invite", "staff.new", &Pages::new_invitation, Permission::staff_manage);
    add(router, post, "/staff/invite", "staff.invite", &Pages::invite, Permission::staff_manage);
    add(router, post, "/staff/withdraw", "staff.withdraw", &Pages::withdraw, Permission::staff_manage);
    add(router, get, "/staff/{id}", "person", &Pages::person, Permission::staff_manage);
    add(router, post, "/staff/{id}/roles", "person.roles", &Pages::set_roles, Permission::staff_manage);
    add(router, post, "/staff/{id}/end", "person.end", &Pages::end_access, Permission::staff_manage);
}

void StaffPages::add_open(Router& router, Method method, std::string pattern, std::string name, OpenPage handles) {
    constexpr Site site = Site::staff_site;
    const auto handler = [this, handles](Request& request) {
        if (request.method == Method::post && request.form.has_repetition()) return Response::refuse(Refusal::bad_form);
        return (this->*handles)(request);
    };
    router.add(method == Method::get ? Route::get(site, std::move(pattern), std::move(name), handler)
                                     : Route::post(site, std::move(pattern), std::move(name), handler));
}

void StaffPages::add(Router& router, Method method, std::string pattern, std::string name, Page handles,
                     std::optional<Permission> permission) {
    add(router, method, std::move(pattern), std::move(name),
        PageFunction(
            [this, handles](Request& request, const Visit& visit) { return (this->*handles)(request, visit); }),
        permission);
}

void StaffPages::add(Router& router, Method method, std::string pattern, std::string name, PageFunction handles,
                     std::optional<Permission> permission) {
    constexpr Site site = Site::staff_site;
    for_signed_in_.insert(name);
    const auto handler = [this, handles, permission](Request& request) {
        return guarded(request, handles, permission);
    };
    router.add(method == Method::get ? Route::get(site, std::move(pattern), std::move(name), handler)
                                     : Route::post(site, std::move(pattern), std::move(name), handler));
}

std::optional<Response> StaffPages::before(Request& request, const Route& route) const {
    if (!for_signed_in_.contains(route.name)) return std::nullopt;
    const auto token = get_cookie(request, session_cookie);
    if (!token) return std::nullopt;
    auto who = site_.access.session(*token);
    if (who) request.session = std::make_shared<const Visit>(Visit{std::move(*who), std::string(*token)});
    return std::nullopt;
}

const StaffPages::Visit* StaffPages::visit_of(const Request& request) {
    const auto* held = std::any_cast<std::shared_ptr<const Visit>>(&request.session);
    return held != nullptr ? held->get() : nullptr;
}

Response StaffPages::guarded(Request& request, const PageFunction& handles,
                             const std::optional<Permission>& permission) const {
    const Visit* visit = visit_of(request);
    const bool sends = request.method == Method::post;
    if (visit == nullptr) {
        if (!sends) return Response::redirect("/sign-in?return=" + percent_encode(path_and_query(request)));
        return sign_in_page(request, "", request.path, kept_fields(request.form),
                            {{"", "You were signed out. Sign in, and what you typed is still here."}}, 403);
    }
    if (sends) {
        if (request.form.has_repetition(may_repeat)) return Response::refuse(Refusal::bad_form);
        if (!tokens_.matches(request.form.first(form_token_field), bytes_of(visit->who.csrf_key), session_form))
            return again_page(*visit, request.path, kept_fields(request.form),
                              "This page was opened before you last signed in.");
    }
    if (permission && !may(visit->who.actor, *permission))
        return problem(*visit, {ErrorKind::forbidden, "You may not do this. Ask an administrator if you need to."});
    if (!sends) return handles(request, *visit);
    try {
        return handles(request, *visit);
    } catch (const store::Failure&) {
        return again_page(*visit, request.path, kept_fields(request.form), "The database could not be reached.", 503);
    }
}

Response StaffPages::error_page(Refusal refusal, const Request*) const {
    Dict dict = plain_frame(refusal == Refusal::not_found ? "This page does not exist" : "This did not work");
    dict.set("text", sentence_of(refusal));
    dict.show("BACK", refusal != Refusal::not_found && refusal != Refusal::busy);
    Response response = page("staff/problem", dict, status_of(refusal));
    if (refusal == Refusal::busy) response.headers.set("Retry-After", std::to_string(busy_wait_s));
    return response;
}

// ---- forms

std::string StaffPages::form_token(const Visit& visit) const {
    return tokens_.token(bytes_of(visit.who.csrf_key), session_form);
}
std::string StaffPages::form_token(std::string_view browser) const { return tokens_.token(browser, open_form); }

bool StaffPages::is_from_our_page(const Request& request) const {
    const auto browser = get_cookie(request, browser_cookie);
    return browser && tokens_.matches(request.form.first(form_token_field), *browser, open_form);
}

std::string StaffPages::browser_of(const Request& request) const {
    if (const auto browser = get_cookie(request, browser_cookie); browser && browser->size() >= 40)
        return std::string(*browser);
    return std::string(vault::random_token().expose());
}

void StaffPages::keep_browser(Response& response, const Request& request, std::string_view browser) const {
    constexpr std::uint32_t seconds = 12 * 3600;
    set_cookie(response, request, browser_cookie, browser, seconds);
}

// ---- frames

Dict StaffPages::plain_frame(std::string_view title) const {
    Dict dict;
    dict.set("title", title).set("stylesheet", site_.stylesheet).show("DEMO", site_.demo);
    return dict;
}

Dict StaffPages::frame(const Visit& visit, std::string_view title, std::string_view here) const {
    const access::Actor& actor = visit.who.actor;
    Dict dict = plain_frame(title);
    dict.set("form_token", form_token(visit));
    dict.section("SIGNED_IN").set("my_name", visit.who.name);
    const auto link = [&](std::string_view path, std::string_view label, bool shown) {
        if (!shown) return;
        dict.section("LINKS").set("href", path).set("label", label).show("HERE", path == here);
    };
    link("/", may(actor, Permission::report_list) ? "Reports" : "Start", true);
    link("/quarantine", "Held back", may(actor, Permission::quarantine_decide));
    const bool assessing = site_.desk != nullptr;
    link("/offers", "Offered to us", assessing && may(actor, Permission::assessment_write));
    link("/supervise", "How we do", assessing && may(actor, Permission::supervise));
    link("/hotline/new", "Enter a call", may(actor, Permission::report_enter));
    link("/checklist/police", "Checklists", assessing && may(actor, Permission::report_enter));
    link("/teams", "Teams", true);
    link("/staff", "Staff", may(actor, Permission::staff_manage));
    link("/help", "Help", true);
    return dict;
}

void StaffPages::add_faults(Dict& dict, const Faults& faults) const {
    if (faults.empty()) return;
    Dict& list = dict.section("HAS_FAULTS");
    for (const Fault& fault : faults) {
        Dict& row = list.section("FAULTS");
        row.set("fault", fault.text);
        if (fault.field.empty()) {
            row.show("PLAIN");
            continue;
        }
        row.section("LINKED").set("field", fault.field);
        // Fields that come once for each row of a list ("reason-<id>") are marked where the row is filled.
        if (fault.field.find('-') == std::string::npos)
            dict.section(upper(fault.field) + "_FAULT").set("fault", fault.text);
    }
}

Response StaffPages::page(std::string_view name, const Dict& dict, unsigned status) const {
    return Response::html(site_.templates.render("en", name, dict), status);
}

Response StaffPages::problem(const Visit& visit, const Error& error) const {
    Dict dict = frame(visit, title_for(error.kind));
    dict.set("text", error.message);
    return page("staff/problem", dict, status_for(error.kind));
}

Response StaffPages::no_such_page(const Visit& visit) const {
    return problem(visit, {ErrorKind::not_found, "There is nothing at this address, or not for you."});
}

Response StaffPages::again_page(const Visit& visit, std::string_view action, const FieldList& fields,
                                std::string_view why, unsigned status) const {
    Dict dict = frame(visit, "Please send this again");
    dict.set("why", why).set("action", action);
    for (const auto& [name, value] : fields) {
        dict.section("FIELDS").set("name", name).set("value", value.view());
        if (is_written(value.view())) dict.section("WRITTEN").set("value", value.view());
    }
    return page("staff/again", dict, status);
}

Response StaffPages::confirm_page(const Visit& visit, const Confirmation& question) const {
    Dict dict = frame(visit, question.title);
    dict.set("text", question.text)
        .set("action", question.action)
        .set("button", question.button)
        .set("back", question.back);
    dict.show("FOR_GOOD", question.for_good);
    for (const auto& [name, value] : question.fields) dict.section("FIELDS").set("name", name).set("value", value);
    return page("staff/confirm", dict);
}

// ---- words

std::string StaffPages::exact_time(Instant at) const {
    const std::chrono::local_seconds wall = zone_.wall_clock(to_utc_seconds(at));
    const auto midnight = std::chrono::floor<std::chrono::days>(wall);
    const std::chrono::year_month_day day(midnight);
    const std::chrono::hh_mm_ss time(wall - midnight);
    return fmt::format("{} {} {}, {:02}:{:02}", static_cast<unsigned>(day.day()),
                       months[static_cast<unsigned>(day.month()) - 1], static_cast<int>(day.year()),
                       time.hours().count(), time.minutes().count());
}

void StaffPages::add_time(Dict& dict, Instant at) const {
    dict.set("iso", iso8601(at)).set("exact", exact_time(at)).set("ago", how_long_ago(at, site_.clock.now()));
}

std::string StaffPages::language_name(std::string_view code) const {
    const knowledge::Language* language = site_.pack.language(code);
    return language != nullptr ? language->english_name : std::string(code);
}

std::string StaffPages::kind_name(std::string_view kind) const {
    const knowledge::ReportKind* found = site_.pack.report_kind(kind);
    return found != nullptr ? found->name : std::string(kind);
}

void StaffPages::add_emergency(Dict& dict) const {
    const std::string& number = site_.pack.jurisdiction().emergency_number;
    dict.set("emergency_number", number).set("emergency_tel", digits_to_dial(number));
}

void StaffPages::add_roles(Dict& dict, const std::set<access::Role>& chosen) const {
    for (const access::Role role : access::all_roles()) {
        Dict& row = dict.section("ROLES");
        row.set("role", name_of(role)).set("words", words_for_role(role)).show("CHECKED", chosen.contains(role));
    }
}

std::string StaffPages::link_to(const Request& request, std::string_view path) const {
    if (!site_.staff_url.empty()) {
        std::string_view base = site_.staff_url;
        while (base.ends_with('/')) base.remove_suffix(1);
        return std::string(base).append(path);
    }
    return std::string(request.https ? "https://" : "http://").append(request.host).append(path);
}

Response StaffPages::help(Request&, const Visit& visit) const {
    Dict dict = frame(visit, "Help", "/help");
    add_emergency(dict);
    return page("staff/help", dict);
}

}  // namespace tideline::web::pages
