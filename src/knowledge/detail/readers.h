#pragma once
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/pack.h"
#include "knowledge/yaml.h"

/// The files of a pack, one function each. All problems go into the file's own Problems; ids that one file declares
/// and another uses are noted in References and compared at the end.
namespace tideline::knowledge::detail {

/// Which ids are declared, which are used, and where.
class References {
public:
    /// Notes an id; a problem if the kind has it already. Returns the id.
    std::string declare(std::string_view kind, const Yaml& entry);
    /// Notes that `value` (an absent one uses nothing) names a declared id. Returns the id.
    std::string use(std::string_view kind, const Yaml& value);
    /// The same for every member of a list.
    std::vector<std::string> use_each(std::string_view kind, const Yaml& list);
    /// Notes an id that stands inside a text.
    void use_in_text(std::string_view kind, std::string id, const Yaml& text);

    /// Reports every id that is used and not declared.
    void check(Problems& problems) const;

private:
    struct Place {
        std::string kind;
        std::string id;
        std::string file;
        int line;
    };
    std::map<std::string, std::vector<std::string>, std::less<>> declared_;
    std::vector<Place> used_;
};

/// What every reader is given besides its file.
struct Reading {
    PackContents& contents;
    References& references;
};

/// Reads `source`, `date` and `verified`; the date may stand once at the top of the file instead.
Provenance read_provenance(const Yaml& entry, const Yaml& file);

/// A text for reporters: its placeholders must be {emergency} or channels.
std::string read_public_text(const Yaml& text, References& references);

// detail/read_country.cpp
void read_jurisdiction(Yaml file, Reading reading);
void read_calendar(Yaml file, Reading reading);
// detail/read_law.cpp
void read_agencies(Yaml file, Reading reading);
void read_offences(Yaml file, Reading reading);
void read_visas(Yaml file, Reading reading);
void read_sharing(Yaml file, Reading reading);
void read_deadlines(Yaml file, Reading reading);
// detail/read_help.cpp
void read_channels(Yaml file, Reading reading);
void read_needs(Yaml file, Reading reading);
void read_services(Yaml file, Reading reading);
void read_guidance(Yaml file, Reading reading);
// detail/read_reports.cpp
void read_routing(Yaml file, Reading reading);
void read_retention(Yaml file, Reading reading);
void read_messages(Yaml file, Reading reading);

}  // namespace tideline::knowledge::detail
