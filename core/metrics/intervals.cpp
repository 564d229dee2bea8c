#include "core/metrics/intervals.h"

#include <boost/math/distributions/normal.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <cassert>
#include <cmath>

namespace modscope {

namespace {

bool isShare(std::uint64_t successes, std::uint64_t trials, double confidence)
{
    return successes <= trials && confidence > 0 && confidence < 1;
}

/// Wilson's bounds at z standard normal units.
Interval wilsonAt(std::uint64_t successes, std::uint64_t trials, double z)
{
    const auto n = static_cast<double>(trials);
    const double share = static_cast<double>(successes) / n;
    const double denominator = 1 + z * z / n;
    const double centre = (share + z * z / (2 * n)) / denominator;
    const double half = z / denominator * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
    // At the ends the bound is the end itself; rounding must not step over it.
    return {successes == 0 ? 0.0 : centre - half, successes == trials ? 1.0 : centre + half};
}

double normalQuantile(double probability)
{
    return boost::math::quantile(boost::math::normal(), probability);
}

} // namespace

std::optional<Interval> wilsonInterval(std::uint64_t successes, std::uint64_t trials, double confidence)
{
    assert(isShare(successes, trials, confidence));
    if (trials == 0) {
        return std::nullopt;
    }
    return wilsonAt(successes, trials, normalQuantile((1 + confidence) / 2));
}

std::optional<double> wilsonLower(std::uint64_t successes, std::uint64_t trials, double confidence)
{
    assert(isShare(successes, trials, confidence));
    if (trials == 0) {
        return std::nullopt;
    }
    return wilsonAt(successes, trials, normalQuantile(confidence)).lower;
}

std::optional<double> wilsonUpper(std::uint64_t successes, std::uint64_t trials, double confidence)
{
    assert(isShare(successes, trials, confidence));
    if (trials == 0) {
        return std::nullopt;
    }
    return wilsonAt(successes, trials, normalQuantile(confidence)).upper;
}

std::optional<Interval> clopperPearsonInterval(std::uint64_t successes, std::uint64_t trials, double confidence)
{
    const double oneSided = (1 + confidence) / 2;
    const auto lower = clopperPearsonLower(successes, trials, oneSided);
    const auto upper = clopperPearsonUpper(successes, trials, oneSided);
    return lower && upper ? std::optional(Interval{*lower, *upper}) : std::nullopt;
}

std::optional<double> clopperPearsonLower(std::uint64_t successes, std::uint64_t trials, double confidence)
{
    assert(isShare(successes, trials, confidence));
    if (trials == 0) {
        return std::nullopt;
    }
    if (successes == 0) {
        return 0.0;
    }
    return betaQuantile(1 - confidence, static_cast<double>(successes), static_cast<double>(trials - successes + 1));
}

std::optional<double> clopperPearsonUpper(std::uint64_t successes, std::uint64_t trials, double confidence)
{
    assert(isShare(successes, trials, confidence));
    if (trials == 0) {
        return std::nullopt;
    }
    if (successes == trials) {
        return 1.0;
    }
    return betaQuantile(confidence, static_cast<double>(successes + 1), static_cast<double>(trials - successes));
}

double binomialTail(std::uint64_t successes, std::uint64_t trials, double probability)
{
    if (successes == 0) {
        return 1;
    }
    if (successes > trials) {
        return 0;
    }
    return betaCdf(probability, static_cast<double>(successes), static_cast<double>(trials - successes + 1));
}

double betaCdf(double x, double a, double b)
{
    assert(x >= 0 && x <= 1 && a > 0 && b > 0);
    return boost::math::ibeta(a, b, x);
}

double betaQuantile(double probability, double a, double b)
{
    assert(probability >= 0 && probability <= 1 && a > 0 && b > 0);
    return boost::math::ibeta_inv(a, b, probability);
}

} // namespace modscope
