#pragma once
#include <cstddef>
#include <optional>
#include <span>
#include <utility>
#include <vector>

/// How far two assessors agree beyond what chance would give.
namespace tideline::assess {

/// How often the first assessor said row and the second column: counts[row][column].
using AgreementTable = std::vector<std::vector<std::size_t>>;

/// The table of pairs of categories, each from 0 to categories - 1. Pairs outside are left out.
AgreementTable agreement_table(std::span<const std::pair<std::size_t, std::size_t>> pairs, std::size_t categories);

/// Share of equal judgements; nothing for an empty table.
std::optional<double> observed_agreement(const AgreementTable& table);

/// Cohen's kappa (Cohen 1960): (po - pe) / (1 - pe), where pe is the agreement that the two assessors' own
/// frequencies would give by chance. 1 is full agreement, 0 what chance gives. Nothing for an empty table or where
/// both always said the same one thing, so that chance leaves nothing to measure.
std::optional<double> cohens_kappa(const AgreementTable& table);

}  // namespace tideline::assess
