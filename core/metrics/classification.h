#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace modscope {

// Labels are 0 or 1, scores finite; a score counts as positive where score >= threshold, in double precision.

/// What a yes-or-no judgement got right and wrong.
struct ConfusionCounts {
    std::uint64_t truePositive = 0;
    std::uint64_t falsePositive = 0;
    std::uint64_t falseNegative = 0;
    std::uint64_t trueNegative = 0;

    [[nodiscard]] std::uint64_t items() const { return predicted() + falseNegative + trueNegative; }
    [[nodiscard]] std::uint64_t support() const { return truePositive + falseNegative; }
    [[nodiscard]] std::uint64_t predicted() const { return truePositive + falsePositive; }
    [[nodiscard]] std::optional<double> precision() const; ///< undefined if nothing was predicted
    [[nodiscard]] std::optional<double> recall() const;    ///< undefined without support
    [[nodiscard]] std::optional<double> specificity() const;
    [[nodiscard]] std::optional<double> f1() const; ///< undefined if nothing is positive or predicted
    [[nodiscard]] std::optional<double> accuracy() const;
    /// The same counts with "no" as the positive answer.
    [[nodiscard]] ConfusionCounts inverted() const;

    ConfusionCounts& operator+=(const ConfusionCounts& other);
    bool operator==(const ConfusionCounts&) const = default;
};

/// @param scores, labels  [N]
[[nodiscard]] ConfusionCounts confusionCounts(std::span<const double> scores,
                                              std::span<const std::uint8_t> labels,
                                              double threshold);

/// What a mean does with a member that is undefined.
enum class Undefined {
    LeftOut, ///< mean of the defined ones; undefined if there is none
    AsZero,  ///< scikit-learn's zero_division=0, for comparing with the reference
    Spreads, ///< one undefined member makes the mean undefined
};
[[nodiscard]] std::optional<double> macroMean(std::span<const std::optional<double>> values, Undefined undefined);

/// Precision, recall and F1 in one averaging.
struct PrecisionRecallF1 {
    std::optional<double> precision, recall, f1;

    bool operator==(const PrecisionRecallF1&) const = default;
};

/// Averages over the labels of N items. Undefined without items.
struct MultilabelAverages {
    PrecisionRecallF1 macro, micro, weighted; ///< weighted: by support
    std::optional<double> f1Samples;          ///< mean F1 of an item's label set; undefined with a single label
    std::optional<double> subsetAccuracy;     ///< share of items with every label right
    std::optional<double> hammingLoss;        ///< share of wrong labels

    bool operator==(const MultilabelAverages&) const = default;
};

/// With a single label both of its values are classes, as scikit-learn takes binary data.
/// @param predicted, actual  [N, C], row-major, 0 or 1; C at least 1
[[nodiscard]] MultilabelAverages multilabelAverages(std::span<const std::uint8_t> predicted,
                                                    std::span<const std::uint8_t> actual,
                                                    std::size_t labels,
                                                    Undefined undefined);

} // namespace modscope
