/// Both sites on free ports of this machine, for the tests of the staff site in a browser. Says "ports <staff>
/// <public>", then does what is written to it, one command a line, and answers each with a line:
///
///     token              a one-time link's token for the first administrator   -> <token>
///     now                what the clock shows, in milliseconds                 -> <number>
///     advance <seconds>  the clock moves on                                    -> ok
///     report <words>     a report comes in from the public site                -> <receipt>
///     flood <words>      a report is held back                                 -> <receipt>
///     file <words>       a report with a file                                  -> <receipt>
///     answer <words>     the reporter of the last report writes                -> ok
///     ask-deletion       and asks for it to be deleted                         -> ok
///     messages           what that reporter sees, as JSON                      -> ["…"]
///     member <role> <name>  somebody in the team that receives everything         -> <token of their session>
///     quit
///
/// With a number as argument there is an assessment desk too; it is the share of reports that two people assess.
#include <fmt/format.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "support/staff_house.h"

namespace tideline::testing {
namespace {

class Talk {
public:
    std::string answer(const std::string& line) {
        const std::size_t space = line.find(' ');
        const std::string command = line.substr(0, space);
        const std::string rest = space == std::string::npos ? "" : line.substr(space + 1);
        if (command == "token")
            return std::string(StaffHouse::taken(house_.access().first_administrator_token()).expose());
        if (command == "now") return std::to_string(house_.clock().now().ms);
        if (command == "advance") {
            house_.clock().advance(std::stoll(rest) * second_ms);
            return "ok";
        }
        if (command == "member") return member(rest);
        if (command == "report" || command == "flood" || command == "file") {
            receipt_.emplace(house_.report(rest, command == "flood", command == "file" ? "what I saw.txt" : ""));
            return std::string(receipt_->digits());
        }
        if (!receipt_) return "error there is no report";
        if (command == "answer") {
            house_.answer(*receipt_, rest);
            return "ok";
        }
        const auto access = StaffHouse::taken(house_.reception().open(*receipt_));
        if (command == "ask-deletion") {
            StaffHouse::must(house_.reception().ask_deletion(access));
            return "ok";
        }
        if (command == "messages") {
            auto json = nlohmann::json::array();
            for (const intake::Message& message : StaffHouse::taken(house_.reception().conversation(access)).messages)
                json.push_back(std::string(message.text.expose()));
            return json.dump();
        }
        return "error there is no such command";
    }
    std::string ports() const { return fmt::format("ports {} {}", house_.staff_port(), house_.public_port()); }

    explicit Talk(std::optional<double> double_share) : house_(50, double_share) {}

private:
    // Makes the first administrator and the team when there is nobody yet.
    std::string member(const std::string& role_and_name) {
        const std::size_t space = role_and_name.find(' ');
        const std::string name = role_and_name.substr(space + 1);
        const std::set<access::Role> roles{access::role_named(role_and_name.substr(0, space)).value()};
        if (!administrator_) administrator_ = house_.first_administrator();
        const std::string email = text::ascii_lower(name) + "@example.test";
        if (!first_) {
            first_ = house_.invited(*administrator_, name, email, roles);
            team_ = StaffHouse::taken(
                house_.access().create_team(house_.who(*administrator_).actor, "Agency", "Triage", {first_->id}));
            StaffHouse::must(house_.access().set_channel(house_.who(*administrator_).actor,
                                                         std::string(house_.pack().route({}).kind), team_));
            return first_->token;
        }
        const auto person = house_.invited(*administrator_, name, email, roles, team_);
        StaffHouse::must(house_.access().let_in(house_.who(*first_), team_, person.id));
        return person.token;
    }

    std::optional<StaffHouse::Person> administrator_, first_;
    TeamId team_;
    StaffHouse house_;
    std::optional<vault::Receipt> receipt_;
};

}  // namespace
}  // namespace tideline::testing

int main(int argc, char** argv) {
    tideline::testing::Talk talk(argc > 1 ? std::optional<double>(std::atof(argv[1])) : std::nullopt);
    fmt::print("{}\n", talk.ports());
    std::fflush(stdout);
    for (std::string line; std::getline(std::cin, line) && line != "quit";) {
        fmt::print("{}\n", talk.answer(line));
        std::fflush(stdout);
    }
    return 0;
}
