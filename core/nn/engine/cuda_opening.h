#pragma once

#include "core/nn/cuda/cuda_library.h"

namespace modscope::nn {

/// Opens modscope_cuda beside this module, once. Must come before the first question to torch, which remembers for good
/// whether CUDA was there. A machine without NVIDIA's driver is not asked to load 500 MB of libraries.
/// Errors: Unavailable in one sentence.
[[nodiscard]] const Result<const CudaLibrary*>& cudaLibrary();

/// The GPUs at hand. Errors: as above, or the driver's reason.
[[nodiscard]] Result<std::vector<DeviceFacts>> cudaDevices();

} // namespace modscope::nn
