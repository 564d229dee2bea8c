#include "core/image/resample_kernels.h"

#if defined(__x86_64__)

#include <cstring>
#include <immintrin.h>

#define MODSCOPE_AVX2 __attribute__((target("avx2")))

namespace modscope::resample {

namespace {

/// The low three bytes.
void putPixel(std::uint8_t* out, int pixel)
{
    std::memcpy(out, &pixel, 3);
}

/// Four taps of RGB as 16-bit pairs, two in each 128-bit lane: R0 R1 G0 G1 B0 B1 0 0 | R2 R3 …
MODSCOPE_AVX2 __m256i loadFourTaps(const std::uint8_t* pixels)
{
    const __m256i pairs = _mm256_setr_epi8(0, -1, 3, -1, 1, -1, 4, -1, 2, -1, 5, -1, -1, -1, -1, -1, //
                                           6, -1, 9, -1, 7, -1, 10, -1, 8, -1, 11, -1, -1, -1, -1, -1);
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(pixels));
    return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(bytes), pairs);
}

/// Sums of pixels times the high and the low halves of the weights.
struct RowSums {
    __m256i high;
    __m256i low;
};

/// high * 2^15 + low + half, shifted down; still 32 bits a value.
MODSCOPE_AVX2 __m256i scaleDown(const RowSums& sums)
{
    const __m256i sum = _mm256_add_epi32(_mm256_slli_epi32(sums.high, kLowBits), sums.low);
    return _mm256_srai_epi32(_mm256_add_epi32(sum, _mm256_set1_epi32(1 << (kFractionBits - 1))), kFractionBits);
}

/// Eight weights, each half of them as pairs spread like the pixels of loadFourTaps().
struct SpreadWeights {
    __m256i high[2];
    __m256i low[2];
};

MODSCOPE_AVX2 SpreadWeights spreadWeights(const std::int16_t* split)
{
    const __m256i firstHalf = _mm256_setr_epi32(0, 0, 0, 0, 1, 1, 1, 1);
    const __m256i secondHalf = _mm256_setr_epi32(2, 2, 2, 2, 3, 3, 3, 3);
    const __m256i weights = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(split));
    const __m256i low = _mm256_permute4x64_epi64(weights, 0xEE);
    return {{_mm256_permutevar8x32_epi32(weights, firstHalf), _mm256_permutevar8x32_epi32(weights, secondHalf)},
            {_mm256_permutevar8x32_epi32(low, firstHalf), _mm256_permutevar8x32_epi32(low, secondHalf)}};
}

MODSCOPE_AVX2 void addTaps(RowSums& sums, const std::uint8_t* pixels, const SpreadWeights& weights)
{
    const __m256i first = loadFourTaps(pixels);
    const __m256i second = loadFourTaps(pixels + 12);
    sums.high = _mm256_add_epi32(sums.high, _mm256_madd_epi16(first, weights.high[0]));
    sums.low = _mm256_add_epi32(sums.low, _mm256_madd_epi16(first, weights.low[0]));
    sums.high = _mm256_add_epi32(sums.high, _mm256_madd_epi16(second, weights.high[1]));
    sums.low = _mm256_add_epi32(sums.low, _mm256_madd_epi16(second, weights.low[1]));
}

/// Folds the lanes of two rows. @return RGB0 of the first row in the low lane, of the second in the high lane
MODSCOPE_AVX2 __m256i foldRows(const RowSums& a, const RowSums& b)
{
    const __m256i first = _mm256_add_epi32(_mm256_slli_epi32(a.high, kLowBits), a.low);
    const __m256i second = _mm256_add_epi32(_mm256_slli_epi32(b.high, kLowBits), b.low);
    const __m256i sum = _mm256_add_epi32(_mm256_permute2x128_si256(first, second, 0x20),
                                         _mm256_permute2x128_si256(first, second, 0x31));
    return _mm256_srai_epi32(_mm256_add_epi32(sum, _mm256_set1_epi32(1 << (kFractionBits - 1))), kFractionBits);
}

MODSCOPE_AVX2 void horizontalAvx2(const SourceRows& rows, const Axis& axis, const TargetRows& out)
{
    for (int i = 0; i < axis.outputs(); ++i) {
        const std::ptrdiff_t target = std::ptrdiff_t{3} * i;
        const OutputTaps taps = axis.taps(i);
        const __m256i zero = _mm256_setzero_si256();
        RowSums a{zero, zero};
        RowSums b{zero, zero};
        RowSums c{zero, zero};
        RowSums d{zero, zero};
        for (int tap = 0; tap < taps.count; tap += kTapGroup) {
            const SpreadWeights weights = spreadWeights(taps.halves(tap));
            const std::ptrdiff_t offset = std::ptrdiff_t{3} * (taps.first + tap);
            addTaps(a, rows[0] + offset, weights);
            addTaps(b, rows[1] + offset, weights);
            addTaps(c, rows[2] + offset, weights);
            addTaps(d, rows[3] + offset, weights);
        }
        const __m256i words = _mm256_packs_epi32(foldRows(a, b), foldRows(c, d));
        const __m256i pixels = _mm256_packus_epi16(words, words); // dwords: a c a c | b d b d
        putPixel(out[0] + target, _mm256_extract_epi32(pixels, 0));
        putPixel(out[1] + target, _mm256_extract_epi32(pixels, 4));
        putPixel(out[2] + target, _mm256_extract_epi32(pixels, 1));
        putPixel(out[3] + target, _mm256_extract_epi32(pixels, 5));
    }
}

/// 16 bytes of one output row, two taps at a time.
MODSCOPE_AVX2 __m128i verticalBlock(const std::uint8_t* column,
                                    std::size_t stride,
                                    const OutputTaps& taps,
                                    const std::uint8_t* lastRow)
{
    const __m256i zero = _mm256_setzero_si256();
    RowSums left{zero, zero};
    RowSums right{zero, zero};
    for (int tap = 0; tap < taps.count; tap += 2, column += 2 * stride) {
        const std::int16_t* split = taps.halves(tap);
        int pair[2];
        std::memcpy(&pair[0], split, 4);
        std::memcpy(&pair[1], split + kTapGroup, 4);
        const __m256i highWeights = _mm256_set1_epi32(pair[0]);
        const __m256i lowWeights = _mm256_set1_epi32(pair[1]);
        // The second tap of the last pair may be padding with weight 0: read a row that exists.
        const std::uint8_t* below = tap + 1 < taps.count ? column + stride : lastRow;
        const __m256i a = _mm256_cvtepu8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(column)));
        const __m256i b = _mm256_cvtepu8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(below)));
        const __m256i leftPairs = _mm256_unpacklo_epi16(a, b);
        const __m256i rightPairs = _mm256_unpackhi_epi16(a, b);
        left.high = _mm256_add_epi32(left.high, _mm256_madd_epi16(leftPairs, highWeights));
        left.low = _mm256_add_epi32(left.low, _mm256_madd_epi16(leftPairs, lowWeights));
        right.high = _mm256_add_epi32(right.high, _mm256_madd_epi16(rightPairs, highWeights));
        right.low = _mm256_add_epi32(right.low, _mm256_madd_epi16(rightPairs, lowWeights));
    }
    const __m256i words = _mm256_packs_epi32(scaleDown(left), scaleDown(right));
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
