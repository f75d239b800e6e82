// Measurements behind docs/names.md. DIR is the folder of screening data.
//   bench_names kernels               speed of the string kernels
//   bench_names scripts DIR           one word in another script among 10,000 in Latin letters (its transliteration/)
//   bench_names aliases DIR           aliases of the UN list, left out one by one
//   bench_names fairness DIR NAMES    wrong matches by script, length, origin (tools/names/common_names.txt)
//   bench_names calibrate CASES…      what the log-likelihood ratio is worth on labelled pairs, and which points suit
//   them

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <random>
#include <string>
#include <vector>

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <span>
#include <unordered_map>

#include "base/text.h"
#include "names/detail/evidence.h"
#include "names/detail/fold.h"
#include "names/detail/spelling.h"
#include "names/detail/spelling_units.h"
#include "names/index.h"
#include "names/kernels.h"
#include "names/names.h"

namespace {
using namespace tideline::names;

template <class Run>
double nanoseconds_each(std::size_t count, Run run) {
    const auto start = std::chrono::steady_clock::now();
    run();
    const std::chrono::duration<double, std::nano> spent = std::chrono::steady_clock::now() - start;
    return spent.count() / static_cast<double>(count);
}

void kernels() {
    std::mt19937 random(1);
    std::vector<std::string> words(1'000);
    for (std::string& word : words) {
        const std::size_t length = 10 + random() % 5;
        for (std::size_t i = 0; i < length; ++i) word += static_cast<char>('a' + random() % 20);
    }
    std::vector<Pattern<char>> patterns(words.begin(), words.begin() + 100);
    const std::size_t pairs = patterns.size() * words.size();
    double sink = 0;
    const auto each = [&](const char* name, auto compare) {
        double best = 1e9;
        for (int round = 0; round < 5; ++round) {
            best = std::min(best, nanoseconds_each(pairs, [&] {
                                for (const auto& pattern : patterns) {
                                    for (const auto& word : words) sink += static_cast<double>(compare(pattern, word));
                                }
                            }));
        }
        fmt::print("  {:<44} {:6.1f} ns\n", name, best);
    };
    fmt::print("pairs of about 12 letters\n");
    each("levenshtein, prepared", [](const auto& p, const auto& w) { return p.levenshtein(w); });
    each("levenshtein, prepared, limit 3", [](const auto& p, const auto& w) { return p.levenshtein(w, 3); });
    each("levenshtein", [](const auto& p, const auto& w) { return levenshtein(p.text(), w); });
    each("osa, prepared", [](const auto& p, const auto& w) { return p.osa(w); });
    each("jaro_winkler, prepared", [](const auto& p, const auto& w) { return p.jaro_winkler(w); });
    each("jaro_winkler, prepared, at least .85", [](const auto& p, const auto& w) { return p.jaro_winkler(w, .85); });
    each("jaro_winkler", [](const auto& p, const auto& w) { return jaro_winkler(p.text(), w); });
    std::vector<PatternPack> packs;
    for (std::size_t at = 0; at + PatternPack::lanes <= 128; at += PatternPack::lanes) {
        std::vector<std::string_view> views(words.begin() + static_cast<long>(at),
                                            words.begin() + static_cast<long>(at + PatternPack::lanes));
        packs.emplace_back(views);
    }
    const auto each_packed = [&](const char* name, auto compare) {
        double best = 1e9;
        for (int round = 0; round < 5; ++round) {
            best = std::min(best, nanoseconds_each(packs.size() * PatternPack::lanes * words.size(), [&] {
                                for (const auto& pack : packs) {
                                    for (const auto& word : words) compare(pack, word);
                                }
                            }));
        }
        fmt::print("  {:<44} {:6.1f} ns\n", name, best);
    };
    std::array<std::uint16_t, PatternPack::lanes> distances;
    std::array<double, PatternPack::lanes> similarities;
    each_packed("levenshtein, 32 at once", [&](const auto& pack, const auto& word) {
        pack.levenshtein(word, distances);
        sink += distances[0];
    });
    each_packed("osa, 32 at once", [&](const auto& pack, const auto& word) {
        pack.osa(word, distances);
        sink += distances[0];
    });
    each_packed("jaro_winkler, 32 at once", [&](const auto& pack, const auto& word) {
        pack.jaro_winkler(word, similarities);
        sink += similarities[0];
    });
    if (sink < 0) fmt::print("{}\n", sink);
}
double token_score(const detail::Tables& tables, std::u32string_view native, const Prepared& latin) {
    if (latin.parts().empty()) return -1e9;
    return -static_cast<double>(detail::spelling_cost(tables, native, latin.parts()[0].latin()));
}

struct Token {
    std::string latin, native;
};

std::vector<Token> tokens_of(const std::string& path, bool held_out) {
    std::vector<Token> tokens;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        const auto columns = tideline::text::split(line, '\t');
        if (columns.size() < 3 || detail::held_out(columns[0]) != held_out) continue;
        std::string native;
        for (const char c : columns[1]) {
            if (c != ' ') native += c;
        }
        tokens.push_back({std::string(columns[0]), native});
    }
    return tokens;
}

/// Recall of the right Latin word, for words that nothing was learned from.
void scripts(const std::string& folder) {
    const auto& tables = detail::tables();
    for (const std::string script : {"arabic", "chinese", "hebrew", "japanese", "korean", "russian"}) {
        const std::string path = folder + "/wd_" + script + "_20";
        std::vector<Token> asked = tokens_of(path, true), rest = tokens_of(path, false);
        std::mt19937 random(7);
        std::shuffle(asked.begin(), asked.end(), random);
        std::shuffle(rest.begin(), rest.end(), random);
        if (asked.size() > 300) asked.resize(300);
        // The pool: every right answer, filled up with other words to 10,000 different ones.
        std::vector<std::string> pool;
        std::unordered_map<std::string, std::size_t> place;
        std::unordered_multimap<std::string, std::string> right;
        const auto add = [&](const std::string& latin) {
            const std::string folded = detail::folded(tables, latin);
            if (pool.size() < 10'000 && place.emplace(folded, pool.size()).second) pool.push_back(folded);
        };
        for (const Token& token : asked) {
            add(token.latin);
            right.emplace(token.native, detail::folded(tables, token.latin));
        }
        for (const Token& token : rest) {
            add(token.latin);
            right.emplace(token.native, detail::folded(tables, token.latin));
        }
        std::vector<Prepared> prepared;
        for (const std::string& latin : pool) prepared.push_back(prepare(latin, Schema::person));
        std::size_t first = 0, ten = 0;
        std::vector<double> right_values, wrong_values;
        for (const Token& token : asked) {
            std::u32string query = detail::spelling_units(token.native);
            for (char32_t& unit : query) unit = static_cast<char32_t>(tables.unit_number(unit));
            std::vector<std::pair<double, std::size_t>> scored;
            for (std::size_t i = 0; i < prepared.size(); ++i)
                scored.emplace_back(-token_score(tables, query, prepared[i]), i);
            std::partial_sort(scored.begin(), scored.begin() + 10, scored.end());
            const auto [begin, end] = right.equal_range(token.native);
            bool at_first = false, in_ten = false;
            for (std::size_t i = 0; i < 10; ++i) {
                for (auto answer = begin; answer != end; ++answer) {
                    if (answer->second != pool[scored[i].second]) continue;
                    in_ten = true;
                    at_first = at_first || i == 0;
                }
            }
            first += at_first;
            ten += in_ten;
            right_values.push_back(token_score(tables, query, prepare(token.latin, Schema::person)));
            wrong_values.push_back(token_score(tables, query, prepared[random() % prepared.size()]));
        }
        std::sort(right_values.begin(), right_values.end());
        std::sort(wrong_values.begin(), wrong_values.end());
        const auto at = [](const std::vector<double>& values, double share) {
            return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
        };
        const auto share = [&](std::size_t n) { return static_cast<double>(n) / static_cast<double>(asked.size()); };
        fmt::print(
            "{:<9} {:>5} asked  recall@1 {:.3f}  @10 {:.3f}   right 5% {:6.2f} 10% {:6.2f} 50% {:6.2f}   wrong 50% "
            "{:6.2f} 95% {:6.2f} 99% {:6.2f}\n",
            script, asked.size(), share(first), share(ten), at(right_values, .05), at(right_values, .10),
            at(right_values, .5), at(wrong_values, .5), at(wrong_values, .95), at(wrong_values, .99));
    }
}
// ---- aliases of a list of sanctions, left out one by one

std::string inside(std::string_view text, const std::string& tag) {
    const std::size_t begin = text.find("<" + tag + ">");
    if (begin == text.npos) return {};
    const std::size_t end = text.find("</" + tag + ">", begin);
    std::string value(text.substr(begin + tag.size() + 2, end - begin - tag.size() - 2));
    const auto from = value.find_first_not_of(" \n\r\t"), to = value.find_last_not_of(" \n\r\t");
    value = from == value.npos ? "" : value.substr(from, to - from + 1);
    for (const auto& [entity, sign] :
         {std::pair("&amp;", "&"), std::pair("&apos;", "'"), std::pair("&quot;", "\""), std::pair("&#39;", "'")}) {
        for (std::size_t at; (at = value.find(entity)) != value.npos;) value.replace(at, std::strlen(entity), sign);
    }
    return value;
}

template <class With>
void for_each_inside(std::string_view text, const std::string& tag, With with) {
    const std::string open = "<" + tag + ">", close = "</" + tag + ">";
    for (std::size_t at = 0; (at = text.find(open, at)) != text.npos;) {
        const std::size_t end = text.find(close, at);
        with(text.substr(at, end - at));
        at = end;
    }
}

std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::vector<std::string>> csv(const std::string& text) {
    std::vector<std::vector<std::string>> rows(1, {""});
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '"')
            quoted = !quoted;
        else if (c == ',' && !quoted)
            rows.back().emplace_back();
        else if (c == '\n' && !quoted)
            rows.push_back({""});
        else if (c != '\r')
            rows.back().back() += c;
    }
    return rows;
}

