#include "core/similarity/hash_scan.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define MODSCOPE_AVX512 __attribute__((target("avx512f,avx512vpopcntdq")))

namespace modscope::hash_scan {

namespace {

/// Bits in which one word of eight hashes differs from the query's.
MODSCOPE_AVX512 __m512i wordDistances(const HashBlock& block, std::size_t word, __m512i query)
{
    return _mm512_popcnt_epi64(_mm512_xor_si512(_mm512_load_si512(block.words[word].data()), query));
}

MODSCOPE_AVX512 void scanAvx512(const HashBlock* blocks,
                                std::size_t begin,
                                std::size_t end,
                                const PdqHash& query,
                                int radius,
                                std::vector<Hit>& hits)
{
    __m512i words[4];
    for (std::size_t word = 0; word < 4; ++word) {
        words[word] = _mm512_set1_epi64(static_cast<long long>(query.words[word]));
    }
    const __m512i limit = _mm512_set1_epi64(radius);
    for (std::size_t block = begin; block < end; ++block) {
        const __m512i left =
            _mm512_add_epi64(wordDistances(blocks[block], 0, words[0]), wordDistances(blocks[block], 1, words[1]));
        const __m512i right =
            _mm512_add_epi64(wordDistances(blocks[block], 2, words[2]), wordDistances(blocks[block], 3, words[3]));
        const __m512i found = _mm512_add_epi64(left, right);
        unsigned within = _mm512_cmple_epi64_mask(found, limit);
        if (within == 0) {
            continue;
        }
        alignas(64) std::int64_t values[kBlock];
        _mm512_store_si512(values, found);
        for (; within != 0; within &= within - 1) {
            const auto lane = static_cast<std::size_t>(std::countr_zero(within));
            hits.push_back({kBlock * block + lane, static_cast<int>(values[lane])});
        }
    }
}

} // namespace

const Kernel& avx512Kernel()
{
    static constexpr Kernel kernel{"AVX-512", scanAvx512};
    return kernel;
}

} // namespace modscope::hash_scan

#endif
