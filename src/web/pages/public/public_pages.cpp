#include "web/pages/public/public_pages.h"

#include <unicode/datefmt.h>
#include <unicode/locid.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "web/pages/public/sinks.h"

namespace tideline::web::pages {
namespace {

using knowledge::BlockKind;
using knowledge::ChannelKind;

std::string_view primary_part(std::string_view tag) { return tag.substr(0, tag.find('-')); }

// Browsers name Filipino "fil"; most people, and the catalogues, say Tagalog.
std::string_view usual_code(std::string_view primary) { return primary == "fil" ? "tl" : primary; }

std::string digits_to_dial(std::string_view number) {
    std::string dial;
    for (const char c : number) {
        if ((c >= '0' && c <= '9') || c == '+') dial.push_back(c);
    }
    return dial;
}

// "22 September 2026" in the language as it is written in that country (ISO 3166-1 alpha-2).
std::string formatted_day(std::string_view language, std::string_view country, std::string_view zone, UDate at) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Locale locale = icu::Locale::forLanguageTag(std::string(language) + "-" + std::string(country), status);
    const std::unique_ptr<icu::DateFormat> format(icu::DateFormat::createDateInstance(icu::DateFormat::kLong, locale));
    if (!format || U_FAILURE(status)) return iso8601({static_cast<std::int64_t>(at)}).substr(0, 10);
    format->adoptTimeZone(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(std::string(zone))));
    icu::UnicodeString written;
    format->format(at, written, nullptr, status);
    std::string utf8;
    return written.toUTF8String(utf8);
}

}  // namespace

std::string file_size(std::uint64_t bytes) {
    constexpr std::uint64_t kilo = 1000;
    if (bytes >= kilo * kilo) return std::to_string((bytes + kilo * kilo / 2) / (kilo * kilo)) + " MB";
    return std::to_string(std::max<std::uint64_t>(1, (bytes + kilo / 2) / kilo)) + " KB";
}

PublicPages::PublicPages(PublicParts parts)
    : parts_(std::move(parts)), seal_(parts_.form_key.clone(), parts_.clock, parts_.form_age_ms), sent_(parts_.clock) {}

void PublicPages::add_routes(Router& router) {
    const auto bind = [this](Response (PublicPages::*handler)(Request&) const) {
        return [this, handler](Request& request) { return (this->*handler)(request); };
    };
    constexpr Site site = Site::public_site;
    router.add(Route::get(site, "/", "languages", bind(&PublicPages::languages)));
    router.add(Route::get(site, "/exit", "exit", bind(&PublicPages::leave)));
    router.add(Route::get(site, "/{lang}", "start", bind(&PublicPages::start)));
    router.add(Route::get(site, "/{lang}/p/{number}", "guidance", bind(&PublicPages::guidance)));
    router.add(Route::get(site, "/{lang}/form", "form", bind(&PublicPages::begin_form)));
    router.add(Route::post(site, "/{lang}/form", "form.step", bind(&PublicPages::form_step)));
    router.add(Route::upload(site, "/{lang}/send", "form.send",
                             [this](Request& request) { return std::make_unique<ReportSink>(*this, request); }));
    router.add(Route::get(site, "/{lang}/check", "check", bind(&PublicPages::begin_check)));
    router.add(Route::post(site, "/{lang}/check", "check.step", bind(&PublicPages::check_step)));
    router.add(Route::upload(site, "/{lang}/answer", "check.send",
                             [this](Request& request) { return std::make_unique<AnswerSink>(*this, request); }));
}

// ---- the site

Response PublicPages::languages(Request& request) const {
    const std::string_view header = request.headers.find("Accept-Language").value_or("");
    for (const std::string& tag : parse_accept_language(header)) {
        const std::string lower = text::ascii_lower(tag);
        for (const Language& language : parts_.pack.jurisdiction().languages) {
            if (text::ascii_lower(language.code) == lower ||
                primary_part(language.code) == usual_code(primary_part(lower))) {
                return Response::redirect("/" + language.code);
            }
        }
    }
    const Language& own = parts_.pack.jurisdiction().languages.front();
    return page(own, "public/languages", frame(own, Links::to_start_list));
}

Response PublicPages::start(Request& request) const {
    const Language* language = language_in_path(request);
    if (language == nullptr) return Response::refuse(Refusal::not_found);
    Dict dict = frame(*language, Links::to_start);
    if (parts_.reception.is_open()) {
        dict.show("OPEN");
    } else {
        add_channels(dict.section("CLOSED"), *language);
    }
    for (const knowledge::GuidancePage& row : parts_.pack.contents().guidance) {
        Dict& link = dict.section("GUIDANCE");
        link.set("number", row.number).set("title", say(*language, row.title));
        if (!row.summary.empty()) link.section("SUMMARY").set("text", say(*language, row.summary));
    }
    return page(*language, "public/start", dict);
}