/// Of this thread: what other programs on the machine do is not counted.
double cpu_microseconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) * 1e-3;
}

struct Alias {
    std::uint32_t person, position;
    bool good;
};

long resident_kilobytes() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmRSS:")) return std::atol(line.c_str() + 6);
    }
    return 0;
}

struct Lists {
    Index index;
    std::vector<Alias> aliases;
    std::vector<std::pair<std::uint32_t, std::string>> originals;  // person, name in its own script
    std::unordered_map<std::string, std::set<std::uint32_t>> who;  // names in Latin letters, to link the lists
    std::map<std::uint32_t, std::set<std::string>> names_of;
    std::size_t people = 0, ofac_names = 0, made_up = 0;
};

constexpr std::uint32_t ofac_from = 100'000, made_up_from = 10'000'000;

/// The names of at least two parts by which the lists are linked: their parts in alphabetical order.
std::string parts_in_order(const Prepared& name) {
    std::vector<std::string> parts;
    for (const Part& part : name.parts()) {
        if (part.weight > 0) parts.emplace_back(part.latin());
    }
    if (parts.size() < 2) return {};
    std::sort(parts.begin(), parts.end());
    std::string result;
    for (const std::string& part : parts) result += part + ' ';
    return result;
}

void load_lists(const std::string& folder, Lists& lists) {
    const auto add = [&](std::uint32_t id, const std::string& name) {
        Prepared prepared = prepare(name, Schema::person);
        const std::string parts = parts_in_order(prepared);
        if (!parts.empty()) {
            lists.who[parts].insert(id);
            lists.names_of[id].insert(parts);
        }
        lists.index.add(id, std::move(prepared));
        return static_cast<std::uint32_t>(lists.index.size() - 1);
    };
    const std::string xml = read_file(folder + "/watchman/UN_consolidated.xml");
    for_each_inside(xml, "INDIVIDUAL", [&](std::string_view one) {
        const auto id = static_cast<std::uint32_t>(lists.people++);
        std::string name;
        for (const char* tag : {"FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"}) {
            const std::string part = inside(one, tag);
            if (!part.empty()) name += (name.empty() ? "" : " ") + part;
        }
        add(id, name);
        const std::string original = inside(one, "NAME_ORIGINAL_SCRIPT");
        if (!original.empty()) lists.originals.emplace_back(id, original);
        for_each_inside(one, "INDIVIDUAL_ALIAS", [&](std::string_view alias) {
            const std::string written = inside(alias, "ALIAS_NAME"), quality = inside(alias, "QUALITY");
            if (written.empty() || (quality != "Good" && quality != "Low")) return;
            lists.aliases.push_back({id, add(id, written), quality == "Good"});
        });
    });
    std::map<std::string, std::uint32_t> ofac;
    for (const auto& row : csv(read_file(folder + "/watchman/sdn.csv"))) {
        if (row.size() > 2 && row[2].find("individual") != std::string::npos) {
            const auto id = ofac_from + static_cast<std::uint32_t>(ofac.size());
            ofac[row[0]] = id;
            add(id, row[1]);
            ++lists.ofac_names;
        }
    }
    for (const auto& row : csv(read_file(folder + "/watchman/alt.csv"))) {
        if (row.size() > 3 && ofac.contains(row[0])) {
            add(ofac[row[0]], row[3]);
            ++lists.ofac_names;
        }
    }
    const auto made_up = csv(read_file(folder + "/yente/negatives_global.csv"));
    for (std::size_t i = 1; i < made_up.size(); ++i) {
        if (made_up[i][0].empty()) continue;
        lists.index.add(made_up_from + static_cast<std::uint32_t>(i), prepare(made_up[i][0], Schema::person));
        ++lists.made_up;
    }
}

