#pragma once

#include "core/nn/kernels/row_kernels.h"

#include <cstddef>
#include <cstdint>

namespace modscope::nn {

/// What follows a linear layer, computed on the sums while they are still in registers.
enum class Epilogue { None, Silu, Gelu, GeluTanh, Relu };

/// Output columns that one pass computes: four vectors of 16. Weights lie in panels of this many columns.
inline constexpr std::ptrdiff_t kPanelColumns = 64;

/// Some rows times one panel of weights. Along the depth, weights and rows come in groups of four bytes (two bfloat16
/// or four int8), as the processor multiplies them: a panel is [groups][64 columns][4 bytes].
struct PanelTask {
    const std::byte* rows = nullptr; ///< [count][groups][4 bytes]
    std::ptrdiff_t rowBytes = 0;     ///< from one row to the next
    std::ptrdiff_t count = 0;
    const std::byte* panel = nullptr;
    std::ptrdiff_t groups = 0;
    const float* bias = nullptr;        ///< [64]
    const float* columnScale = nullptr; ///< [64]; int8 only
    const float* zeroPoint = nullptr;   ///< [64], 128 times the column's sum of weights; int8 only
    const float* rowScale = nullptr;    ///< [count]; int8 only
    BFloat16Bits* out = nullptr;
    std::ptrdiff_t outStride = 0; ///< elements
    std::ptrdiff_t columns = 0;   ///< of the 64 that exist
    Epilogue epilogue = Epilogue::None;
};

// Need AVX512-BF16 (and VNNI for int8): call only where cpuFeatures() has them.

/// out = act(rows panel + bias), products of bfloat16 pairs summed in float32.
void multiplyPanelBf16(const PanelTask& task);
/// The same for rows of unsigned bytes (zero at 128) and weights of signed bytes, summed in int32.
void multiplyPanelInt8(const PanelTask& task);
/// One row to bytes: value = (byte - 128) * scale, the largest magnitude at 127; padded with zeros to `paddedWidth`.
/// @return scale
float quantiseRow(const BFloat16Bits* row, std::ptrdiff_t width, std::ptrdiff_t paddedWidth, std::uint8_t* out);

} // namespace modscope::nn
