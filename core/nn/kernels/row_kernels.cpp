#include "core/nn/kernels/row_kernels.h"

#include "core/nn/kernels/cpu_features.h"

namespace modscope::nn {

std::size_t attentionScratch(std::ptrdiff_t keys, std::ptrdiff_t headDim)
{
    constexpr std::ptrdiff_t kBlock = 6; // query rows at a time, as in row_kernels_impl.h
    const std::ptrdiff_t paddedKeys = (keys + 15) / 16 * 16;
    const std::ptrdiff_t paddedDim = (headDim + 15) / 16 * 16;
    return static_cast<std::size_t>(2 * paddedKeys * paddedDim + kBlock * (paddedKeys + 2 * paddedDim));
}

const RowKernelSet& rowKernels()
{
    if (cpuFeatures().avx512) {
        return kRowKernelsAvx512;
    }
    return cpuFeatures().avx2 ? kRowKernelsAvx2 : kRowKernelsSse2;
}

} // namespace modscope::nn
