#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "access/service.h"
#include "assess/service.h"
#include "base/result.h"
#include "base/time.h"
#include "intake/service.h"
#include "knowledge/pack.h"
#include "ledger/ledger.h"
#include "store/blobs.h"
#include "store/database.h"
#include "web/flood.h"

/// One installation of Tideline: a data directory with its configuration, its keys, and (with SQLite) its database.
///
///     DIR/tideline.toml       configuration; holds no secret
///     DIR/tideline.db         the database, unless the configuration names PostgreSQL
///     DIR/blobs/              sealed files
///     DIR/keys/index.key      opens the index of names; only the staff process reads it
///     DIR/keys/ledger.key     signs the audit
///     DIR/keys/form.key       seals what travels inside public forms
namespace tideline::cli {

/// What the configuration file says.
struct Configuration {
    std::string database;      ///< "sqlite:tideline.db" (relative to the directory) or "postgresql://…"
    std::string jurisdiction;  ///< code of the pack
    std::string knowledge;     ///< a folder of packs instead of the built-in ones; "" for those
    std::string recovery_key;  ///< public half of the offline recovery key; "" without one
    std::string public_url;    ///< as reporters reach it; for staff pages and mails
    std::string staff_url;     ///< as staff reach it; for invitations and mails
    bool demo = false;         ///< pages say that everything is made up
    std::string smtp_url;      ///< "smtp://host:port" or "smtps://…"; "" sends no mail
    std::string smtp_from;
    std::string smtp_user;
    std::string smtp_password_file;
    std::string trusted_proxy;       ///< address of a proxy whose X-Forwarded-For is believed; ""
    int form_minutes = 0;            ///< how long a public form can be continued; 0: as built in
    std::string region;              ///< whose regional holidays count for clocks; "" for none
    double double_assessment = 0.1;  ///< the share of reports that two people assess independently
    web::FloodLimits flood;          ///< table [flood]: how much is taken before the public site slows down
};

/// An opened installation. Its parts are safe for several threads.
class Instance {
public:
    struct Options {
        std::filesystem::path directory;
        std::string database;             ///< overrides the configuration's; "" does not
        std::filesystem::path index_key;  ///< instead of DIR/keys/index.key; "" does not
        bool staff = true;                ///< read the index key and make what needs it
        bool assessment = false;          ///< read the method too: reports get clocks, staff get the desk
        const Clock* clock = nullptr;     ///< the machine's without one
    };
    /// Error::unavailable or invalid with a sentence that says what is missing and how to mend it.
    static Result<std::unique_ptr<Instance>> open(const Options& options);

    const Configuration& configuration() const { return configuration_; }
    const Clock& clock() const { return *clock_; }
    const knowledge::Pack& pack() const { return *pack_; }
    store::Database& database() { return *database_; }
    const ledger::Ledger& ledger() const { return *ledger_; }
    const store::Blobs& blobs() const { return *blobs_; }
    const intake::Reception& reception() const { return *reception_; }
    /// Present only when opened with the staff's keys.
    access::Access& access() { return *access_; }
    const intake::Inbox& inbox() const { return *inbox_; }
    const assess::Method& method() const { return *method_; }
    const assess::Desk& desk() const { return *desk_; }
    bool has_staff() const { return access_ != nullptr; }
    /// Seals the state of public forms.
    const vault::Secret<vault::Key32>& form_key() const { return form_key_; }
    const vault::Secret<vault::Key32>& index_key() const { return index_key_; }

private:
    Instance() = default;
    Configuration configuration_;
    SystemClock system_clock_;
    const Clock* clock_ = nullptr;
    vault::Secret<vault::Key32> form_key_;
    vault::Secret<vault::Key32> index_key_;
    std::optional<knowledge::Pack> pack_;
    std::optional<assess::Method> method_;
    std::unique_ptr<store::Database> database_;
    std::unique_ptr<ledger::Ledger> ledger_;
    std::optional<store::Blobs> blobs_;
    std::unique_ptr<access::Access> access_;
    std::unique_ptr<intake::Reception> reception_;
    std::unique_ptr<intake::Inbox> inbox_;
    std::unique_ptr<assess::Desk> desk_;
};

/// What `init` decides.
struct NewInstance {
    std::filesystem::path directory;
    std::string database;
    std::string jurisdiction;      ///< "": the only one of the knowledge folder
    std::string knowledge;         ///< a folder of packs instead of the built-in ones
    unsigned recovery_shares = 3;  ///< 0: no recovery key
    unsigned recovery_threshold = 2;
    bool demo = false;
};
/// Makes a data directory. Error::conflict when there is one. The shares are shown once and stored nowhere.
Result<std::vector<vault::SecretText>> create_instance(const NewInstance& wanted);

}  // namespace tideline::cli
