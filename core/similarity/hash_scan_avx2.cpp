#include "core/similarity/hash_scan.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define MODSCOPE_AVX2 __attribute__((target("avx2")))

namespace modscope::hash_scan {

namespace {

constexpr std::size_t kLanes = 4; ///< of 64 bits

/// Bits set in each byte: two look-ups of half a byte.
MODSCOPE_AVX2 __m256i byteCounts(__m256i value)
{
    const __m256i counts = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, //
                                            0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
    const __m256i nibble = _mm256_set1_epi8(0x0F);
    const __m256i low = _mm256_shuffle_epi8(counts, _mm256_and_si256(value, nibble));
    const __m256i high = _mm256_shuffle_epi8(counts, _mm256_and_si256(_mm256_srli_epi16(value, 4), nibble));
    return _mm256_add_epi8(low, high);
}

/// Distances of four lanes. A byte's sum over four words is at most 32, so bytes can be added before they are spread.
MODSCOPE_AVX2 __m256i distances(const HashBlock& block, std::size_t lane, const __m256i (&query)[4])
{
    __m256i sum = _mm256_setzero_si256();
    for (std::size_t word = 0; word < 4; ++word) {
        const __m256i hashes = _mm256_load_si256(reinterpret_cast<const __m256i*>(block.words[word].data() + lane));
        sum = _mm256_add_epi8(sum, byteCounts(_mm256_xor_si256(hashes, query[word])));
    }
    return _mm256_sad_epu8(sum, _mm256_setzero_si256());
}

MODSCOPE_AVX2 void scanAvx2(const HashBlock* blocks,
                            std::size_t begin,
                            std::size_t end,
                            const PdqHash& query,
                            int radius,
                            std::vector<Hit>& hits)
{
    __m256i words[4];
    for (std::size_t word = 0; word < 4; ++word) {
        words[word] = _mm256_set1_epi64x(static_cast<long long>(query.words[word]));
    }
    const __m256i limit = _mm256_set1_epi64x(radius);
    for (std::size_t block = begin; block < end; ++block) {
        for (std::size_t first = 0; first < kBlock; first += kLanes) {
            const __m256i found = distances(blocks[block], first, words);
            const int beyond = _mm256_movemask_pd(_mm256_castsi256_pd(_mm256_cmpgt_epi64(found, limit)));
            if (beyond == 0xF) {
                continue;
            }
            alignas(32) std::int64_t values[kLanes];
            _mm256_store_si256(reinterpret_cast<__m256i*>(values), found);
            for (std::size_t lane = 0; lane < kLanes; ++lane) {
                if (values[lane] <= radius) {
                    hits.push_back({kBlock * block + first + lane, static_cast<int>(values[lane])});
                }
            }
        }
    }
}

} // namespace

const Kernel& avx2Kernel()
{
    static constexpr Kernel kernel{"AVX2", scanAvx2};
    return kernel;
}

} // namespace modscope::hash_scan

#endif
