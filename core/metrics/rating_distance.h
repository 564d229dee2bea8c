#pragma once

#include "core/metrics/rating_table.h"

#include <cstddef>
#include <span>
#include <vector>

namespace modscope {

/// How far two categories are from one another, for Krippendorff's alpha: symmetric, 0 on the diagonal, not negative.
struct RatingDistance {
    std::size_t categories = 0;
    std::vector<double> values; ///< [K, K], row-major

    [[nodiscard]] double operator()(std::size_t a, std::size_t b) const { return values[a * categories + b]; }
    bool operator==(const RatingDistance&) const = default;
};

/// 0 for the same category, else 1.
[[nodiscard]] RatingDistance nominalDistance(std::size_t categories);
/// (a - b)^2 of the numbers behind the categories.
[[nodiscard]] RatingDistance intervalDistance(std::span<const double> numbers);
/// masiDistance of the sets behind the categories.
[[nodiscard]] RatingDistance masiDistances(std::span<const LabelSet> sets);

/// Measuring Agreement on Set-valued Items: 1 - m |A and B| / |A or B|, with m = 1 for equal sets, 2/3 if one holds the
/// other, 1/3 if they overlap, 0 if they share nothing; two empty sets are equal. Source: Passonneau 2006.
/// Golden: {r} and {r, o} 0.6667; {r, s} and {s, o} 0.8889.
[[nodiscard]] double masiDistance(LabelSet a, LabelSet b);

} // namespace modscope
