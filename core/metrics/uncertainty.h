#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace modscope {

// Which items a queue should show first. Probabilities are in [0, 1], one per label [C] unless said otherwise; numbers
// of no labels are undefined.

/// max_c p_c: how likely the most likely label is.
[[nodiscard]] std::optional<double> largestRisk(std::span<const double> probabilities);
/// 1 - prod_c (1 - p_c): that any label holds, were they independent.
[[nodiscard]] std::optional<double> anyRisk(std::span<const double> probabilities);

/// Entropy of a yes-or-no judgement, in nats. Golden: 0.5 gives 0.693147.
[[nodiscard]] double binaryEntropy(double probability);
/// Mean entropy over the labels.
[[nodiscard]] std::optional<double> meanEntropy(std::span<const double> probabilities);
/// min_c |p_c - t_c|: distance to the nearest decision.
[[nodiscard]] std::optional<double> thresholdMargin(std::span<const double> probabilities,
                                                    std::span<const double> thresholds);
/// min_c |logit p_c - logit t_c|: the confidence for riskCoverage; infinite at probabilities of 0 and 1.
[[nodiscard]] std::optional<double> logitMargin(std::span<const double> probabilities,
                                                std::span<const double> thresholds);

/// What the members of a committee (models, or passes with dropout) disagree on about one label, in nats:
/// H(mean p) - mean H(p). For members of equal weight this is their Jensen-Shannon divergence.
/// Source: BALD, Houlsby and others 2011. Golden: 0.2, 0.5, 0.9 give 0.18471.
/// @param members  [M]: each member's probability
[[nodiscard]] std::optional<double> mutualInformation(std::span<const double> members);

/// How well an item's given labels fit its out-of-sample probabilities, pooled over labels so that the worst count
/// most: exponential moving average over the scores in falling order, so the lowest comes last. Small is suspicious.
/// Source: cleanlab's multi-label quality, Thyagarajan and others 2022. Golden: .95 .9 .7 .6 .2 give 0.28568.
/// @param selfConfidences  [C]: p_c where the label is given, else 1 - p_c
[[nodiscard]] std::optional<double> labelQuality(std::span<const double> selfConfidences, double alpha = 0.8);

} // namespace modscope
