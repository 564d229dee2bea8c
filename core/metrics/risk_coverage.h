#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace modscope {

/// How wrong the model is on the items it is surest of.
struct RiskCoverage {
    std::vector<double> risk;   ///< [N]: mean error of the i + 1 most confident items, that is at coverage (i + 1) / N
    std::optional<double> aurc; ///< mean of them; undefined without items
    std::optional<double> excessAurc; ///< minus that of the ideal order, all errors last

    bool operator==(const RiskCoverage&) const = default;
};

/// Among equal confidences errors are spread evenly, so that the order of the items does not matter.
/// @param confidences  [N], finite, larger is surer
/// @param correct      [N], 0 or 1
/// Source: Geifman and others 2019, Bias-Reduced Uncertainty Estimation. Golden: AURC 0.188571, E-AURC 0.075952.
[[nodiscard]] RiskCoverage riskCoverage(std::span<const double> confidences, std::span<const std::uint8_t> correct);

} // namespace modscope
