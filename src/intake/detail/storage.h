#pragma once
#include <string>

#include "base/result.h"
#include "intake/types.h"
#include "store/database.h"

/// What both sides of a report share: the names under which its parts are sealed, and its end.
namespace tideline::intake::detail {

inline constexpr std::string_view reporter_recipient = "reporter";

std::string grant_field(std::string_view recipient);
std::string message_field(const MessageId& id);
std::string note_field(const NoteId& id);
std::string file_field(const AttachmentId& id);
std::string blob_field(const AttachmentId& id);
std::string key_field(std::int64_t generation);

std::string stream_of(const ReportId& id);

/// Opens a column that seal() wrote: under this key, or under whichever of a report's keys it was sealed.
Result<vault::SecretText> open_column(const vault::ObjectKey& key, const ReportId& report, std::string_view field,
                                      const std::string& stored);
Result<vault::SecretText> open_column(const vault::ObjectKeys& keys, const ReportId& report, std::string_view field,
                                      const std::string& stored);

/// Name, type and size of a file, from its sealed description.
Result<Attachment> open_attachment(const vault::ObjectKeys& keys, const ReportId& report, const store::Row& row);
/// The columns that open_attachment expects.
inline constexpr std::string_view attachment_columns = "id, message_id, at_ms, description";

/// Destroys the keys and texts of a report; what remains is that it existed. Gives the blobs to remove after the
/// commit.
std::vector<BlobId> shred(store::Transaction& transaction, const ReportId& report, Instant now);

}  // namespace tideline::intake::detail
