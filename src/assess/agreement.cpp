#include "assess/agreement.h"

namespace tideline::assess {
namespace {

struct Shares {
    double total = 0, equal = 0;
    std::vector<double> rows, columns;
};

Shares shares(const AgreementTable& table) {
    Shares found{0, 0, std::vector<double>(table.size()), std::vector<double>(table.size())};
    for (std::size_t r = 0; r < table.size(); ++r) {
        for (std::size_t c = 0; c < table.size() && c < table[r].size(); ++c) {
            const double count = static_cast<double>(table[r][c]);
            found.total += count;
            found.rows[r] += count;
            found.columns[c] += count;
            if (r == c) found.equal += count;
        }
    }
    return found;
}

}  // namespace

AgreementTable agreement_table(std::span<const std::pair<std::size_t, std::size_t>> pairs, std::size_t categories) {
    AgreementTable table(categories, std::vector<std::size_t>(categories));
    for (const auto& [first, second] : pairs) {
        if (first < categories && second < categories) ++table[first][second];
    }
    return table;
}

std::optional<double> observed_agreement(const AgreementTable& table) {
    const Shares found = shares(table);
    if (found.total == 0) return std::nullopt;
    return found.equal / found.total;
}

std::optional<double> cohens_kappa(const AgreementTable& table) {
    const Shares found = shares(table);
    if (found.total == 0) return std::nullopt;
    double chance = 0;
    for (std::size_t k = 0; k < table.size(); ++k) chance += found.rows[k] * found.columns[k];
    const double squared = found.total * found.total;
    // Counts are whole numbers, so that chance is exactly 1 when both always said the same one thing.
    if (chance == squared) return std::nullopt;
    return (found.equal * found.total - chance) / (squared - chance);
}

}  // namespace tideline::assess
