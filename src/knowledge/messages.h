#pragma once
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/pack.h"
#include "knowledge/po.h"

/// Collects what translators translate: the texts of the public site, wherever they are written. Staff pages are in
/// English only; what lies in a folder named `staff` is left out.
namespace tideline::knowledge {

/// An English text that reporters read, and the files that it stands in.
struct Message {
    std::string id;
    std::vector<std::string> places;  ///< by name, each once
};

/// The texts [[…]] of a template.
std::vector<std::string> texts_of_template(std::string_view name, std::string_view bytes, Problems& problems);
/// The texts tr("…") of a source file; adjacent literals are one text.
std::vector<std::string> texts_of_source(std::string_view name, std::string_view bytes, Problems& problems);

/// Every message of the source tree (site/templates, src/web) and of the pack, in order of first use.
/// @return Error::unavailable if the tree cannot be read, Error::invalid if a text in it is malformed
Result<std::vector<Message>> collect_messages(const std::filesystem::path& source_root, const Pack& pack);

/// The catalogue with exactly these messages: translations that it has are kept, others are empty.
PoFile merged(const PoFile& old, std::span<const Message> messages);

/// What a translator still owes: the ids without a translation that would be shown.
std::vector<std::string> untranslated(const PoFile& po, std::span<const Message> messages);

}  // namespace tideline::knowledge
