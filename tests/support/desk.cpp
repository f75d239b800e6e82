// A member of staff for tests that spawn the real server: works on the same data directory as a process of its own,
// through the same services as the staff site. Reads one JSON object a line, answers with one.
//
//   desk DIR
//   {"do": "found", "staff": ["name", …], "team": "…"}   enrols staff, makes the team and opens its channel; gives a
//   token
//   {"do": "enter", "token": "…"}                        goes on in a session that was begun before
//   {"do": "list"}, {"do": "open", "report": id}, {"do": "reply" or "note", "report": id, "text": "…"}
#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/instance.h"

namespace {
using namespace tideline;
using nlohmann::json;

template <class T>
T taken(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().message);
    return std::move(result).value();
}
void must(const Status& done) {
    if (!done) throw std::runtime_error(done.error().message);
}

/// A clock that can be moved on, so that the next one-time code is another.
class MovedClock final : public Clock {
public:
    Instant now() const override { return SystemClock().now() + ahead_ms; }
    std::int64_t ahead_ms = 0;
};

class Desk {
public:
    explicit Desk(const std::filesystem::path& directory) {
        cli::Instance::Options options;
        options.directory = directory;
        options.clock = &clock_;
        instance_ = taken(cli::Instance::open(options));
    }

    json answer(const json& asked) {
        const std::string what = asked.at("do");
        if (what == "found") return found(asked);
        if (what == "enter") {
            token_ = asked.at("token");
            return {{"ok", taken(access().session(token_)).name}};
        }
        const access::SignedIn who = taken(access().session(token_));
        if (what == "list") return list(who);
        const ReportId id = ReportId::stored(asked.at("report"));
        if (what == "reply")
            must(instance_->inbox().reply(who, id, asked.at("text").get<std::string>()));
        else if (what == "note")
            must(instance_->inbox().add_note(who, id, asked.at("text").get<std::string>()));
        else if (what == "open")
            return open(who, id);
        else
            throw std::runtime_error("what is " + what + "?");
        return {{"ok", true}};
    }

private:
    access::Access& access() { return instance_->access(); }

    json found(const json& asked) {
        std::vector<StaffId> members;
        json emails = json::array();
        std::string first_email;
        std::optional<access::Enrolment> first;
        for (const std::string& name : asked.at("staff").get<std::vector<std::string>>()) {
            const bool is_first = members.empty();
            const std::string email = "mail" + std::to_string(members.size()) + "." +
                                      text::ascii_lower(name.substr(0, name.find(' '))) + "@agency.example";
            const access::Actor administrator{vault::random_id<StaffId>(), {access::Role::administrator}, {}};
            const auto token = is_first
                                   ? taken(access().first_administrator_token())
                                   : taken(access().invite(administrator, {name, email, {access::Role::officer}, {}}));
            auto enrolment = taken(
                access().begin_enrolment(token.expose(), name, email, vault::SecretText("a long password of " + name)));
            members.push_back(
                taken(access().finish_enrolment(token.expose(), enrolment, enrolment.totp.code(clock_.now()))).staff);
            emails.push_back(email);
            if (is_first) {
                first_email = email;
                first.emplace(std::move(enrolment));
            }
        }
        const access::Actor administrator{members.front(), {access::Role::administrator}, {}};
        must(access().set_roles(administrator, members.front(), {access::Role::administrator, access::Role::officer}));
        const TeamId team = taken(access().create_team(administrator, asked.at("team").get<std::string>() + " agency",
                                                       asked.at("team").get<std::string>(), members));
        must(access().set_channel(administrator, instance_->pack().route({}).kind, team));
        clock_.ahead_ms = 30 * second_ms;
        token_ = std::string(
            taken(access().sign_in(first_email, first->password, first->totp.code(clock_.now()))).token.expose());
        clock_.ahead_ms = 0;
        return {{"token", token_}, {"emails", emails}, {"team", team.str()}};
    }

    json list(const access::SignedIn& who) {
        json ids = json::array();
        intake::InboxFilter filter;
        do {
            const auto page = taken(instance_->inbox().list(who, filter));
            for (const intake::InboxRow& row : page.rows) ids.push_back(row.id.str());
            filter.after = page.next;
        } while (!filter.after.empty());
        return {{"reports", ids}};
    }

    json open(const access::SignedIn& who, const ReportId& id) {
        const auto report = taken(instance_->inbox().open(who, id));
        json out{{"what", intake::answer(report.answers, "what")},
                 {"files", json::array()},
                 {"messages", json::array()},
                 {"notes", json::array()}};
        for (const auto& file : report.files) {
            auto download = taken(instance_->inbox().original(who, id, file.id, "checked by a test"));
            std::string content;
            for (;;) {
                const auto piece = taken(download.next());
                if (piece.empty()) break;
                content += piece.expose();
            }
            out["files"].push_back({{"name", file.name.expose()}, {"content", content}});
        }
        for (const auto& message : report.messages) out["messages"].push_back(message.text.expose());
        for (const auto& note : report.notes) out["notes"].push_back(note.text.expose());
        return out;
    }

    MovedClock clock_;
    std::unique_ptr<cli::Instance> instance_;
    std::string token_;
};
}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) return 64;
    try {
        Desk desk(argv[1]);
        for (std::string line; std::getline(std::cin, line);) {
            json answer;
            try {
                answer = desk.answer(json::parse(line));
            } catch (const std::exception& error) {
                answer = {{"error", error.what()}};
            }
            std::cout << answer.dump() << std::endl;
        }
    } catch (const std::exception& error) {
        std::cerr << "desk: " << error.what() << "\n";
        return 1;
    }
    return 0;
}
