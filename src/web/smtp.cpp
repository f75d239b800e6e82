#include "web/smtp.h"

#include <curl/curl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <mutex>

#include "base/text.h"

namespace tideline::web {

namespace {

constexpr std::size_t address_bytes_max = 254;  // RFC 5321 §4.5.3.1.3
constexpr std::size_t subject_bytes_max = 300;
constexpr std::size_t text_bytes_max = 1 << 20;

/// local@domain of printable ASCII, without anything that means something to SMTP or to a header.
bool is_address(std::string_view address) {
    const std::size_t at = address.find('@');
    const bool has_both = at != std::string_view::npos && at > 0 && at + 1 < address.size() &&
                          address.find('@', at + 1) == std::string_view::npos;
    return has_both && address.size() <= address_bytes_max &&
           std::all_of(address.begin(), address.end(), [](char byte) {
               return byte > 0x20 && byte < 0x7F &&
                      std::string_view("<>()[],;:\\\"").find(byte) == std::string_view::npos;
           });
}

bool is_one_line(std::string_view line) {
    return text::is_utf8(line) && std::none_of(line.begin(), line.end(), [](char byte) {
               return static_cast<unsigned char>(byte) < 0x20 || byte == 0x7F;
           });
}

std::string base64(std::string_view bytes) {
    std::string encoded = text::base64url({reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()});
    std::replace(encoded.begin(), encoded.end(), '-', '+');
    std::replace(encoded.begin(), encoded.end(), '_', '/');
    encoded.append((4 - encoded.size() % 4) % 4, '=');
    return encoded;
}

/// RFC 2047: words that keep a line below 76 characters, cut between code points.
std::string encoded_words(std::string_view line) {
    constexpr std::size_t word_bytes_max = 39;
    std::string words;
    while (!line.empty()) {
        std::size_t length = std::min(line.size(), word_bytes_max);
        while (length < line.size() && (static_cast<unsigned char>(line[length]) & 0xC0) == 0x80) --length;
        words.append(words.empty() ? "" : "\r\n ")
            .append("=?UTF-8?B?")
            .append(base64(line.substr(0, length)))
            .append("?=");
        line.remove_prefix(length);
    }
    return words;
}

std::string base64_lines(std::string_view bytes) {
    constexpr std::size_t line_bytes_max = 76;
    const std::string encoded = base64(bytes);
    std::string lines;
    for (std::size_t at = 0; at < encoded.size(); at += line_bytes_max)
        lines.append(encoded, at, line_bytes_max).append("\r\n");
    return lines;
}

void initialise_curl() {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

struct Payload {
    std::string_view rest;

    static std::size_t read(char* into, std::size_t size, std::size_t count, void* self) {
        auto& payload = *static_cast<Payload*>(self);
        const std::size_t bytes = std::min(size * count, payload.rest.size());
        std::copy_n(payload.rest.begin(), bytes, into);
        payload.rest.remove_prefix(bytes);
        return bytes;
    }
};

}  // namespace

Result<std::string> compose(const Mail& mail, std::int64_t unix_seconds) {
    if (!is_address(mail.from)) return Error{ErrorKind::invalid, "The sender's e-mail address is malformed."};
    if (!is_address(mail.to)) return Error{ErrorKind::invalid, "The receiver's e-mail address is malformed."};
    if (!is_one_line(mail.subject) || mail.subject.size() > subject_bytes_max)
        return Error{ErrorKind::invalid, "The subject must be one line of at most 300 bytes."};
    if (!is_one_line(mail.message_id) || mail.message_id.find_first_of("<> ") != std::string::npos)
        return Error{ErrorKind::invalid, "The message id is malformed."};
    if (mail.text.size() > text_bytes_max)
        return Error{ErrorKind::too_large, "The text of the mail is longer than 1 MiB."};
    std::string message;
    message +=
        fmt::format("Date: {:%a, %d %b %Y %H:%M:%S} +0000\r\n", fmt::gmtime(static_cast<std::time_t>(unix_seconds)));
    message += "From: <" + mail.from + ">\r\nTo: <" + mail.to + ">\r\n";
    if (!mail.message_id.empty()) message += "Message-ID: <" + mail.message_id + ">\r\n";
    message += "Subject: " + encoded_words(mail.subject) + "\r\n";
    message +=
        "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n"
        "Auto-Submitted: auto-generated\r\n\r\n";
    return message + base64_lines(mail.text);
}

Status send(const SmtpServer& server, const Mail& mail) {
    using std::chrono::system_clock;
    const auto message = compose(mail, system_clock::to_time_t(system_clock::now()));
    if (!message) return message.error();
    initialise_curl();
    const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(), &curl_easy_cleanup);
    if (!curl) return Error{ErrorKind::unavailable, "libcurl does not start."};
    const bool is_tls = server.security == SmtpServer::Security::tls;
    const std::string url = (is_tls ? "smtps://" : "smtp://") + server.host + ":" + std::to_string(server.port);
    const std::string to = "<" + mail.to + ">";
    const std::string from = "<" + mail.from + ">";
    const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> receivers(curl_slist_append(nullptr, to.c_str()),
                                                                                &curl_slist_free_all);
    Payload payload{*message};
    curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl.get(), CURLOPT_PROXY, "");
    curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT_MS, static_cast<long>(server.time_ms_max));
    if (server.security != SmtpServer::Security::none)
        curl_easy_setopt(curl.get(), CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
    curl_easy_setopt(curl.get(), CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!server.ca_file.empty()) curl_easy_setopt(curl.get(), CURLOPT_CAINFO, server.ca_file.c_str());
    if (!server.user.empty()) {
        curl_easy_setopt(curl.get(), CURLOPT_USERNAME, server.user.c_str());
        curl_easy_setopt(curl.get(), CURLOPT_PASSWORD, server.password.c_str());
    }
    curl_easy_setopt(curl.get(), CURLOPT_MAIL_FROM, from.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_MAIL_RCPT, receivers.get());
    curl_easy_setopt(curl.get(), CURLOPT_READFUNCTION, &Payload::read);
    curl_easy_setopt(curl.get(), CURLOPT_READDATA, &payload);
    curl_easy_setopt(curl.get(), CURLOPT_UPLOAD, 1L);
    const CURLcode code = curl_easy_perform(curl.get());
    if (code != CURLE_OK)
        return Error{ErrorKind::unavailable,
                     std::string("The mail could not be handed in: ") + curl_easy_strerror(code)};
    return {};
}

}  // namespace tideline::web
