#include "link/results.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <set>
#include <unordered_map>

#include "base/text.h"
#include "link/detail/parallel.h"

namespace tideline::link {

NamedClusters name_clusters(std::span<const std::uint32_t> clusters, std::span<const std::string> ids,
                            const EarlierClusters& earlier, unsigned threads) {
    NamedClusters named;
    std::map<std::uint32_t, std::string> name;
    if (!earlier.empty()) {
        std::map<std::pair<std::uint32_t, std::string>, std::size_t> shared;
        for (std::size_t record = 0; record < clusters.size(); ++record) {
            const auto found = earlier.find(ids[record]);
            if (found != earlier.end()) ++shared[{clusters[record], found->second}];
        }
        struct Claim {
            std::size_t records;
            std::string earlier;
            std::uint32_t cluster;
        };
        std::vector<Claim> claims;
        for (const auto& [key, records] : shared) claims.push_back({records, key.second, key.first});
        std::sort(claims.begin(), claims.end(), [](const Claim& a, const Claim& b) {
            return std::tie(b.records, a.earlier, a.cluster) < std::tie(a.records, b.earlier, b.cluster);
        });
        std::set<std::string> taken;
        for (const Claim& claim : claims) {
            if (!name.contains(claim.cluster) && taken.insert(claim.earlier).second)
                name[claim.cluster] = claim.earlier;
        }
        // A record's own id may already be the name of an earlier cluster that went elsewhere.
        for (std::size_t record = 0; record < clusters.size(); ++record) {
            const std::uint32_t cluster = clusters[record];
            if (name.contains(cluster)) continue;
            std::string fresh = ids[cluster];
            for (int number = 2; !taken.insert(fresh).second; ++number)
                fresh = fmt::format("{}-{}", ids[cluster], number);
            name[cluster] = fresh;
        }
        for (const auto& [key, records] : shared) {
            const std::string& now = name.at(key.first);
            named.from[now].push_back(key.second);
        }
        std::erase_if(named.from,
                      [](const auto& entry) { return entry.second.size() == 1 && entry.second[0] == entry.first; });
    }
    named.name_of.resize(clusters.size());
    detail::parallel_stretches(clusters.size(), 1 << 14, threads, [&](std::size_t from, std::size_t to, unsigned) {
        for (std::size_t record = from; record < to; ++record)
            named.name_of[record] = name.empty() ? ids[clusters[record]] : name.at(clusters[record]);
    });
    return named;
}

namespace {

void add_cell(std::string& to, std::string_view text) {
    const bool plain =
        std::none_of(text.begin(), text.end(), [](char c) { return c == ',' || c == '"' || c == '\r' || c == '\n'; });
    if (plain) {
        to += text;
        return;
    }
    to.push_back('"');
    for (const char c : text) {
        if (c == '"') to.push_back('"');
        to.push_back(c);
    }
    to.push_back('"');
}

}  // namespace

std::string csv_cell(std::string_view text) {
    std::string cell;
    add_cell(cell, text);
    return cell;
}

std::vector<std::string> clusters_csv(const NamedClusters& named, std::span<const std::string> ids, unsigned threads) {
    constexpr std::size_t stretch = 1 << 14;
    std::vector<std::string> pieces(1 + (ids.size() + stretch - 1) / stretch);
    pieces[0] = "id,cluster,from\n";
    detail::parallel_stretches(ids.size(), stretch, threads, [&](std::size_t from, std::size_t to, unsigned) {
        std::string& out = pieces[1 + from / stretch];
        out.reserve((to - from) * 20);
        for (std::size_t record = from; record < to; ++record) {
            add_cell(out, ids[record]);
            out.push_back(',');
            add_cell(out, named.name_of[record]);
            out.push_back(',');
            if (!named.from.empty()) {
                const auto found = named.from.find(named.name_of[record]);
                if (found != named.from.end()) add_cell(out, fmt::format("{}", fmt::join(found->second, " ")));
            }
            out.push_back('\n');
        }
    });
    return pieces;
}

std::string pairs_csv(const Linkage& linkage, std::span<const std::string> ids) {
    std::string out = "id_a,id_b,bits,chance\n";
    for (const Edge& edge : linkage.edges) {
        if (edge.bits < linkage.threshold_bits) continue;
        fmt::format_to(std::back_inserter(out), "{},{},{:.2f},{:.6f}\n", csv_cell(ids[edge.a]), csv_cell(ids[edge.b]),
                       edge.bits, 1 / (1 + std::exp2(-static_cast<double>(edge.bits))));
    }
    return out;
}

std::string follow_the_money(const Table& table, const Schema& schema, const NamedClusters& named,
                             std::span<const std::string> ids) {
    const auto property = [](Kind kind) -> std::string_view {
        switch (kind) {
            case Kind::given_name: return "firstName";
            case Kind::family_name: return "lastName";
            case Kind::full_name: return "name";
            case Kind::date: return "birthDate";
            case Kind::sex: return "gender";
            case Kind::country: return "nationality";
            case Kind::phone: return "phone";
            case Kind::email: return "email";
            case Kind::document: return "idNumber";
            case Kind::address: return "address";
            default: return {};
        }
    };
    std::vector<std::pair<std::string, std::vector<std::size_t>>> columns;
    for (const Field& field : schema.fields) {
        if (property(field.kind).empty()) continue;
        std::vector<std::size_t> found;
        for (const auto& column : field.columns) {
            if (const auto at = table.column(column)) found.push_back(*at);
        }
        columns.emplace_back(property(field.kind), found);
    }
    std::map<std::string, std::vector<std::size_t>> records;
    for (std::size_t record = 0; record < ids.size(); ++record) records[named.name_of[record]].push_back(record);
    std::string out;
    for (const auto& [name, members] : records) {
        nlohmann::json entity = {{"id", name}, {"schema", "Person"}};
        std::map<std::string, std::set<std::string>> values;
        nlohmann::json referents = nlohmann::json::array();
        for (const auto record : members) {
            referents.push_back(ids[record]);
            std::string given, family;
            for (const auto& [to, from] : columns) {
                for (const auto column : from) {
                    for (const auto piece : text::split(table.cell(record, column), value_separator)) {
                        const std::string value(text::trim(piece));
                        if (value.empty()) continue;
                        values[to].insert(value);
                        if (to == "firstName") given = value;
                        if (to == "lastName") family = value;
                    }
                }
            }
            if (!given.empty() || !family.empty())
                values["name"].insert(given.empty() ? family : family.empty() ? given : given + " " + family);
        }
        for (const auto& [to, distinct] : values) entity["properties"][to] = distinct;
        entity["referents"] = referents;
        out += entity.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        out.push_back('\n');
    }
    return out;
}

namespace {

std::string escaped(std::string_view text) { return text::html_escape(text); }

/// A bar from the middle: to the right for, to the left against.
std::string bar(double bits) {
    const double width = std::min(std::abs(bits), 24.0) * 4;
    return fmt::format(
        "<svg class=bar width=200 height=12 role=img aria-label=\"{0:+.1f} bits\"><rect x={1:.0f} y=1 width={2:.0f} "
        "height=10 class={3} /></svg>",
        bits, bits < 0 ? 100 - width : 100, width, bits < 0 ? "against" : "for");
}

std::string weights_section(const Model& model) {
    std::string out =
        "<h2>What agreement weighs</h2><p>m: how often this happens among records of one person; u: among different "
        "people. The weight is "
        "log<sub>2</sub>(m/u) in bits; equality on a rare value weighs more, on a common one less.</p>"
        "<table><tr><th>Comparison<th>Outcome<th>m<th>u<th>bits<th></tr>";
    for (const Comparison& comparison : model.comparisons) {
        for (std::size_t level = 1; level < comparison.levels.size(); ++level) {
            const Level& of = comparison.levels[level];
            fmt::format_to(std::back_inserter(out),
                           "<tr><td>{}<td>{}<td class=n>{:.4f}<td class=n>{:.3g}<td class=n>{:+.1f}<td>{}</tr>",
                           level == 1 ? escaped(comparison.name) : "", escaped(of.name), of.m, of.u,
                           comparison.weight(level), bar(comparison.weight(level)));
        }
    }
    out += "</table><h3>People who have to do with each other</h3><table><tr><th>Relation<th>Share of all pairs</tr>";
    for (const Relation& relation : model.relations) {
        fmt::format_to(std::back_inserter(out), "<tr><td>{}<td class=n>{:.3g}</tr>", escaped(relation.name),
                       relation.share);
    }
    return out + "</table>";
}

std::string waterfall(const ReportPair& pair) {
    std::string out =
        fmt::format("<h3>{}: {} and {}</h3><table><tr><th>Compared<th>{}<th>{}<th>Outcome<th>bits<th>sum<th></tr>",
                    escaped(pair.title), escaped(pair.a), escaped(pair.b), escaped(pair.a), escaped(pair.b));
    float sum = pair.explanation.prior_bits;
    const auto row = [&](std::string_view name, std::string_view a, std::string_view b, std::string_view level,
                         float bits) {
        fmt::format_to(std::back_inserter(out),
                       "<tr><td>{}<td>{}<td>{}<td>{}<td class=n>{:+.1f}<td class=n>{:+.1f}<td>{}</tr>", escaped(name),
                       escaped(a), escaped(b), escaped(level), bits, sum, bar(bits));
    };
    row("before looking", "", "", "chance that any two records match", pair.explanation.prior_bits);
    for (const ComparedField& field : pair.explanation.fields) {
        sum += field.bits;
        row(field.name, field.left, field.right, field.level, field.bits);
    }
    sum += pair.explanation.relation_bits;
    row("what related people share", "", "", "taken off", pair.explanation.relation_bits);
    fmt::format_to(std::back_inserter(out),
                   "<tr><th colspan=5>Chance of being one person<th class=n>{:.4f}<th></tr></table>",
                   pair.explanation.chance);
    return out;
}

std::string histogram(const Linkage& linkage) {
    std::map<int, std::size_t> bins;
    std::size_t most = 1;
    for (const Edge& edge : linkage.edges)
        most = std::max(most, ++bins[static_cast<int>(std::floor(std::min(edge.bits, 60.f) / 2)) * 2]);
    std::string out = "<h2>Scores of the pairs that were kept</h2><table><tr><th>bits<th>pairs<th></tr>";
    for (const auto& [bits, count] : bins) {
        fmt::format_to(std::back_inserter(out),
                       "<tr{}><td class=n>{:+}<td class=n>{}<td><svg class=bar width=400 height=12 "
                       "aria-hidden=true><rect y=1 height=10 width={:.0f} class={} /></svg></tr>",
                       static_cast<float>(bits) >= linkage.threshold_bits ? "" : " class=below", bits, count,
                       400.0 * static_cast<double>(count) / static_cast<double>(most),
                       static_cast<float>(bits) >= linkage.threshold_bits ? "for" : "against");
    }
    return out + fmt::format("</table><p>Pairs from {:+.1f} bits on are linked.</p>", linkage.threshold_bits);
}

std::string accuracy_section(const Accuracy& accuracy) {
    const auto row = [](std::string_view name, const Rates& rates) {
        return fmt::format("<tr><td>{}<td class=n>{:.4f}<td class=n>{:.4f}<td class=n>{:.4f}</tr>", name,
                           rates.precision, rates.recall, rates.f1);
    };
    std::string out = fmt::format(
        "<h2>How right it is</h2><p>{} true pairs; {} of them were found by blocking and kept. What blocking missed "
        "counts as missed.</p>"
        "<table><tr><th><th>precision<th>recall<th>F1</tr>{}{}{}</table>",
        accuracy.true_pairs, accuracy.found_by_blocking, row("pairs, at the threshold", accuracy.pairs),
        row(fmt::format("pairs, best threshold ({:+.1f} bits)", accuracy.best_threshold_bits), accuracy.pairs_best),
        row("clusters", accuracy.clusters));
    std::string line;
    out +=
        "<h3>Precision and recall by threshold</h3><svg width=420 height=320 role=img aria-label='precision over "
        "recall; the numbers stand in the table'>"
        "<rect x=40 y=10 width=360 height=270 class=frame />";
    for (const auto& point : accuracy.curve) {
        fmt::format_to(std::back_inserter(line), "{:.1f},{:.1f} ", 40 + 360 * point.rates.recall,
                       280 - 270 * point.rates.precision);
    }
    out += fmt::format(
        "<polyline points='{}' class=line /><text x=180 y=310>recall</text><text x=4 "
        "y=150>prec.</text></svg><table><tr><th>bits<th>precision<th>recall<th>F1</tr>",
        line);
    for (std::size_t i = 0; i < accuracy.curve.size(); i += std::max<std::size_t>(1, accuracy.curve.size() / 24)) {
        const auto& point = accuracy.curve[i];
        fmt::format_to(std::back_inserter(out),
                       "<tr><td class=n>{:+.1f}<td class=n>{:.4f}<td class=n>{:.4f}<td class=n>{:.4f}</tr>", point.bits,
                       point.rates.precision, point.rates.recall, point.rates.f1);
    }
    return out + "</table>";
}

std::string clusters_section(const ReportSource& source) {
    std::unordered_map<std::uint32_t, std::size_t> sizes;
    for (const auto cluster : source.linkage->clusters) ++sizes[cluster];
    std::map<std::size_t, std::size_t> by_size;
    std::vector<std::pair<std::size_t, std::uint32_t>> biggest;
    for (const auto& [cluster, size] : sizes) {
        ++by_size[size];
        if (size > 1) biggest.emplace_back(size, cluster);
    }
    std::sort(biggest.begin(), biggest.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    std::string out = "<h2>Clusters</h2><table><tr><th>records<th>clusters</tr>";
    for (const auto& [size, count] : by_size)
        fmt::format_to(std::back_inserter(out), "<tr><td class=n>{}<td class=n>{}</tr>", size, count);
    out += "</table><h3>Biggest</h3><table><tr><th>Cluster<th>records<th>first record</tr>";
    constexpr std::size_t shown = 20;
    for (std::size_t i = 0; i < std::min(biggest.size(), shown); ++i) {
        std::string first;
        const Row& row = source.data->row(biggest[i].second);
        for (std::size_t slot = 0; slot < source.data->slots().size(); ++slot) {
            const auto values = source.data->values(row.value[slot]);
            if (values.empty()) continue;
            if (!first.empty()) first += ", ";
            first += source.data->text(slot, values[0]);
        }
        fmt::format_to(std::back_inserter(out), "<tr><td>{}<td class=n>{}<td>{}</tr>",
                       escaped(source.named->name_of[biggest[i].second]), biggest[i].first, escaped(first));
    }
    return out + "</table>";
}

std::string blocking_section(const Linkage& linkage) {
    std::string out =
        "<h2>Which pairs were looked at</h2><table><tr><th>Records that agree on<th>at most<th>pairs "
        "compared<th>linked</tr>";
    for (const auto& rule : linkage.rules) {
        fmt::format_to(std::back_inserter(out), "<tr><td>{}<td class=n>{}<td class=n>{}<td class=n>{}</tr>",
                       escaped(rule.name), rule.block_max, rule.compared, rule.linked);
    }
    fmt::format_to(std::back_inserter(out),
                   "</table><h3>Blocks that were too big</h3><p>{} in all; they were split by a second key where there "
                   "is one. What only met there was not compared.</p>"
                   "<table><tr><th>Rule<th>Key<th>records<th>compared in parts</tr>",
                   linkage.skipped_blocks);
    constexpr std::size_t shown = 60;
    auto skipped = linkage.skipped;
    std::stable_sort(skipped.begin(), skipped.end(),
                     [](const SkippedBlock& a, const SkippedBlock& b) { return a.records > b.records; });
    for (std::size_t i = 0; i < std::min(skipped.size(), shown); ++i) {
        fmt::format_to(std::back_inserter(out), "<tr><td>{}<td>{}<td class=n>{}<td class=n>{}</tr>",
                       escaped(skipped[i].rule), escaped(skipped[i].key), skipped[i].records,
                       skipped[i].compared_in_parts);
    }
    return out + "</table>";
}

}  // namespace

std::string html_report(const ReportSource& source) {
    const Linkage& linkage = *source.linkage;
    std::set<std::uint32_t> clusters(linkage.clusters.begin(), linkage.clusters.end());
    std::string out = fmt::format(
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport "
        "content='width=device-width'><title>{0}</title><style>"
        "body{{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 "
        "1rem;color:#1a1a1a;background:#fff}}"
        "table{{border-collapse:collapse;margin:1rem 0}}th,td{{text-align:left;padding:.15rem .6rem;border-bottom:1px "
        "solid #ccc;vertical-align:top}}"
        ".n{{text-align:right;font-variant-numeric:tabular-nums}}.for{{fill:#1d6b44}}.against{{fill:#9c3b12}}.bar{{"
        "background:#f1f1f1}}"
        ".frame{{fill:none;stroke:#888}}.line{{fill:none;stroke:#1d4f8f;stroke-width:2}}.below{{color:#555}}</"
        "style><h1>{0}</h1>"
        "<p>This page contains what the records contain: keep it as safe as them.</p>"
        "<table><tr><th>Records<td class=n>{1}</tr><tr><th>People found<td class=n>{2}</tr><tr><th>Pairs compared<td "
        "class=n>{3}</tr>"
        "<tr><th>Lines that could not be read<td class=n>{4}</tr><tr><th>Chance that two records match, before "
        "looking<td class=n>{5:.3g}</tr></table>",
        escaped(source.title), linkage.clusters.size(), clusters.size(), linkage.pairs_compared, source.bad_lines,
        linkage.model.prior);
    if (source.accuracy != nullptr) out += accuracy_section(*source.accuracy);
    if (!source.pairs.empty()) out += "<h2>Pairs, step by step</h2>";
    for (const ReportPair& pair : source.pairs) out += waterfall(pair);
    out += histogram(linkage);
    out += weights_section(linkage.model);
    out += clusters_section(source);
    out += blocking_section(linkage);
    return out + "</html>\n";
}

}  // namespace tideline::link