/// The same person on the other list: an entry that has a name of at least two parts in common with this one.
bool same_person(const Lists& lists, std::uint32_t person, std::uint32_t other) {
    if (person == other) return true;
    if (other < ofac_from || other >= made_up_from) return false;
    const auto names = lists.names_of.find(person);
    if (names == lists.names_of.end()) return false;
    for (const std::string& name : names->second) {
        if (const auto found = lists.who.find(name); found != lists.who.end() && found->second.contains(other))
            return true;
    }
    return false;
}

void aliases(const std::string& folder) {
    Lists lists;
    const long before = resident_kilobytes();
    const auto start = std::chrono::steady_clock::now();
    load_lists(folder, lists);
    lists.index.seal();
    const std::chrono::duration<double> built = std::chrono::steady_clock::now() - start;
    fmt::print(
        "{} people with aliases, {} OFAC names, {} made-up people: {} names; read and built in {:.2f} s, {} MB\n",
        lists.people, lists.ofac_names, lists.made_up, lists.index.size(), built.count(),
        (resident_kilobytes() - before) / 1024);
    std::vector<double> times;
    const auto timed_search = [&](const Prepared& query, std::uint32_t ignored) {
        const double from = cpu_microseconds();
        auto hits = lists.index.search(query, 10, ignored);
        times.push_back(cpu_microseconds() - from);
        return hits;
    };
    for (const bool good : {true, false}) {
        std::size_t asked = 0, strict = 0, linked = 0, ten = 0, at_threshold = 0;
        for (const Alias& alias : lists.aliases) {
            if (alias.good != good) continue;
            ++asked;
            const auto hits = timed_search(lists.index.name(alias.position), alias.position);
            if (hits.empty()) continue;
            strict += hits[0].id == alias.person;
            const bool first = same_person(lists, alias.person, hits[0].id);
            linked += first;
            at_threshold += first && hits[0].score >= match_threshold;
            ten += std::any_of(hits.begin(), hits.end(),
                               [&](const auto& hit) { return same_person(lists, alias.person, hit.id); });
        }
        const auto share = [asked](std::size_t n) { return static_cast<double>(n) / static_cast<double>(asked); };
        fmt::print(
            "{:<5} aliases: {} asked, top-1 {:.3f} (the person on the other list counted wrong: {:.3f}), top-10 "
            "{:.3f}, top-1 and a match {:.3f}\n",
            good ? "good" : "low", asked, share(linked), share(strict), share(ten), share(at_threshold));
    }
    std::size_t first = 0, ten = 0;
    for (const auto& [person, original] : lists.originals) {
        const auto hits = timed_search(prepare(original, Schema::person), ~std::uint32_t{0});
        first += !hits.empty() && same_person(lists, person, hits[0].id);
        ten += std::any_of(hits.begin(), hits.end(),
                           [&, who = person](const auto& hit) { return same_person(lists, who, hit.id); });
    }
    fmt::print("original script: {} asked, top-1 {:.3f}, top-10 {:.3f}\n", lists.originals.size(),
               static_cast<double>(first) / static_cast<double>(lists.originals.size()),
               static_cast<double>(ten) / static_cast<double>(lists.originals.size()));
    std::sort(times.begin(), times.end());
    fmt::print("a query: p50 {:.0f} µs, p99 {:.0f} µs\n", times[times.size() / 2], times[times.size() * 99 / 100]);
    // Made-up people, who are on no list, asked against the lists alone.
    const auto all = static_cast<std::uint32_t>(lists.index.size());
    const auto listed_end = static_cast<std::uint32_t>(all - lists.made_up);
    Index listed;
    for (std::uint32_t i = 0; i < listed_end; ++i) listed.add(i, lists.index.name(i));
    listed.seal();
    std::size_t asked = 0, wrong = 0, good = 0, strong = 0;
    for (std::uint32_t i = listed_end; i < all; i += 10) {
        ++asked;
        const auto hits = listed.search(lists.index.name(i), 1);
        if (hits.empty() || hits[0].score < match_threshold) continue;
        ++wrong;
        good += hits[0].log_likelihood_ratio >= detail::good_evidence;
        strong += hits[0].log_likelihood_ratio >= detail::strong_evidence;
    }
    const auto of_a_thousand = [asked](std::size_t count) {
        return 1'000.0 * static_cast<double>(count) / static_cast<double>(asked);
    };
    fmt::print(
        "made-up people against the lists: {} asked, {:.1f} of 1,000 wrongly matched, {:.1f} with good evidence ({} "
        "nats) "
        "or better, {:.1f} with strong ({})\n",
        asked, of_a_thousand(wrong), of_a_thousand(good), detail::good_evidence, of_a_thousand(strong),
        detail::strong_evidence);
}

