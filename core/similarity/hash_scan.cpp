#include "core/similarity/hash_scan.h"

#include <bit>

namespace modscope::hash_scan {

namespace {

void scanScalar(const HashBlock* blocks,
                std::size_t begin,
                std::size_t end,
                const PdqHash& query,
                int radius,
                std::vector<Hit>& hits)
{
    for (std::size_t block = begin; block < end; ++block) {
        for (std::size_t lane = 0; lane < kBlock; ++lane) {
            int distance = 0;
            for (std::size_t word = 0; word < query.words.size(); ++word) {
                distance += std::popcount(blocks[block].words[word][lane] ^ query.words[word]);
            }
            if (distance <= radius) {
                hits.push_back({kBlock * block + lane, distance});
            }
        }
    }
}

std::vector<const Kernel*> findUsableKernels()
{
    std::vector<const Kernel*> usable{&scalarKernel()};
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") != 0) {
        usable.push_back(&avx2Kernel());
    }
    if (__builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512vpopcntdq") != 0) {
        usable.push_back(&avx512Kernel());
    }
#endif
    return usable;
}

} // namespace

const Kernel& scalarKernel()
{
    static constexpr Kernel kernel{"scalar", scanScalar};
    return kernel;
}

std::span<const Kernel* const> usableKernels()
{
    static const std::vector<const Kernel*> usable = findUsableKernels();
    return usable;
}

} // namespace modscope::hash_scan
