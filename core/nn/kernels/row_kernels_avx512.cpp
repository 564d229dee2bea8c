#include "core/nn/kernels/row_kernels_impl.h"

namespace modscope::nn {

const RowKernelSet kRowKernelsAvx512 = {
    "AVX-512", {&addNormalise<float>, &attend<float>}, {&addNormalise<BFloat16Bits>, &attend<BFloat16Bits>}};

} // namespace modscope::nn
