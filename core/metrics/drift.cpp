#include "core/metrics/drift.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <vector>

namespace modscope {

namespace {

std::vector<double> sorted(std::span<const double> values)
{
    std::vector<double> copy(values.begin(), values.end());
    std::sort(copy.begin(), copy.end());
    return copy;
}

/// Upper edges of all bins but the last; repeated quantiles make one bin.
std::vector<double> quantileEdges(const std::vector<double>& reference, std::size_t bins)
{
    std::vector<double> edges;
    for (std::size_t bin = 1; bin < bins; ++bin) {
        const double edge = reference[(bin * reference.size() - 1) / bins];
        if (edge < reference.back() && (edges.empty() || edges.back() < edge)) {
            edges.push_back(edge);
        }
    }
    return edges;
}

/// Share of values in each bin (lower, upper], half a value added to each.
std::vector<double> smoothedShares(std::span<const double> values, const std::vector<double>& edges)
{
    std::vector<double> shares(edges.size() + 1, 0.5);
    for (const double value : values) {
        const auto bin = std::lower_bound(edges.begin(), edges.end(), value) - edges.begin();
        shares[static_cast<std::size_t>(bin)] += 1;
    }
    const double all = std::accumulate(shares.begin(), shares.end(), 0.0);
    std::for_each(shares.begin(), shares.end(), [all](double& share) { share /= all; });
    return shares;
}

/// P(K > x) of Kolmogorov's distribution.
double kolmogorovTail(double x)
{
    constexpr double kSeriesStart = 0.2; // below it the tail is 1 to twelve digits and the series converges slowly
    if (x < kSeriesStart) {
        return 1;
    }
    double sum = 0;
    double term = 1;
    for (int j = 1; term > 1e-17; ++j) {
        term = std::exp(-2.0 * j * j * x * x);
        sum += j % 2 == 1 ? term : -term;
    }
    return std::clamp(2 * sum, 0.0, 1.0);
}

std::vector<double> sumOfRows(std::span<const float> rows, std::size_t width)
{
    std::vector<double> sum(width);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        sum[i % width] += static_cast<double>(rows[i]);
    }
    return sum;
}

} // namespace

std::optional<double> populationStabilityIndex(std::span<const double> reference,
                                               std::span<const double> current,
                                               std::size_t bins)
{
    assert(bins >= 2);
    if (reference.empty() || current.empty()) {
        return std::nullopt;
    }
    const auto edges = quantileEdges(sorted(reference), bins);
    const auto before = smoothedShares(reference, edges);
    const auto after = smoothedShares(current, edges);
    double index = 0;
    for (std::size_t bin = 0; bin < before.size(); ++bin) {
        index += (after[bin] - before[bin]) * std::log(after[bin] / before[bin]);
    }
    return index;
}

std::optional<KolmogorovSmirnov> kolmogorovSmirnov(std::span<const double> reference, std::span<const double> current)
{
    if (reference.empty() || current.empty()) {
        return std::nullopt;
    }
    const auto a = sorted(reference);
    const auto b = sorted(current);
    const auto n = static_cast<double>(a.size());
    const auto m = static_cast<double>(b.size());
    KolmogorovSmirnov result;
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < a.size() && j < b.size()) {
        const double value = std::min(a[i], b[j]);
        i = static_cast<std::size_t>(std::upper_bound(a.begin() + std::ptrdiff_t(i), a.end(), value) - a.begin());
        j = static_cast<std::size_t>(std::upper_bound(b.begin() + std::ptrdiff_t(j), b.end(), value) - b.begin());
        const double distance = std::abs(static_cast<double>(i) / n - static_cast<double>(j) / m);
        result.statistic = std::max(result.statistic, distance);
    }
    const double root = std::sqrt(n * m / (n + m));
    result.pValue = kolmogorovTail((root + 0.12 + 0.11 / root) * result.statistic);
    return result;
}

std::optional<double> centroidDistance(std::span<const float> reference,
                                       std::span<const float> current,
                                       std::size_t width)
{
    assert(width > 0 && reference.size() % width == 0 && current.size() % width == 0);
    const auto a = sumOfRows(reference, width);
    const auto b = sumOfRows(current, width);
    const double lengths = std::sqrt(std::inner_product(a.begin(), a.end(), a.begin(), 0.0)) *
                           std::sqrt(std::inner_product(b.begin(), b.end(), b.begin(), 0.0));
    if (lengths == 0) {
        return std::nullopt;
    }
    return 1 - std::inner_product(a.begin(), a.end(), b.begin(), 0.0) / lengths;
}

} // namespace modscope