Response PublicPages::guidance(Request& request) const {
    const Language* language = language_in_path(request);
    const std::string_view typed = request.param("number");
    int number = 0;
    const auto [end, error] = std::from_chars(typed.data(), typed.data() + typed.size(), number);
    const knowledge::GuidancePage* found =
        error == std::errc{} && end == typed.data() + typed.size() ? parts_.pack.page(number) : nullptr;
    if (language == nullptr || found == nullptr) return Response::refuse(Refusal::not_found);

    Dict dict = frame(*language, Links::to_guidance, "/p/" + std::to_string(number));
    dict.set("title", say(*language, found->title)).show("UNCHECKED_PAGE", !found->provenance.verified);
    dict.set("source", found->provenance.source).set("date", day(*language, found->provenance.date));
    dict.show("OPEN", parts_.reception.is_open());
    for (const knowledge::Block& block : found->blocks) {
        Dict& row = dict.section("BLOCKS");
        const auto add_text = [&](std::string_view section) -> Dict& {
            return row.section(section).set("text", say(*language, block.texts.front()));
        };
        const auto add_items = [&](std::string_view section) {
            Dict& list = row.section(section);
            for (const std::string& item : block.texts) list.section("ITEMS").set("text", say(*language, item));
        };
        switch (block.kind) {
            case BlockKind::heading: add_text("HEADING"); break;
            case BlockKind::paragraph: add_text("PARAGRAPH"); break;
            case BlockKind::callout: add_text("CALLOUT"); break;
            case BlockKind::list: add_items("LIST"); break;
            case BlockKind::steps: add_items("STEPS"); break;
            case BlockKind::channels: add_channels(row.section("CHANNEL_LIST"), *language, &block.texts); break;
            case BlockKind::link:
                add_text("LINK").set(
                    "href", block.target.starts_with('/') ? "/" + language->code + block.target : block.target);
                break;
        }
    }
    return page(*language, "public/guidance", dict);
}

Response PublicPages::leave(Request&) const {
    Response response;
    response.status = 303;
    response.headers.set("Location", parts_.pack.jurisdiction().quick_exit.url);
    response.headers.set("Clear-Site-Data", R"("cache", "cookies", "storage")");
    return response;
}

Response PublicPages::error_page(Refusal refusal, const Request* request) const {
    // People type "/en/"; no page of ours ends with a slash.
    if (refusal == Refusal::not_found && request != nullptr && request->path.size() > 1 &&
        request->path.ends_with('/')) {
        return Response::redirect(request->path.substr(0, request->path.size() - 1));
    }
    const Language& language = language_for(request);
    Dict dict = frame(language, Links::to_start);
    add_channels(dict, language);
    if (refusal == Refusal::not_found || refusal == Refusal::wrong_method) {
        dict.show("NOT_FOUND");
    } else if (refusal == Refusal::failed) {
        dict.show("FAILED");
    } else {
        dict.section("REFUSED").set("sentence", say(language, sentence_of(refusal)));
    }
    return page(language, "public/problem", dict, status_of(refusal));
}

// ---- what they share

const knowledge::Language* PublicPages::language_in_path(const Request& request) const {
    return parts_.pack.language(request.param("lang"));
}

const knowledge::Language& PublicPages::language_for(const Request* request) const {
    if (request != nullptr) {
        std::string_view path = request->path;
        if (path.starts_with('/')) path.remove_prefix(1);
        if (const Language* language = parts_.pack.language(path.substr(0, path.find('/')))) return *language;
    }
    return parts_.pack.jurisdiction().languages.front();
}

std::string PublicPages::say(const Language& language, std::string_view id) const {
    return parts_.pack.filled(parts_.pack.catalogue().translate(language.code, id));
}

std::string PublicPages::day(const Language& language, Instant at) const {
    const knowledge::Jurisdiction& here = parts_.pack.jurisdiction();
    return formatted_day(language.code, here.code, here.time_zone, static_cast<UDate>(at.ms));
}

std::string PublicPages::day(const Language& language, knowledge::Date date) const {
    const auto days = std::chrono::sys_days(date).time_since_epoch().count();
    return formatted_day(language.code, parts_.pack.jurisdiction().code, "UTC", static_cast<UDate>(days * day_ms));
}

Dict PublicPages::frame(const Language& language, Links links, std::string_view rest) const {
    const knowledge::Jurisdiction& jurisdiction = parts_.pack.jurisdiction();
    Dict dict;
    dict.set("lang", language.code);
    dict.set("dir", language.direction == knowledge::Direction::right_to_left ? "rtl" : "ltr");
    dict.set("stylesheet", parts_.stylesheet);
    dict.set("emergency_number", jurisdiction.emergency_number);
    dict.set("emergency_tel", digits_to_dial(jurisdiction.emergency_number));
    dict.show("DRAFT", parts_.pack.catalogue().state(language.code) == knowledge::TranslationState::draft);
    dict.show("DEMO", parts_.demo);
    if (links == Links::none) return dict;

    const std::string path = links == Links::to_check ? "/check" : std::string(rest);
    // The page of languages is the list; it needs no second one at its foot.
    Dict& list = links == Links::to_start_list ? dict : dict.section("LANGUAGE_LINKS");
    for (const Language& other : jurisdiction.languages) {
        Dict& row = list.section("LANGUAGES");
        row.set("href", "/" + other.code + path).set("code", other.code).set("own_name", other.name);
        row.set("direction", other.direction == knowledge::Direction::right_to_left ? "rtl" : "ltr");
        if (links != Links::to_start_list) row.show("CURRENT", other.code == language.code);
    }
    return dict;
}

