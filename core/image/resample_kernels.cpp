#include "core/image/resample_kernels.h"

#include <vector>

namespace modscope::resample {

namespace {

std::vector<const Kernels*> findUsableKernels()
{
    std::vector<const Kernels*> usable{&scalarKernels()};
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") != 0) {
        usable.push_back(&avx2Kernels());
    }
    if (__builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0 &&
        __builtin_cpu_supports("avx512vl") != 0 && __builtin_cpu_supports("avx512vbmi") != 0 &&
        __builtin_cpu_supports("avx512vnni") != 0) {
        usable.push_back(&avx512Kernels());
    }
#endif
    return usable;
}

} // namespace

std::span<const Kernels* const> usableKernels()
{
    static const std::vector<const Kernels*> usable = findUsableKernels();
    return usable;
}

} // namespace modscope::resample