/// Writes, as labelled pairs that are not the same, made-up people beside the listed names nearest to them: others than
/// those that `aliases` asks for. What the costs must keep apart (tools/names/fit_costs.cpp).
void strangers(const std::string& folder, const std::string& path) {
    Lists lists;
    load_lists(folder, lists);
    const auto all = static_cast<std::uint32_t>(lists.index.size());
    const auto listed_end = static_cast<std::uint32_t>(all - lists.made_up);
    Index listed;
    for (std::uint32_t i = 0; i < listed_end; ++i) listed.add(i, lists.index.name(i));
    listed.seal();
    std::ofstream file(path);
    file << "schema,name1,name2,is_match\n";
    const auto quoted = [](const std::string& name) {
        std::string result = name;
        std::replace(result.begin(), result.end(), '"', '\'');
        return '"' + result + '"';
    };
    for (std::uint32_t i = listed_end + 5; i < all; i += 10) {
        for (const auto& hit : listed.search(lists.index.name(i), 2)) {
            if (hit.score < 0.5) continue;
            file << "Person," << quoted(lists.index.name(i).original()) << ','
                 << quoted(listed.name(hit.position).original()) << ",false\n";
        }
    }
}

// ---- is the ratio what it says

struct Judged {
    double score, rarity, ratio;
    bool company, same;
};

