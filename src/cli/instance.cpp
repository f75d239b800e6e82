#include "cli/instance.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <toml++/toml.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

namespace tideline::cli {

namespace fs = std::filesystem;

namespace {
constexpr std::string_view config_name = "tideline.toml";

Error cannot(std::string_view what, const fs::path& path) {
    return {ErrorKind::unavailable, fmt::format("{} {}: {}", what, path.string(), std::strerror(errno))};
}

/// Writes a small file that only this user may read, flushed to the disk.
Status write_private(const fs::path& path, std::string_view text) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) return cannot("cannot write", path);
    const bool written =
        ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
    ::close(file);
    if (!written) return cannot("cannot write", path);
    return {};
}

Result<vault::Secret<vault::Key32>> read_key(const fs::path& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return cannot("cannot read the key", path);
    vault::SecretText text(std::size_t{128});
    const ssize_t got = ::read(file, text.data(), text.size());
    ::close(file);
    const auto bytes =
        got > 0 ? text::from_hex(text::trim(text.expose().substr(0, static_cast<std::size_t>(got)))) : std::nullopt;
    if (!bytes || bytes->size() != 32)
        return {ErrorKind::invalid,
                fmt::format("{} is not a key: it holds 64 hexadecimal digits; restore it from where keys are kept",
                            path.string())};
    vault::Secret<vault::Key32> key;
    std::copy(bytes->begin(), bytes->end(), key.expose().begin());
    return key;
}

Status write_key(const fs::path& path) {
    const vault::Secret<vault::Key32> key = vault::random_key();
    return write_private(path, text::hex(key.expose()) + "\n");
}

/// The table [flood] of the configuration.
Status read_flood(const toml::table& table, const fs::path& path, web::FloodLimits& flood) {
    struct Setting {
        std::string_view name;
        double& value;
    };
    const Setting settings[] = {{"source_burst", flood.source_burst},
                                {"source_per_minute", flood.source_per_minute},
                                {"global_burst", flood.global_burst},
                                {"global_per_minute", flood.global_per_minute}};
    for (const auto& [name, node] : table) {
        const auto known = std::find_if(std::begin(settings), std::end(settings),
                                        [&](const Setting& s) { return s.name == name.str(); });
        const auto value = node.value<double>();
        if (known == std::end(settings) || !value || *value <= 0)
            return {ErrorKind::invalid, fmt::format("{}, line {}: [flood] has source_burst, source_per_minute, "
                                                    "global_burst and global_per_minute, each a number above 0",
                                                    path.string(), node.source().begin.line)};
        known->value = *value;
    }
    return {};
}

Result<Configuration> read_configuration(const fs::path& directory) {
    const fs::path path = directory / config_name;
    if (!fs::exists(path))
        return {ErrorKind::not_found, fmt::format("there is no instance in {}; make one with 'tideline init --data {}'",
                                                  directory.string(), directory.string())};
    try {
        const toml::table table = toml::parse_file(path.string());
        static constexpr std::string_view known[] = {
            "database",     "jurisdiction", "knowledge",         "recovery_key", "public_url",         "staff_url",
            "demo",         "smtp_url",     "smtp_from",         "smtp_user",    "smtp_password_file", "trusted_proxy",
            "form_minutes", "region",       "double_assessment", "flood"};
        for (const auto& [name, value] : table) {
            if (std::find(std::begin(known), std::end(known), name.str()) == std::end(known))
                return {ErrorKind::invalid, fmt::format("{}, line {}: there is no setting called '{}'", path.string(),
                                                        value.source().begin.line, name.str())};
        }
        const auto text = [&](std::string_view name, std::string_view otherwise) {
            return std::string(table[name].value_or(otherwise));
        };
        Configuration c;
        c.database = text("database", "sqlite:tideline.db");
        c.jurisdiction = text("jurisdiction", "");
        c.knowledge = text("knowledge", "");
        c.recovery_key = text("recovery_key", "");
        c.public_url = text("public_url", "");
        c.staff_url = text("staff_url", "");
        c.demo = table["demo"].value_or(false);
        c.smtp_url = text("smtp_url", "");
        c.smtp_from = text("smtp_from", "");
        c.smtp_user = text("smtp_user", "");
        c.smtp_password_file = text("smtp_password_file", "");
        c.trusted_proxy = text("trusted_proxy", "");
        c.form_minutes = table["form_minutes"].value_or(0);
        c.region = text("region", "");
        c.double_assessment = table["double_assessment"].value_or(0.1);
        if (!(c.double_assessment >= 0 && c.double_assessment <= 1))
            return {ErrorKind::invalid,
                    fmt::format("{}: double_assessment is a share from 0 to 1, such as 0.1", path.string())};
        if (const auto* flood = table["flood"].as_table()) {
            if (const Status read = read_flood(*flood, path, c.flood); !read) return read.error();
        }
        return c;
    } catch (const toml::parse_error& error) {
        return {ErrorKind::invalid,
                fmt::format("{}, line {}: {}", path.string(), error.source().begin.line, error.description())};
    }
}

