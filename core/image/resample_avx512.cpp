#include "core/image/resample_kernels.h"

#if defined(__x86_64__)

#include <cstring>
#include <immintrin.h>

#define MODSCOPE_AVX512 __attribute__((target("avx512f,avx512bw,avx512vl")))

namespace modscope::resample {

namespace {

/// high * 2^15 + low + half, shifted down; still 32 bits a value.
MODSCOPE_AVX512 __m512i scaleDown(__m512i high, __m512i low)
{
    const __m512i sum = _mm512_add_epi32(_mm512_slli_epi32(high, kLowBits), low);
    return _mm512_srai_epi32(_mm512_add_epi32(sum, _mm512_set1_epi32(1 << (kFractionBits - 1))), kFractionBits);
}

/// One output pixel. A 128-bit lane holds two taps as 16-bit pairs: R0 R1 G0 G1 B0 B1 0 0; four lanes make eight taps.
MODSCOPE_AVX512 __m128i horizontalPixel(const std::uint8_t* pixel, const std::int16_t* split, int groups)
{
    // Lane n needs the bytes 6n to 6n + 5. They lie in two dwords, at an odd word where n is odd.
    const __m512i dwords = _mm512_setr_epi32(0, 1, 0, 0, 1, 2, 0, 0, 3, 4, 0, 0, 4, 5, 0, 0);
    const __m128i even = _mm_setr_epi8(0, -1, 3, -1, 1, -1, 4, -1, 2, -1, 5, -1, -1, -1, -1, -1);
    const __m128i odd = _mm_setr_epi8(2, -1, 5, -1, 3, -1, 6, -1, 4, -1, 7, -1, -1, -1, -1, -1);
    const __m256i both = _mm256_set_m128i(odd, even);
    const __m512i spread = _mm512_inserti64x4(_mm512_castsi256_si512(both), both, 1);
    const __m512i highIndex = _mm512_setr_epi32(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3);
    const __m512i lowIndex = _mm512_setr_epi32(4, 4, 4, 4, 5, 5, 5, 5, 6, 6, 6, 6, 7, 7, 7, 7);
    __m512i high = _mm512_setzero_si512();
    __m512i low = _mm512_setzero_si512();
    for (int group = 0; group < groups; ++group, pixel += 3 * kTapGroup, split += 2 * kTapGroup) {
        const __m512i weights = _mm512_castsi256_si512(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(split)));
        const __m512i bytes = _mm512_castsi256_si512(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(pixel)));
        const __m512i taps = _mm512_shuffle_epi8(_mm512_permutexvar_epi32(dwords, bytes), spread);
        high = _mm512_add_epi32(high, _mm512_madd_epi16(taps, _mm512_permutexvar_epi32(highIndex, weights)));
        low = _mm512_add_epi32(low, _mm512_madd_epi16(taps, _mm512_permutexvar_epi32(lowIndex, weights)));
    }
    const __m512i sum = _mm512_add_epi32(_mm512_slli_epi32(high, kLowBits), low);
    const __m256i folded = _mm256_add_epi32(_mm512_castsi512_si256(sum), _mm512_extracti64x4_epi64(sum, 1));
    return _mm_add_epi32(_mm256_castsi256_si128(folded), _mm256_extracti128_si256(folded, 1));
}

MODSCOPE_AVX512 void horizontalAvx512(const std::uint8_t* row, const Axis& axis, std::uint8_t* out)
{
    const __m128i half = _mm_set1_epi32(1 << (kFractionBits - 1));
    for (int i = 0; i < axis.outputs(); ++i, out += 3) {
        const OutputTaps taps = axis.taps(i);
        const int groups = (taps.count + kTapGroup - 1) / kTapGroup;
        const __m128i sum = horizontalPixel(row + std::ptrdiff_t{3} * taps.first, taps.split, groups);
        const __m128i value = _mm_srai_epi32(_mm_add_epi32(sum, half), kFractionBits);
        const __m128i words = _mm_packs_epi32(value, value);
        const int packed = _mm_cvtsi128_si32(_mm_packus_epi16(words, words));
        std::memcpy(out, &packed, 3);
    }
}

/// 32 bytes of one output row, two taps at a time.
MODSCOPE_AVX512 __m256i verticalBlock(const std::uint8_t* column,
                                      std::size_t stride,
                                      const OutputTaps& taps,
                                      const std::uint8_t* lastRow)
{
    __m512i high[2] = {_mm512_setzero_si512(), _mm512_setzero_si512()};
    __m512i low[2] = {_mm512_setzero_si512(), _mm512_setzero_si512()};
    for (int tap = 0; tap < taps.count; tap += 2, column += 2 * stride) {
        const std::int16_t* split = taps.split + tap / kTapGroup * 2 * kTapGroup + tap % kTapGroup;
        int pair[2];
        std::memcpy(&pair[0], split, 4);
        std::memcpy(&pair[1], split + kTapGroup, 4);
        const __m512i highWeights = _mm512_set1_epi32(pair[0]);
        const __m512i lowWeights = _mm512_set1_epi32(pair[1]);
        // The second tap of the last pair may be padding with weight 0: read a row that exists.
        const std::uint8_t* below = tap + 1 < taps.count ? column + stride : lastRow;
        const __m512i a = _mm512_cvtepu8_epi16(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(column)));
        const __m512i b = _mm512_cvtepu8_epi16(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(below)));
        const __m512i left = _mm512_unpacklo_epi16(a, b);
        const __m512i right = _mm512_unpackhi_epi16(a, b);
        high[0] = _mm512_add_epi32(high[0], _mm512_madd_epi16(left, highWeights));
        high[1] = _mm512_add_epi32(high[1], _mm512_madd_epi16(right, highWeights));
        low[0] = _mm512_add_epi32(low[0], _mm512_madd_epi16(left, lowWeights));
        low[1] = _mm512_add_epi32(low[1], _mm512_madd_epi16(right, lowWeights));
    }
    const __m512i words = _mm512_packs_epi32(scaleDown(high[0], low[0]), scaleDown(high[1], low[1]));
    return _mm512_cvtusepi16_epi8(_mm512_max_epi16(words, _mm512_setzero_si512()));
}

MODSCOPE_AVX512 void verticalAvx512(
    const std::uint8_t* rows, std::size_t stride, const OutputTaps& taps, std::size_t bytes, std::uint8_t* out)
{
    constexpr std::size_t block = 32;
    const std::uint8_t* lastRow = rows + static_cast<std::size_t>(taps.count - 1) * stride;
    std::size_t x = 0;
    for (; x + block <= bytes; x += block) {
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + x), verticalBlock(rows + x, stride, taps, lastRow + x));
    }
    verticalTail(rows, stride, taps, x, bytes, out);
}

} // namespace

const Kernels& avx512Kernels()
{
    static constexpr Kernels kernels{"AVX-512", horizontalAvx512, verticalAvx512};
    return kernels;
}

} // namespace modscope::resample

#endif
