#include "core/image/resample_kernels.h"

#if defined(__x86_64__)

#include <cstring>
#include <immintrin.h>

#define MODSCOPE_AVX2 __attribute__((target("avx2")))

namespace modscope::resample {

namespace {

/// high * 2^15 + low + half, shifted down; still 32 bits a value.
MODSCOPE_AVX2 __m256i scaleDown(__m256i high, __m256i low)
{
    const __m256i sum = _mm256_add_epi32(_mm256_slli_epi32(high, kLowBits), low);
    return _mm256_srai_epi32(_mm256_add_epi32(sum, _mm256_set1_epi32(1 << (kFractionBits - 1))), kFractionBits);
}

/// One output pixel. A 128-bit lane holds two taps as 16-bit pairs: R0 R1 G0 G1 B0 B1 0 0; two lanes make four taps.
MODSCOPE_AVX2 __m128i horizontalPixel(const std::uint8_t* pixel, const std::int16_t* split, int groups)
{
    const __m256i pairs = _mm256_setr_epi8(0, -1, 3, -1, 1, -1, 4, -1, 2, -1, 5, -1, -1, -1, -1, -1, //
                                           6, -1, 9, -1, 7, -1, 10, -1, 8, -1, 11, -1, -1, -1, -1, -1);
    const __m256i firstHalf = _mm256_setr_epi32(0, 0, 0, 0, 1, 1, 1, 1);
    const __m256i secondHalf = _mm256_setr_epi32(2, 2, 2, 2, 3, 3, 3, 3);
    __m256i high = _mm256_setzero_si256();
    __m256i low = _mm256_setzero_si256();
    for (int group = 0; group < groups; ++group, pixel += 3 * kTapGroup, split += 2 * kTapGroup) {
        const __m256i weights = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(split));
        const __m256i lowWeights = _mm256_permute4x64_epi64(weights, 0xEE);
        const auto* bytes = reinterpret_cast<const __m128i*>(pixel);
        const auto* later = reinterpret_cast<const __m128i*>(pixel + 12);
        const __m256i four = _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(_mm_loadu_si128(bytes)), pairs);
        const __m256i next = _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(_mm_loadu_si128(later)), pairs);
        high = _mm256_add_epi32(high, _mm256_madd_epi16(four, _mm256_permutevar8x32_epi32(weights, firstHalf)));
        high = _mm256_add_epi32(high, _mm256_madd_epi16(next, _mm256_permutevar8x32_epi32(weights, secondHalf)));
        low = _mm256_add_epi32(low, _mm256_madd_epi16(four, _mm256_permutevar8x32_epi32(lowWeights, firstHalf)));
        low = _mm256_add_epi32(low, _mm256_madd_epi16(next, _mm256_permutevar8x32_epi32(lowWeights, secondHalf)));
    }
    const __m256i sum = _mm256_add_epi32(_mm256_slli_epi32(high, kLowBits), low);
    return _mm_add_epi32(_mm256_castsi256_si128(sum), _mm256_extracti128_si256(sum, 1));
}

MODSCOPE_AVX2 void horizontalAvx2(const std::uint8_t* row, const Axis& axis, std::uint8_t* out)
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

/// 16 bytes of one output row, two taps at a time.
MODSCOPE_AVX2 __m128i verticalBlock(const std::uint8_t* column,
                                    std::size_t stride,
                                    const OutputTaps& taps,
                                    const std::uint8_t* lastRow)
{
    __m256i high[2] = {_mm256_setzero_si256(), _mm256_setzero_si256()};
    __m256i low[2] = {_mm256_setzero_si256(), _mm256_setzero_si256()};
    for (int tap = 0; tap < taps.count; tap += 2, column += 2 * stride) {
        const std::int16_t* split = taps.split + tap / kTapGroup * 2 * kTapGroup + tap % kTapGroup;
        int pair[2];
        std::memcpy(&pair[0], split, 4);
        std::memcpy(&pair[1], split + kTapGroup, 4);
        const __m256i highWeights = _mm256_set1_epi32(pair[0]);
        const __m256i lowWeights = _mm256_set1_epi32(pair[1]);
        // The second tap of the last pair may be padding with weight 0: read a row that exists.
        const std::uint8_t* below = tap + 1 < taps.count ? column + stride : lastRow;
        const __m256i a = _mm256_cvtepu8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(column)));
        const __m256i b = _mm256_cvtepu8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(below)));
        const __m256i left = _mm256_unpacklo_epi16(a, b);
        const __m256i right = _mm256_unpackhi_epi16(a, b);
        high[0] = _mm256_add_epi32(high[0], _mm256_madd_epi16(left, highWeights));
        high[1] = _mm256_add_epi32(high[1], _mm256_madd_epi16(right, highWeights));
        low[0] = _mm256_add_epi32(low[0], _mm256_madd_epi16(left, lowWeights));
        low[1] = _mm256_add_epi32(low[1], _mm256_madd_epi16(right, lowWeights));
    }
    const __m256i words = _mm256_packs_epi32(scaleDown(high[0], low[0]), scaleDown(high[1], low[1]));
    return _mm_packus_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1));
}

MODSCOPE_AVX2 void verticalAvx2(
    const std::uint8_t* rows, std::size_t stride, const OutputTaps& taps, std::size_t bytes, std::uint8_t* out)
{
    constexpr std::size_t block = 16;
    const std::uint8_t* lastRow = rows + static_cast<std::size_t>(taps.count - 1) * stride;
    std::size_t x = 0;
    for (; x + block <= bytes; x += block) {
        _mm_storeu_si128(reinterpret_cast<__m128i*>(out + x), verticalBlock(rows + x, stride, taps, lastRow + x));
    }
    verticalTail(rows, stride, taps, x, bytes, out);
}

} // namespace

const Kernels& avx2Kernels()
{
    static constexpr Kernels kernels{"AVX2", horizontalAvx2, verticalAvx2};
    return kernels;
}

} // namespace modscope::resample

#endif
