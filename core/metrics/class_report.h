#pragma once

#include "core/metrics/bootstrap.h"
#include "core/metrics/classification.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <stop_token>

namespace modscope {

/// How well one class is told: counts at a threshold, and every metric with its interval.
struct ClassReport {
    double threshold = 0;
    ConfusionCounts counts;
    Estimate precision, recall, f1;    ///< at the threshold
    Estimate rocAuc, averagePrecision; ///< of the order alone
    Estimate brier;
    Estimate ece15, ece15EqualMass, mce15; ///< 15 bins; mce15 of equal width

    bool operator==(const ClassReport&) const = default;
};

/// Scores are sorted and binned once; a draw only weights the items.
/// @param probabilities  [N], in [0, 1]
/// @param labels         [N], 0 or 1
/// @param groups         as in bootstrap.h: the duplicate group of each item, or empty
/// Errors: Cancelled.
[[nodiscard]] Result<ClassReport> classReport(std::span<const double> probabilities,
                                              std::span<const std::uint8_t> labels,
                                              double threshold,
                                              Groups groups,
                                              const BootstrapOptions& options,
                                              std::stop_token stop = {});

} // namespace modscope
