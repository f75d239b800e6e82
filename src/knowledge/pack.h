#pragma once
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "knowledge/catalogue.h"
#include "knowledge/files.h"
#include "knowledge/types.h"

/// A jurisdiction pack: everything that one country's response needs to know, read and checked at start.
///
///     auto pack = Pack::load(Files::embedded());              // or Files::folder(path)
///     if (!pack) … pack.error().message names every file and line that is wrong …
///     pack->jurisdiction().emergency_number;
///     pack->route({"child", "danger"}).kind;
///     pack->catalogue().translate("mi", page->title);
///
/// A Pack does not change once it is loaded; it may be used from several threads, and copies share its contents.
namespace tideline::knowledge {

/// All that a pack's files say, in their order.
struct PackContents {
    Jurisdiction jurisdiction;
    std::vector<Channel> channels;
    std::vector<Agency> agencies;
    std::vector<Offence> offences;
    std::vector<Need> needs;
    std::vector<Provider> providers;
    std::vector<Service> services;
    std::vector<Visa> visas;
    std::vector<SharingBasis> sharing_bases;
    std::vector<DeletionRule> deletion_rules;
    std::vector<RetentionRule> retention_rules;
    std::vector<ReportKind> report_kinds;
    std::vector<RoutingRule> routing_rules;
    std::vector<StatusMessage> status_messages;
    std::vector<Deadline> deadlines;
    std::vector<Holiday> holidays;
    std::array<OfficeHours, 7> office_hours{};
    std::vector<GuidancePage> guidance;
};

/// Where a routing rule sends a report, and why.
struct Route {
    std::string_view kind;
    std::string_view reason;
    std::string_view rule;
};

/// A text that the public site shows and that therefore needs translating.
struct Translatable {
    std::string text;
    std::string place;  ///< file it stands in
};

/// A fact that nobody has checked against its source yet.
struct UnverifiedFact {
    std::string kind;  ///< channel, offence…
    std::string id;
    std::string name;
    std::string source;
};

class Pack {
public:
    /// @param code  which jurisdiction; may be left out when the files hold only one
    /// @return Error::invalid with one line for every problem in every file: path, line, what is wrong, what to do
    static Result<Pack> load(const Files& files, std::string_view code = {});

    const PackContents& contents() const { return *contents_; }
    const Jurisdiction& jurisdiction() const { return contents_->jurisdiction; }
    const BusinessCalendar& calendar() const { return *calendar_; }
    const Catalogue& catalogue() const { return *catalogue_; }

    // Look-ups by id; nullptr if the pack has no such thing.
    const Language* language(std::string_view code) const;
    const Channel* channel(std::string_view id) const;
    const Agency* agency(std::string_view id) const;
    const Offence* offence(std::string_view id) const;
    const Need* need(std::string_view id) const;
    const Provider* provider(std::string_view id) const;
    const Service* service(std::string_view id) const;
    const Visa* visa(std::string_view id) const;
    const SharingBasis* sharing_basis(std::string_view id) const;
    const ReportKind* report_kind(std::string_view id) const;
    const Deadline* deadline(std::string_view id) const;
    const StatusMessage* status_message(std::string_view id) const;
    const GuidancePage* page(std::string_view id) const;
    const GuidancePage* page(int number) const;

    /// The version of an offence that was in force on the day of the offending; nullptr if none was.
    const OffenceVersion* offence_version(std::string_view id, Date offending) const;

    /// The first routing rule all of whose facts are among `facts` (words of `report_facts`). There is always one.
    Route route(const std::set<std::string, std::less<>>& facts) const;

    /// What happens when a reporter asks for deletion of a report in that state (a word of `report_states`).
    const DeletionRule& deletion(std::string_view state) const;

    /// A public text with {emergency} and {channel ids} filled in, after translation.
    std::string filled(std::string_view text) const;

    /// Every public text of the pack, each once.
    std::vector<Translatable> translatables() const;
    std::vector<UnverifiedFact> unverified() const;

private:
    std::shared_ptr<const PackContents> contents_;
    std::shared_ptr<const BusinessCalendar> calendar_;
    std::shared_ptr<const Catalogue> catalogue_;
};

}  // namespace tideline::knowledge
