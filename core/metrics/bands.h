#pragma once

#include "core/metrics/bootstrap.h"
#include "core/metrics/ranking.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace modscope {

// Bands with guarantees: below one cut items are approved without a person, above another they are flagged, between
// them people decide. Calibration items are scored by the frozen model, labelled by people and exchangeable with what
// follows: recalibrate on every change of model, policy or source, and take one item per duplicate group. Scores are
// finite; alpha, beta and delta lie in (0, 1). "None" means: with so few items nothing can be promised.

/// One class's (or one item score's) cuts.
struct Band {
    std::optional<double> approveBelow; ///< approved if score < this
    std::optional<double> flagAbove;    ///< flagged if score > this

    bool operator==(const Band&) const = default;
};
enum class BandDecision { Approve, Review, Flag };

/// A score that both cuts claim goes to people.
[[nodiscard]] BandDecision decide(double score, const Band& band);
/// Approved only if every class approves, so that the promise holds for each class; flagged if any class flags.
/// @param scores, bands  [C]
[[nodiscard]] BandDecision decide(std::span<const double> scores, std::span<const Band> bands);

/// The k-th smallest hateful score, k = floor(alpha (n + 1)): P(approved | hateful) <= alpha, on average over
/// calibration sets. Needs n >= 1 / alpha - 1. Source: split conformal prediction, Vovk and others 2005.
[[nodiscard]] std::optional<double> approveBelow(std::span<const double> hatefulScores, double alpha);
/// The k-th smallest benign score, k = ceil((1 - beta) (n + 1)): P(flagged | benign) <= beta, on average.
[[nodiscard]] std::optional<double> flagAbove(std::span<const double> benignScores, double beta);

/// The same, holding with probability 1 - delta over the calibration set: "at most alpha of the hateful items, 95 % of
/// the time". P(score < k-th smallest) is at most Beta(k, n + 1 - k); the largest k with betaCdf(alpha) >= 1 - delta.
/// Source: Vovk 2012, Conditional validity of inductive conformal predictors.
[[nodiscard]] std::optional<double> approveBelow(std::span<const double> hatefulScores, double alpha, double delta);
[[nodiscard]] std::optional<double> flagAbove(std::span<const double> benignScores, double beta, double delta);
/// That k, 1-based. Golden: n 500, alpha 2 %, delta 5 % gives 5; n 129, alpha 2 % none.
[[nodiscard]] std::optional<std::size_t> highProbabilityRank(std::size_t items, double alpha, double delta);

/// Conformal risk control: the largest empirical risk (mean of a loss in [0, 1] that only grows from cut to cut) with
/// which n / (n + 1) risk + 1 / (n + 1) <= alpha. Source: Angelopoulos and others 2022. Golden: 0.0405 for n 100, 5 %.
[[nodiscard]] std::optional<double> riskControlLimit(std::size_t items, double alpha);

/// Learn-then-test in a fixed sequence, for precision, which is not monotone: from the strictest cut on, each cut is
/// accepted while P(Bin(predicted, target) >= true positives) <= delta, and the first failure ends it.
/// @return the last accepted cut; its precision is at least `target` with probability 1 - delta
/// Source: Angelopoulos and others 2021, Learn then Test.
[[nodiscard]] std::optional<Cut> fixedSequence(std::span<const Cut> strictestFirst, double target, double delta);

/// Upper bound of the miss rate among approved items after a blind audit of `audited` of them (Clopper-Pearson,
/// one-sided). The band is suspended while the bound exceeds alpha. Undefined without an audit.
/// Golden: no miss in 59 gives 4.95 %, 3 in 1,000 give 0.774 %.
[[nodiscard]] std::optional<double> auditUpperBound(std::uint64_t misses,
                                                    std::uint64_t audited,
                                                    double confidence = 0.95);
/// The fewest audited items with which no miss at all brings the bound down to alpha. Golden: 5 % needs 59.
[[nodiscard]] std::uint64_t auditSampleSize(double alpha, double confidence = 0.95);

/// One item of every group, drawn with equal chances: duplicates break exchangeability.
/// @return indices of items, ascending by first member of the group
[[nodiscard]] std::vector<std::size_t> onePerGroup(Groups groups, std::size_t items, std::uint64_t seed);

} // namespace modscope
