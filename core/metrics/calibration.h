#pragma once

#include "core/metrics/ranking.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace modscope {

// Probabilities are in [0, 1], labels 0 or 1, both [N]. Everything is undefined without items.

/// Mean of (p - y)^2.
[[nodiscard]] std::optional<double> brierScore(std::span<const double> probabilities,
                                               std::span<const std::uint8_t> labels,
                                               Weights weights = {});

enum class Binning {
    EqualWidth, ///< bin k of B holds k/B < p <= (k+1)/B; 0 belongs to the first
    EqualMass,  ///< as many items in each as can be; equal probabilities stay together
};

/// One bar of a reliability diagram.
struct ReliabilityBin {
    double lower = 0; ///< equal width: the bin's edges; equal mass: the smallest and largest probability in it
    double upper = 0;
    std::uint64_t items = 0;
    std::uint64_t positives = 0;
    double probabilitySum = 0;

    [[nodiscard]] std::optional<double> meanProbability() const;
    [[nodiscard]] std::optional<double> observedRate() const;
    bool operator==(const ReliabilityBin&) const = default;
};

/// Items sorted into bins once, so that any weighting takes one pass. A bootstrap draw keeps the bins of the sample.
/// Threads: const after construction.
class Reliability {
public:
    /// @param bins  at least 1
    Reliability(std::span<const double> probabilities,
                std::span<const std::uint8_t> labels,
                std::size_t bins,
                Binning binning);

    /// @return [bins], empty ones too
    [[nodiscard]] std::vector<ReliabilityBin> bins(Weights weights = {}) const;

private:
    struct Item {
        double probability;
        std::uint32_t bin;
        bool positive;
    };
    void binByWidth();
    void binByMass();

    std::vector<ReliabilityBin> m_empty; ///< edges only
    std::vector<Item> m_items;           ///< [N]
};

/// Sum over bins of n_b / n |mean y - mean p|.
[[nodiscard]] std::optional<double> expectedCalibrationError(std::span<const ReliabilityBin> bins);
/// The largest |mean y - mean p| of a bin with items.
[[nodiscard]] std::optional<double> maximumCalibrationError(std::span<const ReliabilityBin> bins);

} // namespace modscope
