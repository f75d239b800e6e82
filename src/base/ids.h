#pragma once
#include <array>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "base/text.h"

namespace tideline {

/// A random 128-bit identifier of one kind of thing, written as 32 lower-case hexadecimal digits. It says nothing about
/// when or in which order things were made. Ids of different kinds do not convert into each other.
template <class Tag>
class Id {
public:
    Id() = default;
    explicit Id(const std::array<unsigned char, 16>& bytes) : text_(text::hex(bytes)) {}

    /// The id that a text stands for; nothing unless it is exactly 32 lower-case hexadecimal digits.
    static std::optional<Id> parse(std::string_view text) {
        if (text.size() != 32) return std::nullopt;
        for (const char c : text) {
            if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) return std::nullopt;
        }
        Id id;
        id.text_ = text;
        return id;
    }
    /// The id behind a column that this program wrote.
    static Id stored(std::string text) {
        Id id;
        id.text_ = std::move(text);
        return id;
    }

    const std::string& str() const { return text_; }
    bool empty() const { return text_.empty(); }
    auto operator<=>(const Id&) const = default;

private:
    std::string text_;
};

using ReportId = Id<struct ReportTag>;
using MessageId = Id<struct MessageTag>;
using AttachmentId = Id<struct AttachmentTag>;
using NoteId = Id<struct NoteTag>;
using BlobId = Id<struct BlobTag>;
using AgencyId = Id<struct AgencyTag>;
using TeamId = Id<struct TeamTag>;
using StaffId = Id<struct StaffTag>;

}  // namespace tideline
