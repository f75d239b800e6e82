#include <fmt/format.h>

#include "knowledge/detail/readers.h"

namespace tideline::knowledge::detail {

namespace {

struct BlockKey {
    std::string_view key;
    BlockKind kind;
};
constexpr BlockKey block_keys[] = {{"heading", BlockKind::heading}, {"paragraph", BlockKind::paragraph},
                                   {"callout", BlockKind::callout}, {"list", BlockKind::list},
                                   {"steps", BlockKind::steps},     {"channels", BlockKind::channels},
                                   {"link", BlockKind::link}};

void read_link_target(const Yaml& entry, Block& block) {
    block.target = entry.text("to");
    if (!block.target.empty() && !block.target.starts_with("/") && !block.target.starts_with("https://")) {
        entry.problem(fmt::format("'{}' is no place a link can lead to", block.target),
                      "write a path on this site (/report) or an https address");
    }
}

Block read_block(const Yaml& entry, References& references) {
    Block block;
    int given = 0;
    for (const BlockKey& known : block_keys) {
        const Yaml value = entry.maybe(known.key);
        if (!value) continue;
        ++given;
        block.kind = known.kind;
        if (known.kind == BlockKind::channels) {
            block.texts = references.use_each("channel", value);
        } else if (known.kind == BlockKind::list || known.kind == BlockKind::steps) {
            for (const Yaml& member : value.as_list()) block.texts.push_back(read_public_text(member, references));
        } else {
            block.texts.push_back(read_public_text(value, references));
        }
        if (known.kind == BlockKind::link) read_link_target(entry, block);
    }
    if (given != 1) {
        entry.problem(fmt::format("a block needs one kind, this one has {}", given),
                      "give one of heading, paragraph, callout, list, steps, channels or link");
    }
    return block;
}

}  // namespace

void read_channels(Yaml file, Reading reading) {
    for (const Yaml& entry : file.list("channels")) {
        Channel out;
        out.id = reading.references.declare("channel", entry);
        out.name = entry.text("name");
        out.kind = entry.choice<ChannelKind>("kind", {{"emergency", ChannelKind::emergency},
                                                      {"phone", ChannelKind::phone},
                                                      {"online", ChannelKind::online},
                                                      {"email", ChannelKind::email},
                                                      {"interpreter", ChannelKind::interpreter}});
        out.value = entry.text("value");
        out.link = entry.maybe_text("link");
        out.abroad = entry.maybe_text("abroad");
        out.description = entry.text("description");
        out.agency = reading.references.use("agency", entry.maybe("agency"));
        out.anonymous = entry.maybe_flag("anonymous", false);
        out.provenance = read_provenance(entry, file);
        const bool leads_somewhere = out.link.empty() || out.link.starts_with("tel:") ||
                                     out.link.starts_with("https://") || out.link.starts_with("mailto:");
        if (!leads_somewhere) {
            entry.at("link").problem(fmt::format("'{}' is no link", out.link),
                                     "begin it with tel:, mailto: or https://");
        }
        reading.contents.channels.push_back(std::move(out));
    }
}

void read_needs(Yaml file, Reading reading) {
    for (const Yaml& entry : file.list("needs")) {
        Need out;
        out.id = reading.references.declare("need", entry);
        out.name = entry.text("name");
        out.parts = entry.maybe_texts("parts");
        out.provenance = read_provenance(entry, file);
        reading.contents.needs.push_back(std::move(out));
    }
}

void read_services(Yaml file, Reading reading) {
    for (const Yaml& entry : file.list("providers")) {
        Provider out;
        out.id = reading.references.declare("provider", entry);
        out.name = entry.text("name");
        out.agency = reading.references.use("agency", entry.maybe("agency"));
        out.note = entry.maybe_text("note");
        out.provenance = read_provenance(entry, file);
        reading.contents.providers.push_back(std::move(out));
    }
    for (const Yaml& entry : file.list("services")) {
        Service out;
        out.id = reading.references.declare("service", entry);
        out.name = entry.text("name");
        out.provider = reading.references.use("provider", entry.at("provider"));
        out.needs = reading.references.use_each("need", entry.at("needs"));
        out.eligibility = entry.text("eligibility");
        out.needs_certification = entry.maybe_flag("needs_certification", false);
        out.provenance = read_provenance(entry, file);
        reading.contents.services.push_back(std::move(out));
    }
}

void read_guidance(Yaml file, Reading reading) {
    std::vector<int> numbers;
    for (const Yaml& entry : file.list("pages")) {
        GuidancePage page;
        page.id = reading.references.declare("guidance page", entry);
        page.number = static_cast<int>(entry.integer("number", 1, 99));
        if (std::ranges::find(numbers, page.number) != numbers.end()) {
            entry.at("number").problem(fmt::format("the number {} is used twice", page.number),
                                       "give each page its own");
        }
        numbers.push_back(page.number);
        page.title = read_public_text(entry.at("title"), reading.references);
        page.summary = read_public_text(entry.maybe("summary"), reading.references);
        for (const Yaml& block : entry.list("blocks")) page.blocks.push_back(read_block(block, reading.references));
        page.provenance = read_provenance(entry, file);
        reading.contents.guidance.push_back(std::move(page));
    }
}

}  // namespace tideline::knowledge::detail