/// The packs that were compiled in, or those of a folder.
Result<knowledge::Files> knowledge_files(const std::string& folder) {
    if (folder.empty()) return knowledge::Files::embedded();
    return knowledge::Files::folder(folder);
}

/// A relative SQLite path is meant within the data directory.
std::string absolute_address(const fs::path& directory, const std::string& address) {
    constexpr std::string_view prefix = "sqlite:";
    if (!address.starts_with(prefix)) return address;
    return std::string(prefix) + fs::absolute(directory / address.substr(prefix.size())).string();
}
}  // namespace

Result<std::unique_ptr<Instance>> Instance::open(const Options& options) {
    vault::start();
    std::unique_ptr<Instance> instance(new Instance);
    instance->clock_ = options.clock != nullptr ? options.clock : &instance->system_clock_;
    auto configuration = read_configuration(options.directory);
    if (!configuration) return configuration.error();
    instance->configuration_ = *configuration;
    const fs::path keys = options.directory / "keys";

    const auto files = knowledge_files(configuration->knowledge);
    if (!files) return files.error();
    auto pack = knowledge::Pack::load(*files, configuration->jurisdiction);
    if (!pack) return pack.error();
    instance->pack_.emplace(std::move(*pack));

    auto database = store::Database::open(
        {absolute_address(options.directory, options.database.empty() ? configuration->database : options.database)});
    if (!database) return database.error();
    instance->database_ = std::move(*database);

    auto ledger_key = read_key(keys / "ledger.key");
    if (!ledger_key) return ledger_key.error();
    instance->ledger_ = std::make_unique<ledger::Ledger>(vault::SigningKey::from_seed(*ledger_key), *instance->clock_);
    auto form_key = read_key(keys / "form.key");
    if (!form_key) return form_key.error();
    instance->form_key_ = std::move(*form_key);

    auto blobs = store::Blobs::open(options.directory / "blobs");
    if (!blobs) return blobs.error();
    instance->blobs_.emplace(std::move(*blobs));
    intake::Reception::Triage triage;
    if (options.assessment) {
        auto method = assess::Method::from_files(*files, instance->pack_->jurisdiction().code);
        if (!method) return method.error();
        instance->method_.emplace(std::move(*method));
        triage = [opened = instance.get()](const std::set<std::string, std::less<>>& facts, Instant received) {
            return assess::first_clock(*opened->method_, *opened->pack_, opened->configuration_.region, facts,
                                       received);
        };
    }
    instance->reception_ =
        std::make_unique<intake::Reception>(*instance->database_, *instance->ledger_, *instance->blobs_,
                                            *instance->clock_, *instance->pack_, std::move(triage));
    if (!options.staff) return instance;

    auto index_key = read_key(options.index_key.empty() ? keys / "index.key" : options.index_key);
    if (!index_key) return index_key.error();
    instance->index_key_ = std::move(*index_key);
    std::optional<vault::PublicKey> recovery;
    if (!configuration->recovery_key.empty()) {
        recovery = vault::PublicKey::from_storage(configuration->recovery_key);
        if (!recovery)
            return {ErrorKind::invalid,
                    "tideline.toml: recovery_key is not a key; copy it from the paper made at set-up"};
    }
    instance->access_ = std::make_unique<access::Access>(*instance->database_, *instance->ledger_, *instance->clock_,
                                                         instance->index_key_, recovery);
    instance->inbox_ = std::make_unique<intake::Inbox>(*instance->database_, *instance->ledger_, *instance->blobs_,
                                                       *instance->clock_, *instance->access_, *instance->pack_);
    if (instance->method_)
        instance->desk_ = std::make_unique<assess::Desk>(
            *instance->database_, *instance->ledger_, *instance->clock_, *instance->access_, *instance->inbox_,
            *instance->pack_, *instance->method_, *files,
            assess::Desk::Options{configuration->double_assessment, configuration->region});
    return instance;
}

