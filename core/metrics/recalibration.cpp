#include "core/metrics/recalibration.h"

#include <algorithm>
#include <boost/math/tools/minima.hpp>
#include <cassert>
#include <cmath>
#include <vector>

namespace modscope {

namespace {

double sigmoid(double logit)
{
    return logit >= 0 ? 1 / (1 + std::exp(-logit)) : std::exp(logit) / (1 + std::exp(logit));
}

/// ln(1 + e^x) without overflow.
double softplus(double x)
{
    return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x)));
}

bool hasBothClasses(std::span<const std::uint8_t> labels)
{
    const auto positives = std::count_if(labels.begin(), labels.end(), [](std::uint8_t label) { return label != 0; });
    return positives > 0 && static_cast<std::size_t>(positives) < labels.size();
}

double lossAt(std::span<const double> logits, std::span<const std::uint8_t> labels, double temperature)
{
    double sum = 0;
    for (std::size_t i = 0; i < logits.size(); ++i) {
        sum += softplus((labels[i] != 0 ? -1 : 1) * logits[i] / temperature);
    }
    return sum / static_cast<double>(logits.size());
}

/// The convex loss of Platt scaling with its first and second derivatives.
struct PlattLoss {
    std::span<const double> logits;
    std::vector<double> targets;

    PlattLoss(std::span<const double> ofLogits, std::span<const std::uint8_t> labels) : logits(ofLogits)
    {
        const auto negatives = static_cast<double>(std::count(labels.begin(), labels.end(), 0));
        const double positives = static_cast<double>(labels.size()) - negatives;
        for (const std::uint8_t label : labels) {
            targets.push_back(label != 0 ? (positives + 1) / (positives + 2) : 1 / (negatives + 2));
        }
    }

    [[nodiscard]] double operator()(const PlattScaling& fit) const
    {
        double sum = 0;
        for (std::size_t i = 0; i < logits.size(); ++i) {
            const double logit = fit.slope * logits[i] + fit.intercept;
            sum += softplus(logit) - targets[i] * logit;
        }
        return sum;
    }

    struct Derivatives {
        double slope = 0, intercept = 0;
        double slope2 = 1e-12, mixed = 0, intercept2 = 1e-12; // a ridge keeps constant logits solvable
    };
    [[nodiscard]] Derivatives derivatives(const PlattScaling& fit) const
    {
        Derivatives d;
        for (std::size_t i = 0; i < logits.size(); ++i) {
            const double p = fit(logits[i]);
            const double error = p - targets[i];
            const double curvature = p * (1 - p);
            d.slope += error * logits[i];
            d.intercept += error;
            d.slope2 += curvature * logits[i] * logits[i];
            d.mixed += curvature * logits[i];
            d.intercept2 += curvature;
        }
        return d;
    }
};

} // namespace

double TemperatureScaling::operator()(double logit) const
{
    return sigmoid(logit / temperature);
}

std::optional<TemperatureScaling> fitTemperature(std::span<const double> logits, std::span<const std::uint8_t> labels)
{
    assert(logits.size() == labels.size());
    if (!hasBothClasses(labels)) {
        return std::nullopt;
    }
    constexpr double kLargest = 100;
    constexpr int kBits = 26; // half of a double's: a minimum is flat, no more can be told
    const double end = std::log(kLargest);
    // The loss is convex in 1/T, so it has one minimum in log T.
    const auto [logTemperature, loss] = boost::math::tools::brent_find_minima(
        [&](double x) { return lossAt(logits, labels, std::exp(x)); }, -end, end, kBits);
    constexpr double kNearEnd = 1e-3;
    if (end - std::abs(logTemperature) < kNearEnd) {
        return std::nullopt;
    }
    return TemperatureScaling{std::exp(logTemperature), lossAt(logits, labels, 1), loss};
}

double PlattScaling::operator()(double logit) const
{
    return sigmoid(slope * logit + intercept);
}

std::optional<PlattScaling> fitPlatt(std::span<const double> logits, std::span<const std::uint8_t> labels)
{
    assert(logits.size() == labels.size());
    if (!hasBothClasses(labels)) {
        return std::nullopt;
    }
    const PlattLoss loss(logits, labels);
    PlattScaling fit{0, 0};
    constexpr int kIterations = 100;
    for (int iteration = 0; iteration < kIterations; ++iteration) {
        const auto d = loss.derivatives(fit);
        const double determinant = d.slope2 * d.intercept2 - d.mixed * d.mixed;
        const double slopeStep = (d.mixed * d.intercept - d.intercept2 * d.slope) / determinant;
        const double interceptStep = (d.mixed * d.slope - d.slope2 * d.intercept) / determinant;
        const double descent = d.slope * slopeStep + d.intercept * interceptStep;
        const double before = loss(fit);
        const auto moved = [&](double length) {
            return PlattScaling{fit.slope + length * slopeStep, fit.intercept + length * interceptStep};
        };
        // So near the minimum a full step squares the error; the loss itself can no longer tell the difference.
        constexpr double kNear = 1e-10;
        if (-descent <= kNear * before) {
            return moved(1);
        }
        constexpr double kShortest = 1e-10;
        constexpr double kEnough = 1e-4; // Armijo's rule
        double length = 1;
        while (length > kShortest && loss(moved(length)) > before + kEnough * length * descent) {
            length /= 2;
        }
        fit = moved(length);
    }
    return std::nullopt;
}

double withoutPositiveWeight(double logit, double weight)
{
    assert(weight > 0);
    return logit - std::log(weight);
}

double withPrevalence(double probability, double trained, double expected)
{
    assert(trained > 0 && trained < 1 && expected > 0 && expected < 1);
    const double positive = probability * expected / trained;
    const double negative = (1 - probability) * (1 - expected) / (1 - trained);
    return positive / (positive + negative);
}

} // namespace modscope
