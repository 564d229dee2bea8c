#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace modscope {

inline constexpr std::int32_t kNoRating = -1;

/// What R raters said about U units, one of K categories each; ratings may be missing. A column is a rater or, where
/// every unit has other raters, an order (first opinion, second opinion): only Cohen's kappa asks which column it is.
struct RatingTable {
    std::size_t raters = 0;
    std::size_t categories = 0;
    std::vector<std::int32_t> values; ///< [U, R], row-major: 0 … K-1 or kNoRating

    [[nodiscard]] std::size_t units() const { return raters == 0 ? 0 : values.size() / raters; }
    bool operator==(const RatingTable&) const = default;
};

/// The labels that someone gave to an item: bit l is label l, so at most 64 labels. 0 is "none of them", a judgement.
using LabelSet = std::uint64_t;

/// As RatingTable, but each rating is a set of labels; nullopt where there is no rating.
struct LabelSetTable {
    std::size_t raters = 0;
    std::vector<std::optional<LabelSet>> values; ///< [U, R], row-major

    bool operator==(const LabelSetTable&) const = default;
};

/// One label alone: category 1 where it is in the set, 0 where not. label is below 64.
[[nodiscard]] RatingTable ratingsOfLabel(const LabelSetTable& table, std::size_t label);

/// The sets as categories, numbered by first appearance.
struct IndexedLabelSets {
    RatingTable ratings;
    std::vector<LabelSet> sets; ///< [K], the set behind each category
};
[[nodiscard]] IndexedLabelSets indexLabelSets(const LabelSetTable& table);

} // namespace modscope
