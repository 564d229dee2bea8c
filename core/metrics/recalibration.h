#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace modscope {

// Turns logits into probabilities that mean what they say. Fit on one split, report on another. Logits are finite,
// labels 0 or 1, both [N]. A fit is undefined where a class is missing.

/// sigmoid(logit / temperature): corrects the scale alone.
struct TemperatureScaling {
    double temperature = 1;
    double lossBefore = 0; ///< mean negative log-likelihood, in nats
    double lossAfter = 0;

    [[nodiscard]] double operator()(double logit) const;
    bool operator==(const TemperatureScaling&) const = default;
};
/// Minimises the loss over 0.01 < T < 100; undefined where it still falls at an end (separable, or no better than
/// chance). Source: Guo and others 2017.
[[nodiscard]] std::optional<TemperatureScaling> fitTemperature(std::span<const double> logits,
                                                               std::span<const std::uint8_t> labels);

/// sigmoid(slope x logit + intercept): also the shift that class weights and focal loss leave in the logits.
struct PlattScaling {
    double slope = 1;
    double intercept = 0;

    [[nodiscard]] double operator()(double logit) const;
    bool operator==(const PlattScaling&) const = default;
};
/// Newton's method with smoothed targets (N+ + 1) / (N+ + 2) and 1 / (N- + 2). Undefined if it does not converge.
/// Source: Platt 1999; Lin, Lin and Weng 2007, A Note on Platt's Probabilistic Outputs.
[[nodiscard]] std::optional<PlattScaling> fitPlatt(std::span<const double> logits,
                                                   std::span<const std::uint8_t> labels);

/// First-order correction of a logit trained with a positive-class weight: logit - ln(weight); weight is positive.
/// Golden: probability 0.75 and weight 3 give 0.5.
[[nodiscard]] double withoutPositiveWeight(double logit, double weight);

/// A probability for another prevalence than that of training; both prevalences lie in (0, 1).
/// Source: Saerens and others 2002. Golden: 0.8 at 39 % becomes 0.113 at 2 %.
[[nodiscard]] double withPrevalence(double probability, double trained, double expected);

} // namespace modscope