void PublicPages::add_form_languages(Dict& dict, const Language& language) const {
    for (const Language& other : parts_.pack.jurisdiction().languages) {
        Dict& row = dict.section("LANGUAGES");
        row.set("code", other.code).set("own_name", other.name).show("CURRENT", other.code == language.code);
        row.set("direction", other.direction == knowledge::Direction::right_to_left ? "rtl" : "ltr");
    }
}

void PublicPages::add_channels(Dict& dict, const Language& language, const std::vector<std::string>* ids) const {
    const auto add = [&](const knowledge::Channel& channel) {
        Dict& row = dict.section("CHANNELS");
        row.set("name", say(language, channel.name));
        switch (channel.kind) {
            case ChannelKind::emergency:
            case ChannelKind::phone:
            case ChannelKind::interpreter:
                // An interpreter may be asked for under another number: then there is nothing to dial.
                if (const std::string tel = digits_to_dial(channel.value); !tel.empty()) {
                    row.section("PHONE").set("tel", tel).set("number", channel.value);
                }
                break;
            case ChannelKind::online: row.section("WEB").set("url", channel.link).set("address", channel.value); break;
            case ChannelKind::email: row.section("EMAIL").set("address", channel.value); break;
        }
        if (!channel.abroad.empty()) {
            row.section("ABROAD").set("tel", digits_to_dial(channel.abroad)).set("number", channel.abroad);
        }
        if (!channel.description.empty()) row.section("DESCRIPTION").set("text", say(language, channel.description));
        row.show("ANONYMOUS", channel.anonymous);
        if (channel.provenance.verified) {
            row.section("VERIFIED").set("verified_on", day(language, channel.provenance.date));
        } else {
            row.show("UNVERIFIED");
        }
    };
    if (ids == nullptr) {
        for (const knowledge::Channel& channel : parts_.pack.contents().channels) add(channel);
        return;
    }
    for (const std::string& id : *ids) {
        if (const knowledge::Channel* channel = parts_.pack.channel(id)) add(*channel);
    }
}

void PublicPages::add_file_limits(Dict& dict) const {
    Dict& row = dict.section("FILES_ALLOWED");
    row.set("file_limit",
            file_size(std::min<std::uint64_t>(parts_.limits.file_bytes_max, intake::limits::file_bytes_max)));
    row.set("files_limit", static_cast<std::int64_t>(
                               std::min(parts_.limits.files_per_report_max, intake::limits::files_per_submission_max)));
}

Response PublicPages::page(const Language& language, std::string_view name, const Dict& dict, unsigned status) const {
    return Response::html(parts_.templates.render(language.code, name, dict), status);
}

// `section`: FAILED or CLOSED. The form is there to send the same again, so that nothing typed is lost.
Response PublicPages::problem(const Language& language, std::string_view section, unsigned status,
                              const Again& again) const {
    Dict dict = frame(language, Links::none);
    add_channels(dict, language);
    dict.show(section);
    Dict& form = dict.section("WITH_STATE");
    form.set("action", again.action).set("go", again.go);
    for (const auto& [name, value] : again.fields) form.section("FIELDS").set("field", name).set("value", value);
    return page(language, "public/problem", dict, status);
}

// The page comes back with a sealed "not before": only who really waited is let through.
Response PublicPages::wait_page(const Language& language, std::uint32_t seconds, const Again& again, bool kept,
                                bool had_files) const {
    const std::int64_t until = parts_.clock.now().ms + seconds * second_ms;
    const std::string waited = seal_.seal("wait", std::to_string(until));
    Dict dict = frame(language, Links::none);
    add_channels(dict, language);
    dict.set("seconds", seconds).set("action", again.action).set("go", again.go);
    dict.show("KEPT", kept).show("TEXT_ONLY", had_files);
    for (const auto& [name, value] : again.fields) dict.section("FIELDS").set("field", name).set("value", value);
    dict.section("FIELDS").set("field", "waited").set("value", waited);
    Response response = page(language, "public/wait", dict, 503);
    response.headers.set("Retry-After", std::to_string(seconds));
    return response;
}

bool PublicPages::has_waited(std::string_view waited) const {
    if (waited.empty()) return false;
    const auto opened = seal_.open("wait", waited);
    if (!opened) return false;
    std::int64_t until = 0;
    const std::string_view digits = opened->expose();
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), until);
    return error == std::errc{} && parts_.clock.now().ms >= until;
}

Admission PublicPages::admit(FloodGate& gate, const Request& request, std::string_view waited) const {
    return gate.admit(request.source, has_waited(waited));
}

}  // namespace tideline::web::pages
