#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>

// Private to this room: the step of PDQ from a picture's brightness to 64 x 64 samples.

namespace modscope::pdq_filter {

inline constexpr int kSide = 64;

/// float32 [64, 64], row-major.
using Samples = std::array<float, std::size_t{kSide} * kSide>;

/// Where the brightness comes from: writes a row's values, 0..255.
using LumaRow = std::function<void(int row, float* out)>;

/// Two box filters along the rows and two along the columns, then the 64 x 64 values at the cells' centres. Sums run in
/// the reference's order, since another order rounds otherwise and can change bits of the hash; the picture is only
/// ever held as the few rows that the filters' windows need. A picture of 64 x 64 is taken as it is.
/// @param rows, columns  at least 5
[[nodiscard]] Samples samples(int rows, int columns, const LumaRow& luma);

/// Brightness of `count` pixels.
/// @param rgb  3 * count bytes
void lumaOfRgb(const std::uint8_t* rgb, int count, float* out);

} // namespace modscope::pdq_filter
