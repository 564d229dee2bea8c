#pragma once

#include "core/metrics/ranking.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace modscope {

/// The cut with the best F1. Picking the best of many cuts on the data it is then reported on is optimistic: split.
struct BestF1 {
    double threshold = 0;                    ///< a score of the data; equal F1: the highest
    std::optional<double> anyThresholdAbove; ///< all of (this, threshold] predict the same; none: everything below too
    double f1 = 0;
    std::uint64_t predicted = 0; ///< items at or above the threshold

    bool operator==(const BestF1&) const = default;
};

/// Exact, over all distinct scores. Undefined without positives.
[[nodiscard]] std::optional<BestF1> exactBestF1(const ScoreCuts& cuts);

/// The reference's way: of the 19 values 0.05, 0.10, … 0.95 (as numpy.linspace rounds them) the first with the best F1;
/// 0.5 where the class has no positives.
[[nodiscard]] double grid19(const ScoreCuts& cuts);

/// How a share's one-sided lower bound is computed.
enum class LowerBound { Wilson, ClopperPearson };

/// What a target must hold with: the bound is below the true share with this confidence (for one cut that was fixed
/// beforehand; see fixedSequence in bands.h for many).
struct TargetOptions {
    LowerBound bound = LowerBound::Wilson;
    double confidence = 0.95;

    bool operator==(const TargetOptions&) const = default;
};

/// The lowest cut whose precision has a lower bound of at least `target`; none if no cut has.
[[nodiscard]] std::optional<Cut> lowestCutWithPrecision(const ScoreCuts& cuts,
                                                        double target,
                                                        const TargetOptions& options = {});
/// The highest cut whose recall has a lower bound of at least `target`; none if no cut has.
[[nodiscard]] std::optional<Cut> highestCutWithRecall(const ScoreCuts& cuts,
                                                      double target,
                                                      const TargetOptions& options = {});

/// Where flagging a calibrated probability costs as much as not flagging it: c_fp / (c_fp + c_fn). Costs are not
/// negative; undefined if both are 0.
[[nodiscard]] std::optional<double> costThreshold(double falsePositiveCost, double falseNegativeCost);

} // namespace modscope
