#pragma once

#include "core/nn/kernels/row_kernels.h"

// The row kernels, written once in GCC's vector types and compiled once per instruction set. Everything is in an
// anonymous namespace and nothing of the standard library is used: a function shared between these builds could be
// linked in its AVX-512 form and crash a lesser processor.

namespace modscope::nn {
namespace {

constexpr std::ptrdiff_t kLanes = 16;
using Floats = float __attribute__((vector_size(64)));
using Ints = std::int32_t __attribute__((vector_size(64)));
using Words = std::uint32_t __attribute__((vector_size(64)));
using Halves = std::uint16_t __attribute__((vector_size(32)));
using UnalignedFloats = float __attribute__((vector_size(64), aligned(4), may_alias));
using UnalignedHalves = std::uint16_t __attribute__((vector_size(32), aligned(2), may_alias));

#define MODSCOPE_INLINE inline __attribute__((always_inline))
// Loops over registers must vanish: -O2 alone leaves the longer ones, and the sums in memory (5 times slower).
#define MODSCOPE_UNROLL _Pragma("GCC unroll 8")

MODSCOPE_INLINE Floats loadLanes(const float* from)
{
    return *reinterpret_cast<const UnalignedFloats*>(from);
}
MODSCOPE_INLINE Floats loadLanes(const BFloat16Bits* from)
{
    const Halves halves = *reinterpret_cast<const UnalignedHalves*>(from);
    return reinterpret_cast<Floats>(__builtin_convertvector(halves, Words) << 16U);
}
MODSCOPE_INLINE void storeLanes(float* to, Floats values)
{
    *reinterpret_cast<UnalignedFloats*>(to) = values;
}
MODSCOPE_INLINE void storeLanes(BFloat16Bits* to, Floats values)
{
    const Words bits = reinterpret_cast<Words>(values);
    const Words rounded = (bits + 0x7FFFU + ((bits >> 16U) & 1U)) >> 16U; // to nearest, ties to even
    *reinterpret_cast<UnalignedHalves*>(to) = __builtin_convertvector(rounded, Halves);
}
MODSCOPE_INLINE float loadOne(float value)
{
    return value;
}
MODSCOPE_INLINE float loadOne(BFloat16Bits value)
{
    return __builtin_bit_cast(float, static_cast<std::uint32_t>(value) << 16U);
}
MODSCOPE_INLINE void storeOne(float* to, float value)
{
    *to = value;
}
MODSCOPE_INLINE void storeOne(BFloat16Bits* to, float value)
{
    const auto bits = __builtin_bit_cast(std::uint32_t, value);
    *to = static_cast<BFloat16Bits>((bits + 0x7FFFU + ((bits >> 16U) & 1U)) >> 16U);
}

MODSCOPE_INLINE float sumOf(Floats values)
{
    float sum = 0.0F;
    for (int lane = 0; lane < kLanes; ++lane) {
        sum += values[lane];
    }
    return sum;
}
MODSCOPE_INLINE float largestOf(Floats values)
{
    float largest = values[0];
    for (int lane = 1; lane < kLanes; ++lane) {
        largest = values[lane] > largest ? values[lane] : largest;
    }
    return largest;
}

MODSCOPE_INLINE std::ptrdiff_t roundUp(std::ptrdiff_t count)
{
    return (count + kLanes - 1) / kLanes * kLanes;
}

/// e^x for x <= 0: 2^n times a polynomial on [-ln2/2, ln2/2] (Cephes' coefficients); relative error below 2e-7.
MODSCOPE_INLINE Floats exponential(Floats x)
{
    constexpr float kMagic = 12582912.0F; // 1.5 * 2^23: adding it rounds to an integer kept in the low bits
    const Floats floor = x - x - 87.0F;
    x = x < floor ? floor : x;
    const Floats shifted = x * 1.44269504F + kMagic;
    const Floats n = shifted - kMagic;
    Floats r = x - n * 0.693359375F;
    r = r + n * 2.12194440e-4F;
    Floats p = r * 1.9875691500e-4F + 1.3981999507e-3F;
    p = p * r + 8.3334519073e-3F;
    p = p * r + 4.1665795894e-2F;
    p = p * r + 1.6666665459e-1F;
    p = p * r + 5.0000001201e-1F;
    p = p * (r * r) + r + 1.0F;
    const Ints power = (reinterpret_cast<Ints>(shifted) + 127) << 23;
    return p * reinterpret_cast<Floats>(power);
}

template <typename T>
MODSCOPE_INLINE float addAndSum(float* x, const T* y, std::ptrdiff_t width)
{
    Floats sums = {};
    float sum = 0.0F;
    std::ptrdiff_t i = 0;
    for (; i + kLanes <= width; i += kLanes) {
        Floats value = loadLanes(x + i);
        if (y != nullptr) {
            value += loadLanes(y + i);
            storeLanes(x + i, value);
        }
        sums += value;
    }
    for (; i < width; ++i) {
        x[i] += y != nullptr ? loadOne(y[i]) : 0.0F;
        sum += x[i];
    }
    return sum + sumOf(sums);
}

MODSCOPE_INLINE float squaredDistance(const float* x, float mean, std::ptrdiff_t width)
{
    Floats sums = {};
    float sum = 0.0F;
    std::ptrdiff_t i = 0;
    for (; i + kLanes <= width; i += kLanes) {
        const Floats centred = loadLanes(x + i) - mean;
        sums += centred * centred;
    }
    for (; i < width; ++i) {
        sum += (x[i] - mean) * (x[i] - mean);
    }
    return sum + sumOf(sums);
}

template <typename T>
void addNormalise(float* x, const T* y, std::ptrdiff_t rows, std::ptrdiff_t width, float eps, T* out)
{
    for (std::ptrdiff_t row = 0; row < rows; ++row) {
        const float mean = addAndSum(x, y, width) / static_cast<float>(width);
        const float variance = squaredDistance(x, mean, width) / static_cast<float>(width);
        const float scale = 1.0F / __builtin_sqrtf(variance + eps);
        std::ptrdiff_t i = 0;
        for (; i + kLanes <= width; i += kLanes) {
            storeLanes(out + i, (loadLanes(x + i) - mean) * scale);
        }
        for (; i < width; ++i) {
            storeOne(out + i, (x[i] - mean) * scale);
        }
        x += width;
        out += width;
        y = y != nullptr ? y + width : nullptr;
    }
}

constexpr std::ptrdiff_t kBlock = 6; // rows at a time: 6 x 2 accumulators leave registers for the operands

/// c[Rows, columns] = a[Rows, depth] b[depth, columns]; columns a multiple of 16, b and c aligned.
template <int Rows>
void multiply(const float* a,
              std::ptrdiff_t aStride,
              const float* b,
              std::ptrdiff_t columns,
              float* c,
              std::ptrdiff_t cStride,
              std::ptrdiff_t depth)
{
    std::ptrdiff_t column = 0;
    for (; column + 2 * kLanes <= columns; column += 2 * kLanes) {
        Floats left[Rows] = {};
        Floats right[Rows] = {};
        const float* from = b + column;
        for (std::ptrdiff_t k = 0; k < depth; ++k, from += columns) {
            const Floats first = loadLanes(from);
            const Floats second = loadLanes(from + kLanes);
            MODSCOPE_UNROLL
            for (int row = 0; row < Rows; ++row) {
                left[row] += a[row * aStride + k] * first;
                right[row] += a[row * aStride + k] * second;
            }
        }
        MODSCOPE_UNROLL
        for (int row = 0; row < Rows; ++row) {
            storeLanes(c + row * cStride + column, left[row]);
            storeLanes(c + row * cStride + column + kLanes, right[row]);
        }
    }
    if (column < columns) {
        Floats sums[Rows] = {};
        const float* from = b + column;
        for (std::ptrdiff_t k = 0; k < depth; ++k, from += columns) {
            const Floats values = loadLanes(from);
            MODSCOPE_UNROLL
            for (int row = 0; row < Rows; ++row) {
                sums[row] += a[row * aStride + k] * values;
            }
        }
        MODSCOPE_UNROLL
        for (int row = 0; row < Rows; ++row) {
            storeLanes(c + row * cStride + column, sums[row]);
        }
    }
}

/// Softmax of the first `visible` of `padded` scores, in place; the others become 0.
MODSCOPE_INLINE void softmax(float* scores, std::ptrdiff_t visible, std::ptrdiff_t padded)
{
    for (std::ptrdiff_t i = visible; i < padded; ++i) {
        scores[i] = -1e30F;
    }
    Floats largest = loadLanes(scores);
    for (std::ptrdiff_t i = kLanes; i < padded; i += kLanes) {
        const Floats values = loadLanes(scores + i);
        largest = values > largest ? values : largest;
    }
    const float top = largestOf(largest);
    Floats sums = {};
    for (std::ptrdiff_t i = 0; i < padded; i += kLanes) {
        const Floats values = exponential(loadLanes(scores + i) - top);
        storeLanes(scores + i, values);
        sums += values;
    }
    for (std::ptrdiff_t i = visible; i < padded; ++i) {
        scores[i] = 0.0F; // e^-87 is not quite nothing
    }
    const float scale = 1.0F / sumOf(sums);
    for (std::ptrdiff_t i = 0; i < padded; i += kLanes) {
        storeLanes(scores + i, loadLanes(scores + i) * scale);
    }
}

/// Where attend keeps its parts in the scratch space, all rows padded to whole vectors.
struct Scratch {
    float* keys;    ///< transposed: [headDim, paddedKeys]
    float* values;  ///< [paddedKeys, paddedDim]
    float* queries; ///< [kBlock, headDim]
    float* scores;  ///< [kBlock, paddedKeys]
    float* mixed;   ///< [kBlock, paddedDim]
};

template <typename T>
MODSCOPE_INLINE void widenRow(const T* from, std::ptrdiff_t count, float* to)
{
    std::ptrdiff_t i = 0;
    for (; i + kLanes <= count; i += kLanes) {
        storeLanes(to + i, loadLanes(from + i));
    }
    for (; i < count; ++i) {
        to[i] = loadOne(from[i]);
    }
}

/// Keys transposed and values padded, in float32, once for all queries of the head.
template <typename T>
void gatherKeysAndValues(const AttentionTask<T>& task, const Scratch& scratch)
{
    const std::ptrdiff_t paddedKeys = roundUp(task.keys);
    const std::ptrdiff_t paddedDim = roundUp(task.headDim);
    for (std::ptrdiff_t d = 0; d < task.headDim; ++d) {
        float* row = scratch.keys + d * paddedKeys;
        for (std::ptrdiff_t key = 0; key < task.keys; ++key) {
            row[key] = loadOne(task.key[key * task.keyStride + d]);
        }
        for (std::ptrdiff_t key = task.keys; key < paddedKeys; ++key) {
            row[key] = 0.0F;
        }
    }
    for (std::ptrdiff_t key = 0; key < task.keys; ++key) {
        float* row = scratch.values + key * paddedDim;
        widenRow(task.value + key * task.valueStride, task.headDim, row);
        for (std::ptrdiff_t d = task.headDim; d < paddedDim; ++d) {
            row[d] = 0.0F;
        }
    }
}

template <int Rows, typename T>
void attendBlock(const AttentionTask<T>& task, std::ptrdiff_t first, const Scratch& scratch)
{
    const std::ptrdiff_t paddedDim = roundUp(task.headDim);
    // a causal block needs only the keys that its last row sees
    const std::ptrdiff_t reach = task.causal ? task.keys - task.queries + first + Rows : task.keys;
    const std::ptrdiff_t paddedKeys = roundUp(task.keys);
    for (std::ptrdiff_t row = 0; row < Rows; ++row) {
        widenRow(task.query + (first + row) * task.queryStride, task.headDim, scratch.queries + row * task.headDim);
    }
    multiply<Rows>(scratch.queries, task.headDim, scratch.keys, paddedKeys, scratch.scores, paddedKeys, task.headDim);
    for (std::ptrdiff_t row = 0; row < Rows; ++row) {
        const std::ptrdiff_t visible = task.causal ? reach - Rows + row + 1 : task.keys;
        softmax(scratch.scores + row * paddedKeys, visible, paddedKeys);
    }
    multiply<Rows>(scratch.scores, paddedKeys, scratch.values, paddedDim, scratch.mixed, paddedDim, reach);
    for (std::ptrdiff_t row = 0; row < Rows; ++row) {
        T* out = task.out + (first + row) * task.outStride;
        const float* mixed = scratch.mixed + row * paddedDim;
        std::ptrdiff_t d = 0;
        for (; d + kLanes <= task.headDim; d += kLanes) {
            storeLanes(out + d, loadLanes(mixed + d));
        }
        for (; d < task.headDim; ++d) {
            storeOne(out + d, mixed[d]);
        }
    }
}

template <typename T>
void attend(const AttentionTask<T>& task, float* memory)
{
    const std::ptrdiff_t paddedKeys = roundUp(task.keys);
    const std::ptrdiff_t paddedDim = roundUp(task.headDim);
    Scratch scratch{};
    scratch.keys = memory;
    scratch.values = scratch.keys + paddedDim * paddedKeys;
    scratch.scores = scratch.values + paddedKeys * paddedDim;
    scratch.mixed = scratch.scores + kBlock * paddedKeys;
    scratch.queries = scratch.mixed + kBlock * paddedDim;
    gatherKeysAndValues(task, scratch);
    std::ptrdiff_t row = 0;
    for (; row + kBlock <= task.queries; row += kBlock) {
        attendBlock<kBlock>(task, row, scratch);
    }
    for (; row < task.queries; ++row) {
        attendBlock<1>(task, row, scratch);
    }
}

} // namespace
} // namespace modscope::nn