std::vector<Judged> judged(const char* path) {
    const auto rows = csv(read_file(path));
    const auto column = [&](const char* name) {
        return static_cast<std::size_t>(std::find(rows[0].begin(), rows[0].end(), name) - rows[0].begin());
    };
    const std::size_t schema = column("schema"), first = column("name1"), second = column("name2"),
                      is_match = column("is_match");
    std::vector<Judged> pairs;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        if (rows[i].size() <= std::max({schema, first, second, is_match})) continue;
        const Schema kind = rows[i][schema] == "Person" ? Schema::person : Schema::organisation;
        const Comparison found = compare(prepare(rows[i][first], kind), prepare(rows[i][second], kind));
        pairs.push_back({found.score, found.rarity, found.log_likelihood_ratio, kind == Schema::organisation,
                         rows[i][is_match] == "true"});
    }
    return pairs;
}

double share_of_same(std::span<const Judged> pairs) {
    const auto same = std::count_if(pairs.begin(), pairs.end(), [](const Judged& pair) { return pair.same; });
    return static_cast<double>(same) / static_cast<double>(pairs.size());
}

/// Nats a pair, the same and the others counting alike: .693 is what knowing nothing costs.
template <class Ratio>
double log_loss(std::span<const Judged> pairs, Ratio ratio) {
    const double share = share_of_same(pairs);
    double loss = 0;
    for (const Judged& pair : pairs)
        loss += std::log1p(std::exp(pair.same ? -ratio(pair) : ratio(pair))) / (pair.same ? share : 1 - share);
    return 0.5 * loss / static_cast<double>(pairs.size());
}

