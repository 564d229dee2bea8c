#include "core/nn/kernels/panel_kernels.h"

#include <immintrin.h>

// As in row_kernels_impl.h: nothing here may be shared with files built for lesser processors.

namespace modscope::nn {
namespace {

#define MODSCOPE_INLINE inline __attribute__((always_inline))
// Loops over registers must vanish: -O2 alone leaves the longer ones, and the sums in memory (5 times slower).
#define MODSCOPE_UNROLL _Pragma("GCC unroll 8")

constexpr int kVectors = 4; // of 16 columns: one panel
constexpr int kRows = 6;    // 6 x 4 sums, 4 weights and a broadcast fill 29 of 32 registers

/// e^x; relative error below 3e-7 on [-87, 88]. Cephes' polynomial.
MODSCOPE_INLINE __m512 exponential(__m512 x)
{
    x = _mm512_min_ps(_mm512_max_ps(x, _mm512_set1_ps(-87.0F)), _mm512_set1_ps(88.0F));
    const __m512 n = _mm512_roundscale_ps(_mm512_mul_ps(x, _mm512_set1_ps(1.44269504F)), _MM_FROUND_TO_NEAREST_INT);
    __m512 r = _mm512_fnmadd_ps(n, _mm512_set1_ps(0.693359375F), x);
    r = _mm512_fmadd_ps(n, _mm512_set1_ps(2.12194440e-4F), r);
    __m512 p = _mm512_set1_ps(1.9875691500e-4F);
    p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(1.3981999507e-3F));
    p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(8.3334519073e-3F));
    p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(4.1665795894e-2F));
    p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(1.6666665459e-1F));
    p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(5.0000001201e-1F));
    p = _mm512_fmadd_ps(p, _mm512_mul_ps(r, r), _mm512_add_ps(r, _mm512_set1_ps(1.0F)));
    return _mm512_scalef_ps(p, n);
}

/// x / (1 + e^-u)
MODSCOPE_INLINE __m512 gatedBy(__m512 x, __m512 u)
{
    const __m512 e = exponential(_mm512_sub_ps(_mm512_setzero_ps(), u));
    return _mm512_div_ps(x, _mm512_add_ps(e, _mm512_set1_ps(1.0F)));
}

/// (1 + erf(x / sqrt 2)) / 2 times x. Abramowitz and Stegun 7.1.26: erf within 1.5e-7.
MODSCOPE_INLINE __m512 gelu(__m512 x)
{
    const __m512 z = _mm512_abs_ps(_mm512_mul_ps(x, _mm512_set1_ps(0.70710678F)));
    const __m512 one = _mm512_set1_ps(1.0F);
    const __m512 t = _mm512_div_ps(one, _mm512_fmadd_ps(z, _mm512_set1_ps(0.3275911F), one));
    __m512 p = _mm512_set1_ps(1.061405429F);
    p = _mm512_fmadd_ps(p, t, _mm512_set1_ps(-1.453152027F));
    p = _mm512_fmadd_ps(p, t, _mm512_set1_ps(1.421413741F));
    p = _mm512_fmadd_ps(p, t, _mm512_set1_ps(-0.284496736F));
    p = _mm512_fmadd_ps(p, t, _mm512_set1_ps(0.254829592F));
    const __m512 tail =
        _mm512_mul_ps(_mm512_mul_ps(p, t), exponential(_mm512_sub_ps(_mm512_setzero_ps(), _mm512_mul_ps(z, z))));
    const __mmask16 negative = _mm512_cmp_ps_mask(x, _mm512_setzero_ps(), _CMP_LT_OQ);
    const __m512 half = _mm512_mul_ps(tail, _mm512_set1_ps(0.5F));
    return _mm512_mul_ps(x, _mm512_mask_blend_ps(negative, _mm512_sub_ps(one, half), half));
}

