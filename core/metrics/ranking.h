#pragma once

#include "core/metrics/classification.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace modscope {

/// How often each item counts, for example in a bootstrap draw. Empty: once each.
using Weights = std::span<const std::uint32_t>;

/// What counts as positive at one distinct score: that score and all above it.
struct Cut {
    double threshold = 0;
    std::uint64_t truePositive = 0;
    std::uint64_t falsePositive = 0;

    [[nodiscard]] std::uint64_t predicted() const { return truePositive + falsePositive; }
    bool operator==(const Cut&) const = default;
};

/// Every distinct way to cut the scores, strictest first: the points of the ROC and the precision-recall curve. Ties
/// are never cut through.
struct ScoreCuts {
    std::uint64_t positives = 0;
    std::uint64_t negatives = 0;
    std::vector<Cut> cuts;

    /// Counts at any threshold, by binary search.
    [[nodiscard]] ConfusionCounts countsAt(double threshold) const;
    [[nodiscard]] ConfusionCounts countsAt(const Cut& cut) const;
    bool operator==(const ScoreCuts&) const = default;
};

/// Scores sorted once, so that the cuts of any weighting take one pass.
/// Threads: const after construction.
class ScoreOrder {
public:
    /// @param scores  [N], finite
    /// @param labels  [N], 0 or 1
    ScoreOrder(std::span<const double> scores, std::span<const std::uint8_t> labels);

    [[nodiscard]] ScoreCuts cuts(Weights weights = {}) const;

private:
    struct Item {
        double score;
        std::uint32_t index;
        bool positive;
    };
    std::vector<Item> m_items; ///< highest score first
};

/// Area under the ROC curve; ties count one half. Undefined without positives or without negatives.
[[nodiscard]] std::optional<double> rocAuc(const ScoreCuts& cuts);
/// Sum over the cuts of (R_n - R_{n-1}) P_n, without interpolation. Undefined without positives.
[[nodiscard]] std::optional<double> averagePrecision(const ScoreCuts& cuts);

} // namespace modscope