using JudgedLists = std::vector<std::vector<Judged>>;

/// Of every list the same kind, and of the lists with both answers only.
JudgedLists of_kind(const JudgedLists& lists, bool company) {
    JudgedLists found;
    for (const auto& list : lists) {
        std::vector<Judged> pairs;
        std::copy_if(list.begin(), list.end(), std::back_inserter(pairs),
                     [company](const Judged& pair) { return pair.company == company; });
        if (!pairs.empty() && share_of_same(pairs) > 0 && share_of_same(pairs) < 1) found.push_back(std::move(pairs));
    }
    return found;
}

/// The points that cost least, never falling, every list counting the same; by steps of half the size down to a
/// hundredth.
detail::EvidencePoints fitted(const JudgedLists& lists) {
    detail::EvidencePoints points = {-2, -2, 0, 1};
    double weight_of_one_pair = 0;
    for (const auto& list : lists) weight_of_one_pair += 1 / static_cast<double>(list.size());
    const auto loss = [&](const detail::EvidencePoints& at) {
        double sum = std::is_sorted(at.begin(), at.end()) ? 0 : 1e9;
        for (const auto& list : lists)
            sum += log_loss(list, [&](const Judged& pair) { return detail::evidence_of(pair.score, pair.rarity, at); });
        for (const double point : at)
            sum += 0.5 * weight_of_one_pair * (std::log1p(std::exp(point)) + std::log1p(std::exp(-point)));
        return sum;
    };
    double least = loss(points);
    const auto consider = [&](const detail::EvidencePoints& tried) {
        const double now = loss(tried);
        if (now >= least - 1e-7) return false;
        least = now;
        points = tried;
        return true;
    };
    for (double step = 1; step > 0.01; step /= 2) {
        for (bool better = true; better;) {
            better = false;
            for (std::size_t i = 0; i < points.size(); ++i) {
                for (const double by : {step, -step}) {
                    detail::EvidencePoints alone = points, together = points;
                    alone[i] += by;
                    for (std::size_t j = 0; j < points.size(); ++j) together[j] += points[j] == points[i] ? by : 0;
                    better = consider(alone) || consider(together) || better;
                }
            }
        }
    }
    return points;
}

/// What the ratio is worth on labelled pairs: by count, in log loss, and which points suit them best.
void calibrate(std::span<char*> paths) {
    JudgedLists lists;
    for (const char* path : paths) lists.push_back(judged(path));
    fmt::print("| list | pairs | log loss, nats | with points fitted to the others |\n|---|--:|--:|--:|\n");
    for (std::size_t i = 0; i < lists.size(); ++i) {
        JudgedLists others = lists;
        others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
        std::array<detail::EvidencePoints, 2> points = {};
        bool others_have_its_kinds = true;
        for (const bool company : {false, true}) {
            const JudgedLists of_others = of_kind(others, company);
            points[company] = fitted(of_others);
            others_have_its_kinds =
                others_have_its_kinds && (!of_others.empty() || of_kind({lists[i]}, company).empty());
        }
        const double by_others = log_loss(lists[i], [&](const Judged& pair) {
            return detail::evidence_of(pair.score, pair.rarity, points[pair.company]);
        });
        const std::string_view path = paths[i];
        fmt::print("| {} | {} | {:.3f} | {} |\n", path.substr(path.rfind('/') + 1), lists[i].size(),
                   log_loss(lists[i], [](const Judged& pair) { return pair.ratio; }),
                   others_have_its_kinds ? fmt::format("{:.3f}", by_others) : "–");
    }
    fmt::print("\n| ratio, nats | pairs | the same | nats by count |\n|---|--:|--:|--:|\n");
    for (const auto& [low, high] :
         {std::pair(-9.0, -1.0), std::pair(-1.0, 0.0), std::pair(0.0, 1.0), std::pair(1.0, 2.0), std::pair(2.0, 3.0),
          std::pair(3.0, 4.0), std::pair(4.0, 99.0)}) {
        std::size_t pairs = 0, same = 0;
        double weight_same = 0, weight_different = 0;  // every list counts the same, and in it the same and the others
        for (const auto& list : lists) {
            const double share = share_of_same(list);
            for (const Judged& pair : list) {
                if (pair.ratio < low || pair.ratio >= high) continue;
                ++pairs;
                same += pair.same;
                (pair.same ? weight_same : weight_different) +=
                    1 / (static_cast<double>(list.size()) * (pair.same ? share : 1 - share));
            }
        }
        fmt::print("| {} to {} | {} | {} | {:+.1f} |\n", low, high, pairs, same,
                   std::log((weight_same + 1e-4) / (weight_different + 1e-4)));
    }
    for (const bool company : {false, true}) {
        if (const JudgedLists pairs = of_kind(lists, company); !pairs.empty())
            fmt::print("\nwould suit these {}: {:.2f}\n", company ? "companies" : "people",
                       fmt::join(fitted(pairs), ", "));
    }
}

