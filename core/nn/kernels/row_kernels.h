#pragma once

#include <cstddef>
#include <cstdint>

namespace modscope::nn {

using BFloat16Bits = std::uint16_t; ///< the upper half of a float32

/// One head of one sequence: out = softmax(query keyᵀ) value. The scale is folded into the query's weights.
/// Strides are elements from one row to the next.
template <typename T>
struct AttentionTask {
    const T* query = nullptr; ///< [queries, headDim]
    const T* key = nullptr;   ///< [keys, headDim]
    const T* value = nullptr; ///< [keys, headDim]
    T* out = nullptr;         ///< [queries, headDim]
    std::ptrdiff_t queryStride = 0;
    std::ptrdiff_t keyStride = 0;
    std::ptrdiff_t valueStride = 0;
    std::ptrdiff_t outStride = 0;
    std::ptrdiff_t queries = 0;
    std::ptrdiff_t keys = 0;
    std::ptrdiff_t headDim = 0;
    bool causal = false; ///< query i sees keys up to keys - queries + i: the last query sees all
};

/// Floats that attend needs as scratch space.
[[nodiscard]] std::size_t attentionScratch(std::ptrdiff_t keys, std::ptrdiff_t headDim);

/// What runs between the linear layers, for one element type of activations. One build an instruction set; all compute
/// in float32 with the same operations in the same order per lane, so they agree to a few units in the last place.
template <typename T>
struct RowKernels {
    /// x += y (unless y is null), then out = (x - mean(x)) / sqrt(variance(x) + eps), row by row. x is float32 so that
    /// the residual stream keeps its precision; one pass over memory does both.
    void (*addNormalise)(float* x, const T* y, std::ptrdiff_t rows, std::ptrdiff_t width, float eps, T* out);
    /// @param scratch  attentionScratch() floats, aligned to 64 bytes
    void (*attend)(const AttentionTask<T>& task, float* scratch);
};

struct RowKernelSet {
    const char* name; ///< "AVX-512", "AVX2", "SSE2"
    RowKernels<float> fp32;
    RowKernels<BFloat16Bits> bf16;
};

/// The best set that this processor runs.
[[nodiscard]] const RowKernelSet& rowKernels();

// Each is compiled with its instruction set on; call only where the processor has it (cpu_features.h).
extern const RowKernelSet kRowKernelsSse2;
extern const RowKernelSet kRowKernelsAvx2;
extern const RowKernelSet kRowKernelsAvx512;

} // namespace modscope::nn
