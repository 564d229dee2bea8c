#pragma once

#include <cstdint>
#include <optional>

namespace modscope {

/// A closed range.
struct Interval {
    double lower = 0;
    double upper = 0;

    bool operator==(const Interval&) const = default;
};

// Bounds for a share of which `successes` of `trials` were seen. Undefined without trials; successes <= trials;
// 0 < confidence < 1. "Lower" and "upper" are one-sided: the whole error lies on that side.

/// Wilson's score interval, two-sided. Source: Wilson 1927. Golden: 45 of 50 at 95 % give 0.7864 to 0.9565.
[[nodiscard]] std::optional<Interval> wilsonInterval(std::uint64_t successes,
                                                     std::uint64_t trials,
                                                     double confidence = 0.95);
/// Golden: 45 of 50 give 0.8085.
[[nodiscard]] std::optional<double> wilsonLower(std::uint64_t successes,
                                                std::uint64_t trials,
                                                double confidence = 0.95);
[[nodiscard]] std::optional<double> wilsonUpper(std::uint64_t successes,
                                                std::uint64_t trials,
                                                double confidence = 0.95);

/// The exact interval, two-sided, equal tails. Source: Clopper and Pearson 1934.
[[nodiscard]] std::optional<Interval> clopperPearsonInterval(std::uint64_t successes,
                                                             std::uint64_t trials,
                                                             double confidence = 0.95);
/// Golden: 45 of 50 give 0.8012.
[[nodiscard]] std::optional<double> clopperPearsonLower(std::uint64_t successes,
                                                        std::uint64_t trials,
                                                        double confidence = 0.95);
/// Golden: 0 of 59 give 0.0495.
[[nodiscard]] std::optional<double> clopperPearsonUpper(std::uint64_t successes,
                                                        std::uint64_t trials,
                                                        double confidence = 0.95);

/// P(X >= successes) for X ~ Binomial(trials, probability); probability in [0, 1].
[[nodiscard]] double binomialTail(std::uint64_t successes, std::uint64_t trials, double probability);
/// P(X <= x) for X ~ Beta(a, b); x in [0, 1], a and b positive.
[[nodiscard]] double betaCdf(double x, double a, double b);
/// The x with betaCdf(x, a, b) = probability; probability in [0, 1].
[[nodiscard]] double betaQuantile(double probability, double a, double b);

} // namespace modscope
