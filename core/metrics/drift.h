#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace modscope {

// Whether a week's scores still look like those the thresholds were set on. Scores are finite.

/// Population stability index over quantile bins of the reference: sum (q - p) ln(q / p). Each bin's count is
/// increased by one half, so that an empty bin gives a large number, not infinity. Below 0.1 is read as stable, above
/// 0.25 as a shift. Undefined if either side is empty.
/// @param bins  at least 2
[[nodiscard]] std::optional<double> populationStabilityIndex(std::span<const double> reference,
                                                             std::span<const double> current,
                                                             std::size_t bins = 10);

/// Two-sample Kolmogorov-Smirnov test.
struct KolmogorovSmirnov {
    double statistic = 0; ///< the largest distance of the two distribution functions
    double pValue = 1;    ///< asymptotic, with Stephens' correction for small samples; too large on ties

    bool operator==(const KolmogorovSmirnov&) const = default;
};
/// Undefined if either side is empty.
[[nodiscard]] std::optional<KolmogorovSmirnov> kolmogorovSmirnov(std::span<const double> reference,
                                                                 std::span<const double> current);

/// 1 - cosine of the two sets' mean embeddings. Undefined if either side is empty or its mean is zero.
/// @param reference, current  [N, D] and [M, D], row-major
[[nodiscard]] std::optional<double> centroidDistance(std::span<const float> reference,
                                                     std::span<const float> current,
                                                     std::size_t width);

} // namespace modscope
