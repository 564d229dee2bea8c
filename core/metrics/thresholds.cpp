#include "core/metrics/thresholds.h"

#include "core/metrics/intervals.h"

#include <algorithm>
#include <cassert>

namespace modscope {

namespace {

bool holds(std::uint64_t successes, std::uint64_t trials, double target, const TargetOptions& options)
{
    const auto lower = options.bound == LowerBound::Wilson ? wilsonLower(successes, trials, options.confidence)
                                                           : clopperPearsonLower(successes, trials, options.confidence);
    return lower && *lower >= target;
}

} // namespace

std::optional<BestF1> exactBestF1(const ScoreCuts& cuts)
{
    if (cuts.positives == 0) {
        return std::nullopt;
    }
    std::size_t best = 0;
    double bestF1 = -1;
    for (std::size_t i = 0; i < cuts.cuts.size(); ++i) {
        // Equal fractions round to equal doubles, so "greater" keeps the highest of equally good cuts.
        const double f1 = *cuts.countsAt(cuts.cuts[i]).f1();
        if (f1 > bestF1) {
            best = i;
            bestF1 = f1;
        }
    }
    const Cut& cut = cuts.cuts[best];
    const bool lowest = best + 1 == cuts.cuts.size();
    return BestF1{cut.threshold, lowest ? std::nullopt : std::optional(cuts.cuts[best + 1].threshold), bestF1,
                  cut.predicted()};
}

double grid19(const ScoreCuts& cuts)
{
    constexpr double kFallback = 0.5;
    constexpr double kFirst = 0.05;
    constexpr double kLast = 0.95;
    constexpr int kSteps = 18;
    if (cuts.positives == 0) {
        return kFallback;
    }
    double best = kFirst;
    double bestF1 = -1;
    for (int i = 0; i <= kSteps; ++i) {
        const double threshold = i == kSteps ? kLast : i * ((kLast - kFirst) / kSteps) + kFirst;
        const double f1 = cuts.countsAt(threshold).f1().value_or(0);
        if (f1 > bestF1) {
            best = threshold;
            bestF1 = f1;
        }
    }
    return best;
}

std::optional<Cut> lowestCutWithPrecision(const ScoreCuts& cuts, double target, const TargetOptions& options)
{
    const auto found = std::find_if(cuts.cuts.rbegin(), cuts.cuts.rend(), [&](const Cut& cut) {
        return holds(cut.truePositive, cut.predicted(), target, options);
    });
    return found == cuts.cuts.rend() ? std::nullopt : std::optional(*found);
}

std::optional<Cut> highestCutWithRecall(const ScoreCuts& cuts, double target, const TargetOptions& options)
{
    const auto found = std::find_if(cuts.cuts.begin(), cuts.cuts.end(), [&](const Cut& cut) {
        return holds(cut.truePositive, cuts.positives, target, options);
    });
    return found == cuts.cuts.end() ? std::nullopt : std::optional(*found);
}

std::optional<double> costThreshold(double falsePositiveCost, double falseNegativeCost)
{
    assert(falsePositiveCost >= 0 && falseNegativeCost >= 0);
    const double both = falsePositiveCost + falseNegativeCost;
    return both > 0 ? std::optional(falsePositiveCost / both) : std::nullopt;
}

} // namespace modscope
