#include "core/metrics/risk_coverage.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace modscope {

namespace {

double meanOf(std::span<const double> values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// AURC when all errors come last.
double idealAurc(std::size_t items, std::size_t errors)
{
    double sum = 0;
    for (std::size_t i = items - errors + 1; i <= items; ++i) {
        sum += static_cast<double>(i - (items - errors)) / static_cast<double>(i);
    }
    return sum / static_cast<double>(items);
}

} // namespace

RiskCoverage riskCoverage(std::span<const double> confidences, std::span<const std::uint8_t> correct)
{
    assert(confidences.size() == correct.size());
    const std::size_t items = correct.size();
    if (items == 0) {
        return {};
    }
    std::vector<std::size_t> order(items);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return confidences[a] > confidences[b]; });
    RiskCoverage result;
    std::size_t errors = 0;
    for (std::size_t start = 0; start < items;) {
        std::size_t end = start;
        std::size_t tiedErrors = 0;
        for (; end < items && confidences[order[end]] == confidences[order[start]]; ++end) {
            tiedErrors += correct[order[end]] == 0 ? 1U : 0U;
        }
        const double errorsEach = static_cast<double>(tiedErrors) / static_cast<double>(end - start);
        for (std::size_t i = start; i < end; ++i) {
            const double sofar = static_cast<double>(errors) + errorsEach * static_cast<double>(i + 1 - start);
            result.risk.push_back(sofar / static_cast<double>(i + 1));
        }
        errors += tiedErrors;
        start = end;
    }
    result.aurc = meanOf(result.risk);
    result.excessAurc = *result.aurc - idealAurc(items, errors);
    return result;
}

} // namespace modscope
