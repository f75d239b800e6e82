#include "intake/detail/storage.h"

#include <charconv>

namespace tideline::intake::detail {

std::string grant_field(std::string_view recipient) { return "grant:" + std::string(recipient); }
std::string message_field(const MessageId& id) { return "message:" + id.str(); }
std::string note_field(const NoteId& id) { return "note:" + id.str(); }
std::string file_field(const AttachmentId& id) { return "file:" + id.str(); }
std::string key_field(std::int64_t generation) { return "key:" + std::to_string(generation); }
std::string blob_field(const AttachmentId& id) { return "blob:" + id.str(); }
std::string stream_of(const ReportId& id) { return "report:" + id.str(); }

Result<vault::SecretText> open_column(const vault::ObjectKey& key, const ReportId& report, std::string_view field,
                                      const std::string& stored) {
    const auto sealed = vault::Sealed::from_storage(stored);
    if (!sealed) return {ErrorKind::corrupt, "a sealed column is damaged"};
    return vault::open(key, {report.str(), field}, *sealed);
}

Result<vault::SecretText> open_column(const vault::ObjectKeys& keys, const ReportId& report, std::string_view field,
                                      const std::string& stored) {
    const auto sealed = vault::Sealed::from_storage(stored);
    if (!sealed) return {ErrorKind::corrupt, "a sealed column is damaged"};
    return keys.open({report.str(), field}, *sealed);
}

Result<Attachment> open_attachment(const vault::ObjectKeys& keys, const ReportId& report, const store::Row& row) {
    Attachment file;
    file.id = AttachmentId::stored(row.text(0));
    file.message = MessageId::stored(row.text(1));
    file.at = {row.integer(2)};
    const auto packed = open_column(keys, report, file_field(file.id), row.text(3));
    if (!packed) return packed.error();
    auto texts = unpack_texts(packed->expose());
    if (!texts) return {ErrorKind::corrupt, "a file's description is damaged"};
    for (auto& [name, text] : *texts) {
        if (name == "name")
            file.name = std::move(text);
        else if (name == "type")
            file.type = std::string(text.expose());
        else if (name == "bytes")
            std::from_chars(text.expose().data(), text.expose().data() + text.size(), file.bytes);
    }
    return file;
}

std::vector<BlobId> shred(store::Transaction& tx, const ReportId& report, Instant now) {
    std::vector<BlobId> blobs;
    for (const store::Row& row : tx.query("SELECT blob_id FROM attachment WHERE report_id = :report", {report.str()}))
        blobs.push_back(BlobId::stored(row.text(0)));
    tx.run("DELETE FROM report_grant WHERE report_id = :report", {report.str()});
    tx.run("DELETE FROM report_key WHERE report_id = :report", {report.str()});
    tx.run("DELETE FROM attachment WHERE report_id = :report", {report.str()});
    tx.run("DELETE FROM message WHERE report_id = :report", {report.str()});
    tx.run("DELETE FROM note WHERE report_id = :report", {report.str()});
    // Of assessments and decisions only the classes remain, for counting.
    tx.run("UPDATE assessment SET body = '' WHERE report_id = :report", {report.str()});
    tx.run("UPDATE decision SET body = '', message = '', offered = '' WHERE report_id = :report", {report.str()});
    tx.run("DELETE FROM report_read WHERE report_id = :report", {report.str()});
    tx.run("DELETE FROM report_unread WHERE report_id = :report", {report.str()});
    tx.run(
        "UPDATE report SET state = 'deleted', locator = '', salt = '', reporter_key = '', summary = '', answers = '', "
        "changed_ms = :now, due_ms = 0 "
        "WHERE id = :report",
        {now.ms, report.str()});
    return blobs;
}

}  // namespace tideline::intake::detail
