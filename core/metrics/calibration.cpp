#include "core/metrics/calibration.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace modscope {

std::optional<double> brierScore(std::span<const double> probabilities,
                                 std::span<const std::uint8_t> labels,
                                 Weights weights)
{
    assert(probabilities.size() == labels.size() && (weights.empty() || weights.size() == labels.size()));
    double sum = 0;
    double items = 0;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const double weight = weights.empty() ? 1 : weights[i];
        const double error = probabilities[i] - (labels[i] != 0 ? 1 : 0);
        sum += weight * error * error;
        items += weight;
    }
    return items > 0 ? std::optional(sum / items) : std::nullopt;
}

std::optional<double> ReliabilityBin::meanProbability() const
{
    return items > 0 ? std::optional(probabilitySum / static_cast<double>(items)) : std::nullopt;
}

std::optional<double> ReliabilityBin::observedRate() const
{
    return items > 0 ? std::optional(static_cast<double>(positives) / static_cast<double>(items)) : std::nullopt;
}

Reliability::Reliability(std::span<const double> probabilities,
                         std::span<const std::uint8_t> labels,
                         std::size_t bins,
                         Binning binning)
    : m_empty(bins)
{
    assert(bins >= 1 && probabilities.size() == labels.size());
    m_items.reserve(labels.size());
    for (std::size_t i = 0; i < labels.size(); ++i) {
        assert(probabilities[i] >= 0 && probabilities[i] <= 1);
        m_items.push_back({probabilities[i], 0, labels[i] != 0});
    }
    if (binning == Binning::EqualWidth) {
        binByWidth();
    } else {
        binByMass();
    }
}

void Reliability::binByWidth()
{
    const auto bins = static_cast<double>(m_empty.size());
    std::vector<double> upper;
    for (ReliabilityBin& bin : m_empty) {
        bin.lower = static_cast<double>(upper.size()) / bins;
        bin.upper = static_cast<double>(upper.size() + 1) / bins;
        upper.push_back(bin.upper);
    }
    for (Item& item : m_items) {
        // Compared with the edges themselves: p x B would round some of them into the next bin.
        const auto bin = std::lower_bound(upper.begin(), upper.end(), item.probability);
        item.bin = static_cast<std::uint32_t>(bin - upper.begin());
    }
}

void Reliability::binByMass()
{
    std::vector<std::uint32_t> order(m_items.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(),
              [&](std::uint32_t a, std::uint32_t b) { return m_items[a].probability < m_items[b].probability; });
    for (std::size_t rank = 0; rank < order.size(); ++rank) {
        Item& item = m_items[order[rank]];
        const Item* previous = rank > 0 ? &m_items[order[rank - 1]] : nullptr;
        const bool tied = previous != nullptr && previous->probability == item.probability;
        item.bin = tied ? previous->bin : static_cast<std::uint32_t>(rank * m_empty.size() / order.size());
        ReliabilityBin& bin = m_empty[item.bin];
        if (previous == nullptr || previous->bin != item.bin) {
            bin.lower = item.probability;
        }
        bin.upper = item.probability;
    }
}

std::vector<ReliabilityBin> Reliability::bins(Weights weights) const
{
    assert(weights.empty() || weights.size() == m_items.size());
    std::vector<ReliabilityBin> bins = m_empty;
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        const Item& item = m_items[i];
        const std::uint32_t weight = weights.empty() ? 1U : weights[i];
        ReliabilityBin& bin = bins[item.bin];
        bin.items += weight;
        bin.positives += item.positive ? weight : 0U;
        bin.probabilitySum += weight * item.probability;
    }
    return bins;
}

std::optional<double> expectedCalibrationError(std::span<const ReliabilityBin> bins)
{
    double gap = 0;
    std::uint64_t items = 0;
    for (const ReliabilityBin& bin : bins) {
        gap += std::abs(static_cast<double>(bin.positives) - bin.probabilitySum);
        items += bin.items;
    }
    return items > 0 ? std::optional(gap / static_cast<double>(items)) : std::nullopt;
}

std::optional<double> maximumCalibrationError(std::span<const ReliabilityBin> bins)
{
    std::optional<double> largest;
    for (const ReliabilityBin& bin : bins) {
        if (bin.items > 0) {
            largest = std::max(largest.value_or(0), std::abs(*bin.observedRate() - *bin.meanProbability()));
        }
    }
    return largest;
}

} // namespace modscope