template <Epilogue Act>
MODSCOPE_INLINE __m512 activated(__m512 x)
{
    if constexpr (Act == Epilogue::Silu) {
        return gatedBy(x, x);
    } else if constexpr (Act == Epilogue::Gelu) {
        return gelu(x);
    } else if constexpr (Act == Epilogue::GeluTanh) { // (1 + tanh u) / 2 = sigmoid(2u)
        const __m512 cube = _mm512_mul_ps(_mm512_mul_ps(x, x), _mm512_mul_ps(x, _mm512_set1_ps(0.044715F)));
        return gatedBy(x, _mm512_mul_ps(_mm512_add_ps(x, cube), _mm512_set1_ps(1.59576912F)));
    } else if constexpr (Act == Epilogue::Relu) {
        return _mm512_max_ps(x, _mm512_setzero_ps());
    } else {
        return x;
    }
}

/// Sums of products of bfloat16 pairs, in float32, beginning at the bias.
struct Bf16Sums {
    using Sum = __m512;
    static MODSCOPE_INLINE Sum begin(const float* bias) { return _mm512_loadu_ps(bias); }
    static MODSCOPE_INLINE Sum add(Sum sum, __m512i row, __m512i weights)
    {
        return _mm512_dpbf16_ps(sum, reinterpret_cast<__m512bh>(row), reinterpret_cast<__m512bh>(weights));
    }
    static MODSCOPE_INLINE __m512 end(Sum sum, const PanelTask& /*task*/, int /*column*/, std::ptrdiff_t /*row*/)
    {
        return sum;
    }
};

/// Sums of products of byte quadruples, in int32; scaled and biased at the end.
struct Int8Sums {
    using Sum = __m512i;
    static MODSCOPE_INLINE Sum begin(const float* /*bias*/) { return _mm512_setzero_si512(); }
    static MODSCOPE_INLINE Sum add(Sum sum, __m512i row, __m512i weights)
    {
        return _mm512_dpbusd_epi32(sum, row, weights);
    }
    static MODSCOPE_INLINE __m512 end(Sum sum, const PanelTask& task, int column, std::ptrdiff_t row)
    {
        const __m512 scale =
            _mm512_mul_ps(_mm512_loadu_ps(task.columnScale + column), _mm512_set1_ps(task.rowScale[row]));
        // the zero point's share is whole bytes: taken off before scaling, it costs no precision
        const __m512 offset = _mm512_loadu_ps(task.zeroPoint + column);
        return _mm512_fmadd_ps(_mm512_sub_ps(_mm512_cvtepi32_ps(sum), offset), scale,
                               _mm512_loadu_ps(task.bias + column));
    }
};

MODSCOPE_INLINE __mmask16 maskOf(std::ptrdiff_t left)
{
    return left >= 16 ? static_cast<__mmask16>(0xFFFF) : static_cast<__mmask16>((1U << left) - 1U);
}

MODSCOPE_INLINE void storeColumns(BFloat16Bits* out, __m512 values, std::ptrdiff_t left)
{
    if (left <= 0) {
        return;
    }
    _mm256_mask_storeu_epi16(out, maskOf(left), reinterpret_cast<__m256i>(_mm512_cvtneps_pbh(values)));
}

template <typename Sums, Epilogue Act, int Rows>
void multiplyRows(const PanelTask& task, std::ptrdiff_t first)
{
    typename Sums::Sum sums[Rows][kVectors];
    MODSCOPE_UNROLL
    for (int row = 0; row < Rows; ++row) {
        MODSCOPE_UNROLL
        for (int v = 0; v < kVectors; ++v) {
            sums[row][v] = Sums::begin(task.bias + v * 16);
        }
    }
    const std::byte* rows = task.rows + first * task.rowBytes;
    const std::byte* panel = task.panel;
    for (std::ptrdiff_t group = 0; group < task.groups; ++group, panel += 4 * kPanelColumns) {
        __m512i weights[kVectors];
        MODSCOPE_UNROLL
        for (int v = 0; v < kVectors; ++v) {
            weights[v] = _mm512_loadu_si512(panel + v * 64);
        }
        MODSCOPE_UNROLL
        for (int row = 0; row < Rows; ++row) {
            int four = 0;
            __builtin_memcpy(&four, rows + row * task.rowBytes + group * 4, 4);
            const __m512i value = _mm512_set1_epi32(four);
            MODSCOPE_UNROLL
            for (int v = 0; v < kVectors; ++v) {
                sums[row][v] = Sums::add(sums[row][v], value, weights[v]);
            }
        }
    }
    MODSCOPE_UNROLL
    for (int row = 0; row < Rows; ++row) {
        BFloat16Bits* out = task.out + (first + row) * task.outStride;
        MODSCOPE_UNROLL
        for (int v = 0; v < kVectors; ++v) {
            const __m512 value = Sums::end(sums[row][v], task, v * 16, first + row);
            storeColumns(out + v * 16, activated<Act>(value), task.columns - v * 16);
        }
    }
}

