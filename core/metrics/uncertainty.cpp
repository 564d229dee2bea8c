#include "core/metrics/uncertainty.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <functional>
#include <numeric>
#include <vector>

namespace modscope {

namespace {

double logit(double probability)
{
    return std::log(probability) - std::log1p(-probability);
}

std::optional<double> meanOfAll(std::span<const double> values, double (*number)(double))
{
    if (values.empty()) {
        return std::nullopt;
    }
    double sum = 0;
    for (const double value : values) {
        sum += number(value);
    }
    return sum / static_cast<double>(values.size());
}

} // namespace

std::optional<double> largestRisk(std::span<const double> probabilities)
{
    const auto largest = std::max_element(probabilities.begin(), probabilities.end());
    return largest != probabilities.end() ? std::optional(*largest) : std::nullopt;
}

std::optional<double> anyRisk(std::span<const double> probabilities)
{
    if (probabilities.empty()) {
        return std::nullopt;
    }
    return 1 - std::accumulate(probabilities.begin(), probabilities.end(), 1.0,
                               [](double none, double probability) { return none * (1 - probability); });
}

double binaryEntropy(double probability)
{
    assert(probability >= 0 && probability <= 1);
    if (probability == 0 || probability == 1) {
        return 0;
    }
    return -probability * std::log(probability) - (1 - probability) * std::log1p(-probability);
}

std::optional<double> meanEntropy(std::span<const double> probabilities)
{
    return meanOfAll(probabilities, binaryEntropy);
}

std::optional<double> thresholdMargin(std::span<const double> probabilities, std::span<const double> thresholds)
{
    assert(probabilities.size() == thresholds.size());
    std::optional<double> margin;
    for (std::size_t label = 0; label < probabilities.size(); ++label) {
        const double distance = std::abs(probabilities[label] - thresholds[label]);
        margin = std::min(margin.value_or(distance), distance);
    }
    return margin;
}

std::optional<double> logitMargin(std::span<const double> probabilities, std::span<const double> thresholds)
{
    assert(probabilities.size() == thresholds.size());
    std::optional<double> margin;
    for (std::size_t label = 0; label < probabilities.size(); ++label) {
        const bool same = probabilities[label] == thresholds[label]; // also where both logits are infinite
        const double distance = same ? 0 : std::abs(logit(probabilities[label]) - logit(thresholds[label]));
        margin = std::min(margin.value_or(distance), distance);
    }
    return margin;
}

std::optional<double> mutualInformation(std::span<const double> members)
{
    const auto mean = meanOfAll(members, [](double probability) { return probability; });
    const auto entropy = meanOfAll(members, binaryEntropy);
    return mean && entropy ? std::optional(binaryEntropy(*mean) - *entropy) : std::nullopt;
}

std::optional<double> labelQuality(std::span<const double> selfConfidences, double alpha)
{
    assert(alpha > 0 && alpha <= 1);
    std::vector<double> falling(selfConfidences.begin(), selfConfidences.end());
    std::sort(falling.begin(), falling.end(), std::greater<>());
    std::optional<double> average;
    for (const double score : falling) {
        average = average ? alpha * score + (1 - alpha) * *average : score;
    }
    return average;
}

} // namespace modscope
