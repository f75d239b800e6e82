#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"
#include "vault/seal.h"

namespace tideline::web::pages {

/// Seals what a form carries from page to page, so that nothing has to be stored before it is sent. Every UTC day has a
/// key of its own, derived from the master key; a form that was opened some days ago can still be continued.
/// Padded to size classes: the page's length does not tell how much was written. Safe from several threads.
class FormSeal {
public:
    /// Days for which a form stays open, today included.
    static constexpr std::int64_t days_accepted = 4;
    /// The most that a form may carry, before sealing.
    static constexpr std::size_t bytes_max = 64 * 1024;

    /// @param master  32 bytes that every process of the public site shares; `clock` outlives this object
    FormSeal(vault::Secret<vault::Key32> master, const Clock& clock) : master_(std::move(master)), clock_(clock) {}

    /// What stands in the hidden field: base64url of at most 88 KiB. `purpose` keeps forms of different kinds apart.
    /// `bytes` must not be longer than bytes_max.
    std::string seal(std::string_view purpose, std::string_view bytes) const;
    /// What was sealed; nothing if it was changed, is of another purpose or installation, or older than days_accepted.
    std::optional<vault::SecretText> open(std::string_view purpose, std::string_view sealed) const;

private:
    vault::Secret<vault::Key32> day_key(std::int64_t day) const;

    vault::Secret<vault::Key32> master_;
    const Clock& clock_;
};

}  // namespace tideline::web::pages