template <typename Sums, Epilogue Act>
void multiplyPanel(const PanelTask& task)
{
    std::ptrdiff_t row = 0;
    for (; row + kRows <= task.count; row += kRows) {
        multiplyRows<Sums, Act, kRows>(task, row);
    }
    switch (task.count - row) {
    case 1:
        multiplyRows<Sums, Act, 1>(task, row);
        break;
    case 2:
        multiplyRows<Sums, Act, 2>(task, row);
        break;
    case 3:
        multiplyRows<Sums, Act, 3>(task, row);
        break;
    case 4:
        multiplyRows<Sums, Act, 4>(task, row);
        break;
    case 5:
        multiplyRows<Sums, Act, 5>(task, row);
        break;
    default:
        break;
    }
}

template <typename Sums>
void multiplyPanel(const PanelTask& task)
{
    switch (task.epilogue) {
    case Epilogue::None:
        multiplyPanel<Sums, Epilogue::None>(task);
        break;
    case Epilogue::Silu:
        multiplyPanel<Sums, Epilogue::Silu>(task);
        break;
    case Epilogue::Gelu:
        multiplyPanel<Sums, Epilogue::Gelu>(task);
        break;
    case Epilogue::GeluTanh:
        multiplyPanel<Sums, Epilogue::GeluTanh>(task);
        break;
    case Epilogue::Relu:
        multiplyPanel<Sums, Epilogue::Relu>(task);
        break;
    }
}

MODSCOPE_INLINE __m512 widened(const BFloat16Bits* from, __mmask16 mask)
{
    const __m256i halves = _mm256_maskz_loadu_epi16(mask, from);
    return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(halves), 16));
}

} // namespace

void multiplyPanelBf16(const PanelTask& task)
{
    multiplyPanel<Bf16Sums>(task);
}

void multiplyPanelInt8(const PanelTask& task)
{
    multiplyPanel<Int8Sums>(task);
}

float quantiseRow(const BFloat16Bits* row, std::ptrdiff_t width, std::ptrdiff_t paddedWidth, std::uint8_t* out)
{
    __m512 largest = _mm512_setzero_ps();
    for (std::ptrdiff_t i = 0; i < width; i += 16) {
        largest = _mm512_max_ps(largest, _mm512_abs_ps(widened(row + i, maskOf(width - i))));
    }
    const float top = _mm512_reduce_max_ps(largest);
    const float scale = top > 0.0F ? top / 127.0F : 1.0F;
    const __m512 factor = _mm512_set1_ps(1.0F / scale);
    std::ptrdiff_t i = 0;
    for (; i < width; i += 16) {
        const __mmask16 mask = maskOf(width - i);
        const __m512i value = _mm512_cvtps_epi32(_mm512_mul_ps(widened(row + i, mask), factor));
        const __m512i shifted = _mm512_add_epi32(value, _mm512_set1_epi32(128));
        _mm_mask_storeu_epi8(out + i, mask, _mm512_cvtusepi32_epi8(shifted));
    }
    for (i = width; i < paddedWidth; ++i) {
        out[i] = 0;
    }
    return scale;
}

} // namespace modscope::nn
