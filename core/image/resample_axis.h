#pragma once

#include "core/image/resize.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace modscope::resample {

/// The weights of an output are stored in groups of this many, padded with zeros, so that wide kernels need no tail.
inline constexpr int kTapGroup = 8;
/// 22 fractional bits, as Pillow has.
inline constexpr int kFractionBits = 22;
/// A weight is `high * 2^15 + low` with 0 <= low < 2^15: both halves then fit a 16-bit multiply.
inline constexpr int kLowBits = 15;

/// Half-open range of rows or columns.
struct Range {
    int begin = 0;
    int end = 0;

    [[nodiscard]] int size() const { return end - begin; }
    bool operator==(const Range&) const = default;
};

/// Which inputs make one output, with which weights.
struct OutputTaps {
    int first = 0;
    int count = 0;
    const std::int32_t* weights = nullptr; ///< count values, then zeros up to a multiple of kTapGroup
    const std::int16_t* split = nullptr;   ///< per group: kTapGroup high halves, then kTapGroup low halves

    /// The high halves from `tap` on, to the end of its group; the low ones lie kTapGroup further.
    [[nodiscard]] const std::int16_t* halves(int tap) const
    {
        return split + std::ptrdiff_t{2} * (tap - tap % kTapGroup) + tap % kTapGroup;
    }
};

/// The weights of one axis of a resize from `inputSize` to `outputSize`, for the outputs in `wanted`.
/// Same double arithmetic, in the same order, as Pillow's precompute_coeffs and normalize_coeffs_8bpc.
class Axis {
public:
    Axis(int inputSize, int outputSize, ResizeFilter filter, Range wanted);

    [[nodiscard]] int outputs() const { return static_cast<int>(m_first.size()); }
    /// @param output  counted from the start of `wanted`
    [[nodiscard]] OutputTaps taps(int output) const
    {
        const auto index = static_cast<std::size_t>(output);
        const std::size_t start = index * static_cast<std::size_t>(m_groups) * kTapGroup;
        return {m_first[index], m_count[index], m_weights.data() + start, m_split.data() + 2 * start};
    }
    [[nodiscard]] int groups() const { return m_groups; }   ///< per output
    [[nodiscard]] Range inputs() const { return m_inputs; } ///< all inputs that any wanted output needs
    /// Counts inputs from `origin` from now on.
    void moveOrigin(int origin);

private:
    void storeWeights(std::size_t output, const std::vector<double>& weights);

    int m_groups = 0;
    Range m_inputs;
    std::vector<int> m_first;
    std::vector<int> m_count;
    std::vector<std::int32_t> m_weights;
    std::vector<std::int16_t> m_split;
};

} // namespace modscope::resample
