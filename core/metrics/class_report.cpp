#include "core/metrics/class_report.h"

#include "core/metrics/calibration.h"
#include "core/metrics/ranking.h"

#include <algorithm>

namespace modscope {

Result<ClassReport> classReport(std::span<const double> probabilities,
                                std::span<const std::uint8_t> labels,
                                double threshold,
                                Groups groups,
                                const BootstrapOptions& options,
                                std::stop_token stop)
{
    constexpr std::size_t kBins = 15;
    const ScoreOrder order(probabilities, labels);
    const Reliability byWidth(probabilities, labels, kBins, Binning::EqualWidth);
    const Reliability byMass(probabilities, labels, kBins, Binning::EqualMass);
    const auto groupOf = denseGroups(groups, labels.size());
    const std::size_t groupCount = groupOf.empty() ? 0 : *std::max_element(groupOf.begin(), groupOf.end()) + 1U;
    const Statistics statistics = [&](std::span<const std::uint32_t> drawn) {
        std::vector<std::uint32_t> weights(groupOf.size());
        std::transform(groupOf.begin(), groupOf.end(), weights.begin(),
                       [&](std::uint32_t group) { return drawn[group]; });
        const ScoreCuts cuts = order.cuts(weights);
        const ConfusionCounts counts = cuts.countsAt(threshold);
        const auto widthBins = byWidth.bins(weights);
        const auto massBins = byMass.bins(weights);
        return std::vector{counts.precision(),
                           counts.recall(),
                           counts.f1(),
                           rocAuc(cuts),
                           averagePrecision(cuts),
                           brierScore(probabilities, labels, weights),
                           expectedCalibrationError(widthBins),
                           expectedCalibrationError(massBins),
                           maximumCalibrationError(widthBins)};
    };
    const auto estimates = bootstrap(Population::ofDistinct(groupCount), statistics, options, stop);
    if (!estimates) {
        return fail(estimates.error());
    }
    const auto& e = *estimates;
    return ClassReport{
        threshold, confusionCounts(probabilities, labels, threshold), e[0], e[1], e[2], e[3], e[4], e[5], e[6], e[7],
        e[8]};
}

} // namespace modscope
