#include "core/metrics/ranking.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace modscope {

ConfusionCounts ScoreCuts::countsAt(double threshold) const
{
    // Cuts fall; the last one that is still at or above the threshold holds all that is flagged.
    const auto end =
        std::partition_point(cuts.begin(), cuts.end(), [&](const Cut& cut) { return cut.threshold >= threshold; });
    return countsAt(end == cuts.begin() ? Cut{} : *(end - 1));
}

ConfusionCounts ScoreCuts::countsAt(const Cut& cut) const
{
    return {cut.truePositive, cut.falsePositive, positives - cut.truePositive, negatives - cut.falsePositive};
}

ScoreOrder::ScoreOrder(std::span<const double> scores, std::span<const std::uint8_t> labels)
{
    assert(scores.size() == labels.size());
    m_items.reserve(scores.size());
    for (std::size_t i = 0; i < scores.size(); ++i) {
        assert(std::isfinite(scores[i]));
        m_items.push_back({scores[i], static_cast<std::uint32_t>(i), labels[i] != 0});
    }
    std::sort(m_items.begin(), m_items.end(), [](const Item& a, const Item& b) { return a.score > b.score; });
}

ScoreCuts ScoreOrder::cuts(Weights weights) const
{
    assert(weights.empty() || weights.size() == m_items.size());
    ScoreCuts result;
    for (const Item& item : m_items) {
        const std::uint32_t weight = weights.empty() ? 1U : weights[item.index];
        if (weight == 0) {
            continue;
        }
        (item.positive ? result.positives : result.negatives) += weight;
        if (result.cuts.empty() || result.cuts.back().threshold != item.score) {
            result.cuts.push_back({item.score, 0, 0});
        }
        result.cuts.back().truePositive = result.positives;
        result.cuts.back().falsePositive = result.negatives;
    }
    return result;
}

std::optional<double> rocAuc(const ScoreCuts& cuts)
{
    if (cuts.positives == 0 || cuts.negatives == 0) {
        return std::nullopt;
    }
    double doubledArea = 0; // in positives x negatives
    Cut previous;
    for (const Cut& cut : cuts.cuts) {
        doubledArea += static_cast<double>(cut.falsePositive - previous.falsePositive) *
                       static_cast<double>(cut.truePositive + previous.truePositive);
        previous = cut;
    }
    return doubledArea / 2 / static_cast<double>(cuts.positives) / static_cast<double>(cuts.negatives);
}

std::optional<double> averagePrecision(const ScoreCuts& cuts)
{
    if (cuts.positives == 0) {
        return std::nullopt;
    }
    double sum = 0;
    std::uint64_t found = 0;
    for (const Cut& cut : cuts.cuts) {
        sum += static_cast<double>(cut.truePositive - found) * static_cast<double>(cut.truePositive) /
               static_cast<double>(cut.predicted());
        found = cut.truePositive;
    }
    return sum / static_cast<double>(cuts.positives);
}

} // namespace modscope
