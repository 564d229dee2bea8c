#include "core/image/resample_kernels.h"

#if defined(__x86_64__)

#include <cstring>
#include <immintrin.h>

#define MODSCOPE_AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vnni")))

namespace modscope::resample {

namespace {

/// Sums of pixels times the high and the low halves of the weights.
struct WideSums {
    __m512i high;
    __m512i low;
};

/// high * 2^15 + low.
MODSCOPE_AVX512 __m512i joined(const WideSums& sums)
{
    return _mm512_add_epi32(_mm512_slli_epi32(sums.high, kLowBits), sums.low);
}

/// Rounded and shifted down; still 32 bits a value.
MODSCOPE_AVX512 __m512i shiftedDown(__m512i sum)
{
    return _mm512_srai_epi32(_mm512_add_epi32(sum, _mm512_set1_epi32(1 << (kFractionBits - 1))), kFractionBits);
}

/// Eight taps of RGB as 16-bit pairs, two in each 128-bit lane: R0 R1 G0 G1 B0 B1 0 0 | R2 R3 …
MODSCOPE_AVX512 __m512i loadTaps(const std::uint8_t* pixels)
{
    alignas(64) static constexpr std::uint8_t places[64] = {
        0,  0, 3,  0, 1,  0, 4,  0, 2,  0, 5,  0, 0, 0, 0, 0, 6,  0, 9,  0, 7,  0, 10, 0, 8,  0, 11, 0, 0, 0, 0, 0,
        12, 0, 15, 0, 13, 0, 16, 0, 14, 0, 17, 0, 0, 0, 0, 0, 18, 0, 21, 0, 19, 0, 22, 0, 20, 0, 23, 0, 0, 0, 0, 0};
    constexpr __mmask64 lowBytes = 0x0555055505550555; // of the six 16-bit values in each lane
    const __m512i bytes = _mm512_castsi256_si512(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(pixels)));
    return _mm512_maskz_permutexvar_epi8(lowBytes, _mm512_load_si512(places), bytes);
}

/// Eight weights, each half of them as pairs spread like the pixels of loadTaps().
MODSCOPE_AVX512 WideSums spreadWeights(const std::int16_t* split)
{
    const __m512i highIndex = _mm512_setr_epi32(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3);
    const __m512i lowIndex = _mm512_setr_epi32(4, 4, 4, 4, 5, 5, 5, 5, 6, 6, 6, 6, 7, 7, 7, 7);
    const __m512i weights = _mm512_castsi256_si512(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(split)));
    return {_mm512_permutexvar_epi32(highIndex, weights), _mm512_permutexvar_epi32(lowIndex, weights)};
}

/// Adds products of 16-bit pairs.
MODSCOPE_AVX512 void addPairs(WideSums& sums, __m512i pairs, const WideSums& weights)
{
    sums.high = _mm512_dpwssd_epi32(sums.high, pairs, weights.high);
    sums.low = _mm512_dpwssd_epi32(sums.low, pairs, weights.low);
}

/// The four lanes of each row added up. @return RGB0 of each row in its own lane
MODSCOPE_AVX512 __m512i foldLanes(__m512i a, __m512i b, __m512i c, __m512i d)
{
    const __m512i first = _mm512_add_epi32(_mm512_shuffle_i32x4(a, b, 0x44), _mm512_shuffle_i32x4(a, b, 0xEE));
    const __m512i second = _mm512_add_epi32(_mm512_shuffle_i32x4(c, d, 0x44), _mm512_shuffle_i32x4(c, d, 0xEE));
    return _mm512_add_epi32(_mm512_shuffle_i32x4(first, second, 0x88), _mm512_shuffle_i32x4(first, second, 0xDD));
}

/// The low three bytes.
void putThreeBytes(std::uint8_t* out, int pixel)
{
    std::memcpy(out, &pixel, 3);
}

MODSCOPE_AVX512 void horizontalAvx512(const SourceRows& rows, const Axis& axis, const TargetRows& out)
{
    for (int i = 0; i < axis.outputs(); ++i) {
        const std::ptrdiff_t target = std::ptrdiff_t{3} * i;
        const OutputTaps taps = axis.taps(i);
        const __m512i zero = _mm512_setzero_si512();
        WideSums a{zero, zero};
        WideSums b{zero, zero};
        WideSums c{zero, zero};
        WideSums d{zero, zero};
        for (int tap = 0; tap < taps.count; tap += kTapGroup) {
            const WideSums weights = spreadWeights(taps.halves(tap));
            const std::ptrdiff_t offset = std::ptrdiff_t{3} * (taps.first + tap);
            addPairs(a, loadTaps(rows[0] + offset), weights);
            addPairs(b, loadTaps(rows[1] + offset), weights);
            addPairs(c, loadTaps(rows[2] + offset), weights);
            addPairs(d, loadTaps(rows[3] + offset), weights);
        }
        const __m512i values = shiftedDown(foldLanes(joined(a), joined(b), joined(c), joined(d)));
        const __m128i pixels = _mm512_cvtusepi32_epi8(_mm512_max_epi32(values, zero));
        putThreeBytes(out[0] + target, _mm_extract_epi32(pixels, 0));
        putThreeBytes(out[1] + target, _mm_extract_epi32(pixels, 1));
        putThreeBytes(out[2] + target, _mm_extract_epi32(pixels, 2));
        putThreeBytes(out[3] + target, _mm_extract_epi32(pixels, 3));
    }
}

/// 32 bytes of one output row, two taps at a time.
MODSCOPE_AVX512 __m256i verticalBlock(const std::uint8_t* column,
                                      std::size_t stride,
                                      const OutputTaps& taps,
                                      const std::uint8_t* lastRow)
{
    const __m512i zero = _mm512_setzero_si512();
    WideSums left{zero, zero};
    WideSums right{zero, zero};
    for (int tap = 0; tap < taps.count; tap += 2, column += 2 * stride) {
        const std::int16_t* split = taps.halves(tap);
        int pair[2];
        std::memcpy(&pair[0], split, 4);
        std::memcpy(&pair[1], split + kTapGroup, 4);
        const WideSums weights{_mm512_set1_epi32(pair[0]), _mm512_set1_epi32(pair[1])};
        // The second tap of the last pair may be padding with weight 0: read a row that exists.
        const std::uint8_t* below = tap + 1 < taps.count ? column + stride : lastRow;
        const __m512i a = _mm512_cvtepu8_epi16(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(column)));
        const __m512i b = _mm512_cvtepu8_epi16(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(below)));
        addPairs(left, _mm512_unpacklo_epi16(a, b), weights);
        addPairs(right, _mm512_unpackhi_epi16(a, b), weights);
    }
    const __m512i words = _mm512_packs_epi32(shiftedDown(joined(left)), shiftedDown(joined(right)));
    return _mm512_cvtusepi16_epi8(_mm512_max_epi16(words, zero));
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
