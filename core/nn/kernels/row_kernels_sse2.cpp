#include "core/nn/kernels/row_kernels_impl.h"

namespace modscope::nn {

const RowKernelSet kRowKernelsSse2 = {
    "SSE2", {&addNormalise<float>, &attend<float>}, {&addNormalise<BFloat16Bits>, &attend<BFloat16Bits>}};

} // namespace modscope::nn