namespace {
/// Makes the database with the first entry of its ledger: from now on, an empty ledger is one that was emptied.
Status begin_ledger(const fs::path& directory) {
    Instance::Options options;
    options.directory = directory;
    options.staff = false;
    auto opened = Instance::open(options);
    if (!opened) return opened.error();
    Instance& instance = **opened;
    return instance.database().write([&](store::Transaction& tx) -> Status {
        if (tx.query_one("SELECT position FROM ledger_root"))
            return {ErrorKind::conflict, "this database belongs to another instance; give an empty one"};
        instance.ledger().append(tx, {"system", "command line", "instance.made", "", ""});
        return {};
    });
}
}  // namespace

Result<std::vector<vault::SecretText>> create_instance(const NewInstance& wanted) {
    vault::start();
    if (fs::exists(wanted.directory / config_name))
        return {ErrorKind::conflict,
                fmt::format("there is an instance in {} already; nothing was changed", wanted.directory.string())};
    const bool recovery = wanted.recovery_shares > 0;
    if (recovery && (wanted.recovery_threshold < 2 || wanted.recovery_threshold > wanted.recovery_shares ||
                     wanted.recovery_shares > 20))
        return {ErrorKind::invalid, "recovery needs at least 2 of at most 20 shares, such as --shares 3 --threshold 2"};
    const auto files = knowledge_files(wanted.knowledge);
    if (!files) return files.error();
    if (const auto pack = knowledge::Pack::load(*files, wanted.jurisdiction); !pack) return pack.error();
    std::error_code error;
    fs::create_directories(wanted.directory / "keys", error);
    if (error)
        return {ErrorKind::unavailable, fmt::format("cannot make {}: {}", wanted.directory.string(), error.message())};
    fs::permissions(wanted.directory, fs::perms::owner_all, error);
    fs::permissions(wanted.directory / "keys", fs::perms::owner_all, error);
    for (const char* name : {"index.key", "ledger.key", "form.key"}) {
        const fs::path path = wanted.directory / "keys" / name;
        if (fs::exists(path)) continue;
        if (const Status written = write_key(path); !written) return written.error();
    }
    std::vector<vault::SecretText> shares;
    std::string recovery_key;
    if (recovery) {
        const vault::Secret<vault::Key32> seed = vault::random_key();
        recovery_key = vault::KeyPair::from_seed(seed).public_key.to_storage();
        shares = vault::split_secret(seed, wanted.recovery_threshold, wanted.recovery_shares);
    }
    const std::string text = fmt::format(
        "# Tideline. What each setting means: docs/operations.md. This file holds no secret.\n"
        "jurisdiction = \"{}\"\n"
        "database = \"{}\"\n"
        "knowledge = \"{}\"\n"
        "recovery_key = \"{}\"\n"
        "public_url = \"\"\n"
        "staff_url = \"\"\n"
        "smtp_url = \"\"\n"
        "smtp_from = \"\"\n"
        "demo = {}\n"
        "\n"
        "# How many reports (and openings of receipts) the public site takes from one address, and from all, before it "
        "asks people\n"
        "# to wait; beyond that it takes text only, and then keeps reports apart. These are the built-in numbers:\n"
        "# [flood]\n"
        "# source_burst = 10\n"
        "# source_per_minute = 2\n"
        "# global_burst = 200\n"
        "# global_per_minute = 600\n",
        wanted.jurisdiction, wanted.database.empty() ? "sqlite:tideline.db" : wanted.database, wanted.knowledge,
        recovery_key, wanted.demo);
    if (const Status written = write_private(wanted.directory / config_name, text); !written) return written.error();
    if (const Status begun = begin_ledger(wanted.directory); !begun) {
        fs::remove(wanted.directory / config_name, error);
        return begun.error();
    }
    return shares;
}

}  // namespace tideline::cli
