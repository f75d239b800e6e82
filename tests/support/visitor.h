#pragma once
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/http_client.h"
#include "web/http.h"

namespace tideline::test {

/// A browser without pictures: keeps cookies, follows redirects when told to, fills the hidden fields of our forms.
class Visitor {
public:
    using Form = std::vector<std::pair<std::string, std::string>>;
    explicit Visitor(std::uint16_t port) : port_(port) {}

    std::map<std::string, std::string> cookies;

    const HttpAnswer& get(const std::string& path) {
        last_ = http_get(port_, path, cookie_header());
        return keep();
    }
    /// Sends a form with the proof that the last page held, unless one is given.
    const HttpAnswer& post(const std::string& path, Form form) {
        const std::string token = hidden("form_token");
        bool given = false;
        for (const auto& [name, value] : form) given |= name == "form_token";
        if (!given) form.emplace_back("form_token", token);
        return post_raw(path, form);
    }
    const HttpAnswer& post_raw(const std::string& path, const Form& form) {
        last_ = http_post(port_, path, encoded(form), cookie_header());
        return keep();
    }
    /// One file and some fields as multipart/form-data.
    const HttpAnswer& upload(const std::string& path, const Form& form, const std::string& file_name,
                             const std::string& bytes) {
        std::string body;
        for (const auto& [name, value] : form)
            body += "--tideline\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
        if (!file_name.empty())
            body += "--tideline\r\nContent-Disposition: form-data; name=\"files\"; filename=\"" + file_name +
                    "\"\r\n\r\n" + bytes + "\r\n";
        body += "--tideline--\r\n";
        HttpClient client(port_);
        last_ =
            client.request("POST " + path +
                           " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: multipart/form-data; "
                           "boundary=tideline\r\n" +
                           "Content-Length: " + std::to_string(body.size()) + "\r\n" + cookie_header() + "\r\n" + body);
        return keep();
    }
    /// GET of where the last answer leads.
    const HttpAnswer& follow() {
        const std::string leads_to = last_.header("location");
        return get(leads_to.substr(0, leads_to.find('#')));  // the place on the page stays with the browser
    }
    const HttpAnswer& last() const { return last_; }
    bool sees(std::string_view words) const { return last_.body.find(words) != std::string::npos; }

    /// The value of the first hidden field of that name on the last page; "" without one.
    std::string hidden(const std::string& name) const {
        const std::string mark = "name=\"" + name + "\" value=\"";
        const std::size_t at = last_.body.find(mark);
        if (at == std::string::npos) return "";
        const std::size_t from = at + mark.size();
        return last_.body.substr(from, last_.body.find('"', from) - from);
    }

    static std::string encoded(const Form& form) {
        std::string body;
        for (const auto& [name, value] : form)
            body += (body.empty() ? "" : "&") + web::percent_encode(name) + "=" + web::percent_encode(value);
        return body;
    }

private:
    std::string cookie_header() const {
        std::string header;
        for (const auto& [name, value] : cookies) header += (header.empty() ? "Cookie: " : "; ") + name + "=" + value;
        return header.empty() ? "" : header + "\r\n";
    }
    const HttpAnswer& keep() {
        for (const auto& [name, value] : last_.headers) {
            if (name != "set-cookie") continue;
            const std::size_t is = value.find('=');
            const std::size_t end = value.find(';');
            cookies[value.substr(0, is)] = value.substr(is + 1, end - is - 1);
            if (value.find("Max-Age=0") != std::string::npos) cookies.erase(value.substr(0, is));
        }
        return last_;
    }

    std::uint16_t port_;
    HttpAnswer last_;
};

}  // namespace tideline::test