// ---- who pays: wrong matches by script, length and origin of the name

/// Score and ratio of what was found.
struct Found {
    double score = 0, ratio = 0;
};

struct Rate {
    std::size_t asked = 0, wrong = 0, good = 0;  // wrong with good evidence
    void count(Found found) {
        ++asked;
        if (found.score < match_threshold) return;
        ++wrong;
        good += found.ratio >= detail::good_evidence;
    }
    double percent(std::size_t of_them) const {
        return 100.0 * static_cast<double>(of_them) / static_cast<double>(std::max<std::size_t>(1, asked));
    }
    /// Wilson's interval of 95 %.
    std::pair<double, double> interval() const {
        if (asked == 0) return {0, 1};
        const double n = static_cast<double>(asked), p = static_cast<double>(wrong) / n, z = 1.96, z2 = z * z;
        const double middle = (p + z2 / (2 * n)) / (1 + z2 / n);
        const double half = z / (1 + z2 / n) * std::sqrt(p * (1 - p) / n + z2 / (4 * n * n));
        return {std::max(0.0, middle - half), std::min(1.0, middle + half)};
    }
};

void print(const std::string& group, const Rate& rate) {
    const auto [low, high] = rate.interval();
    fmt::print("| {} | {} | {:.2f} % | {:.2f}–{:.2f} % | {:.2f} % |\n", group, rate.asked, rate.percent(rate.wrong),
               100 * low, 100 * high, rate.percent(rate.good));
}

std::string script_name(const std::string& name) {
    for (std::size_t at = 0; at < name.size();) {
        switch (detail::tables().letter(tideline::text::next(name, at)).script) {
            case detail::Script::latin: return "Latin";
            case detail::Script::cyrillic: return "Cyrillic";
            case detail::Script::greek: return "Greek";
            case detail::Script::arabic: return "Arabic";
            case detail::Script::hebrew: return "Hebrew";
            case detail::Script::han: return "Chinese characters";
            case detail::Script::hangul: return "Hangul";
            case detail::Script::kana: return "Kana";
            case detail::Script::thai: return "Thai";
            case detail::Script::burmese: return "Burmese";
            case detail::Script::indic: return "Devanagari and other Indic";
            case detail::Script::other: return "other (Armenian, Georgian, …)";
            case detail::Script::none: break;
        }
    }
    return "other (Armenian, Georgian, …)";
}

std::string length_name(const Prepared& name) {
    std::size_t letters = 0;
    for (const Part& part : name.parts()) letters += part.length;
    return letters <= 8    ? "up to 8 letters"
           : letters <= 12 ? "9 to 12 letters"
           : letters <= 16 ? "13 to 16 letters"
                           : "17 letters and more";
}

/// Lists of given and family names by where they come from: tools/names/common_names.txt, `g ORIGIN: names`.
std::map<std::string, std::pair<std::vector<std::string>, std::vector<std::string>>> names_by_origin(
    const std::string& path) {
    std::map<std::string, std::pair<std::vector<std::string>, std::vector<std::string>>> origins;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        const std::size_t colon = line.find(": ");
        if (line.starts_with("#") || colon == line.npos) continue;
        auto& [given, family] = origins[line.substr(2, colon - 2)];
        for (const std::string_view name : tideline::text::split(std::string_view(line).substr(colon + 2), ' '))
            (line[0] == 'g' ? given : family).emplace_back(name);
    }
    return origins;
}

