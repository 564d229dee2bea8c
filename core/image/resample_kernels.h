#pragma once

#include "core/image/resample_axis.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace modscope::resample {

/// Bytes that must be readable behind a row given to a horizontal pass.
inline constexpr std::size_t kRowSlack = 64;

/// Rows that a horizontal pass takes at a time, because they share their weights.
inline constexpr std::size_t kRowBlock = 4;
using SourceRows = std::array<const std::uint8_t*, kRowBlock>;
using TargetRows = std::array<std::uint8_t*, kRowBlock>;

/// One instruction set's way to do the two passes. All give the same bytes.
struct Kernels {
    std::string_view name;

    /// A block of RGB8 rows; a row may be given several times, with its target, where there are fewer.
    /// @param rows  readable up to kRowSlack bytes behind the last input of the axis
    /// @param out   3 bytes for each output of the axis
    void (*horizontal)(const SourceRows& rows, const Axis& axis, const TargetRows& out);

    /// One output row: column by column the weighted sum of taps.count rows.
    /// @param rows    the row taps.first
    /// @param stride  bytes from one row to the next
    /// @param bytes   of a row; neighbours need not be readable
    void (*vertical)(
        const std::uint8_t* rows, std::size_t stride, const OutputTaps& taps, std::size_t bytes, std::uint8_t* out);
};

[[nodiscard]] const Kernels& scalarKernels();
#if defined(__x86_64__)
[[nodiscard]] const Kernels& avx2Kernels();
[[nodiscard]] const Kernels& avx512Kernels(); ///< needs F, BW, VL, VBMI and VNNI: Ice Lake, Zen 4 and later
#endif

/// What this machine can run, the fastest last.
[[nodiscard]] std::span<const Kernels* const> usableKernels();

/// (sum + half) >> kFractionBits, clipped to 8 bits.
[[nodiscard]] inline std::uint8_t toPixel(std::int32_t sum)
{
    const std::int32_t value = (sum + (1 << (kFractionBits - 1))) >> kFractionBits;
    return static_cast<std::uint8_t>(value < 0 ? 0 : value > 255 ? 255 : value);
}

/// Bytes [begin, end) of a vertical pass without vectors: what is left over by the wide kernels.
inline void verticalTail(const std::uint8_t* rows,
                         std::size_t stride,
                         const OutputTaps& taps,
                         std::size_t begin,
                         std::size_t end,
                         std::uint8_t* out)
{
    for (std::size_t x = begin; x < end; ++x) {
        std::int32_t sum = 0;
        for (int tap = 0; tap < taps.count; ++tap) {
            sum += taps.weights[tap] * rows[static_cast<std::size_t>(tap) * stride + x];
        }
        out[x] = toPixel(sum);
    }
}

} // namespace modscope::resample
