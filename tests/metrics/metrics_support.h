#pragma once

#include <cmath>
#include <cstdint>
#include <optional>
#include <vector>

namespace modscope::test {

/// Whether a number is defined and at most `tolerance` from the expected one.
inline bool near(std::optional<double> value, double expected, double tolerance = 1e-9)
{
    return value && std::abs(*value - expected) <= tolerance;
}

/// The sixteen probabilities and labels that calibration, ranking and threshold goldens share.
inline const std::vector<double> kProbabilities = {.05, .12, .18, .22, .31, .38, .44, .52,
                                                   .57, .63, .68, .74, .81, .88, .93, .97};
inline const std::vector<std::uint8_t> kLabels = {0, 0, 0, 1, 0, 0, 1, 0, 1, 1, 0, 1, 1, 1, 1, 1};

} // namespace modscope::test