void fairness(const std::string& folder, const std::string& origins_path) {
    std::mt19937 random(11);
    Lists lists;
    load_lists(folder, lists);
    const auto all = static_cast<std::uint32_t>(lists.index.size()),
               listed_end = static_cast<std::uint32_t>(all - lists.made_up);
    Index listed;
    for (std::uint32_t i = 0; i < listed_end; ++i) listed.add(i, lists.index.name(i));
    listed.seal();
    std::map<std::string, Rate> by_script, by_length, by_origin, other_given_script, other_given_length,
        other_given_origin;
    const auto on_lists = [&](const Prepared& name) {
        const auto hits = listed.search(name, 1);
        return hits.empty() ? Found{} : Found{hits[0].score, hits[0].log_likelihood_ratio};
    };
    for (std::uint32_t i = listed_end; i < all; i += 4) {
        const Prepared& name = lists.index.name(i);
        const Found found = on_lists(name);
        by_script[script_name(name.original())].count(found);
        by_length[length_name(name)].count(found);
    }
    // Two people of one family: the same family name, different given names.
    std::map<std::string, std::vector<std::pair<std::string, std::string>>> people;
    const auto rows = csv(read_file(folder + "/yente/negatives_global.csv"));
    for (std::size_t i = 1; i < rows.size(); ++i) {
        if (rows[i].size() > 3 && !rows[i][1].empty() && !rows[i][3].empty())
            people[script_name(rows[i][0])].emplace_back(rows[i][1], rows[i][3]);
    }
    const auto siblings = [&](const std::string& one, const std::string& other, const std::string& family) {
        const Comparison found =
            compare(prepare(one + " " + family, Schema::person), prepare(other + " " + family, Schema::person));
        return Found{found.score, found.log_likelihood_ratio};
    };
    for (const auto& [script, some] : people) {
        for (int n = 0; n < 2'000; ++n) {
            const auto &first = some[random() % some.size()], &second = some[random() % some.size()];
            if (first.first == second.first) continue;
            const Found found = siblings(first.first, second.first, first.second);
            other_given_script[script].count(found);
            other_given_length[length_name(prepare(first.first + " " + first.second, Schema::person))].count(found);
        }
    }
    for (const auto& [origin, names] : names_by_origin(origins_path)) {
        const auto& [given, family] = names;
        if (given.size() < 4 || family.size() < 4) continue;
        for (const std::string& one : given) {
            for (const std::string& of_family : family)
                by_origin[origin].count(on_lists(prepare(one + " " + of_family, Schema::person)));
            for (const std::string& other : given) {
                if (one < other)
                    other_given_origin[origin].count(siblings(one, other, family[random() % family.size()]));
            }
        }
    }
    const auto table = [](const char* title, const std::map<std::string, Rate>& rates) {
        fmt::print("\n{}\n\n| | asked | wrong | 95 % interval | wrong, with good evidence |\n|---|--:|--:|--:|--:|\n",
                   title);
        for (const auto& [group, rate] : rates) print(group, rate);
    };
    table("Made-up people matched with somebody on the lists, by script", by_script);
    table("The same, by length", by_length);
    table("Common names matched with somebody on the lists, by origin", by_origin);
    table("Same family name, other given name: taken to be the same person, by script", other_given_script);
    table("The same, by length", other_given_length);
    table("The same, by origin", other_given_origin);
}
}  // namespace

int main(int argc, char** argv) {
    const std::string what = argc > 1 ? argv[1] : "kernels";
    if (what == "kernels")
        kernels();
    else if (what == "aliases" && argc > 2)
        aliases(argv[2]);
    else if (what == "strangers" && argc > 3)
        strangers(argv[2], argv[3]);
    else if (what == "calibrate" && argc > 2)
        calibrate(std::span(argv + 2, static_cast<std::size_t>(argc - 2)));
    else if (what == "fairness" && argc > 3)
        fairness(argv[2], argv[3]);
    else if (what == "scripts" && argc > 2)
        scripts(argv[2]);
    else
        return fmt::print(stderr,
                          "usage: bench_names kernels | scripts DIR | aliases DIR | strangers DIR OUT.csv | fairness "
                          "DIR NAMES "
                          "| calibrate CASES…\n"),
               64;
}
