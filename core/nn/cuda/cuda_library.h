#pragma once

#include "core/nn/engine.h"

#include <vector>

namespace modscope::nn {

/// The face of modscope_cuda, the module with all code that needs CUDA's own headers. Opening it brings libtorch_cuda
/// along.
class CudaLibrary {
public:
    virtual ~CudaLibrary() = default;
    /// Empty where there is no usable GPU. Errors: Unavailable with the driver's reason.
    [[nodiscard]] virtual Result<std::vector<DeviceFacts>> devices() const = 0;
    /// Whether the device multiplies bfloat16 (compute capability 8.0 and later).
    [[nodiscard]] virtual bool multipliesBf16(int index) const = 0;
};

inline constexpr int kCudaInterfaceVersion = 1;

} // namespace modscope::nn

/// @return null when the engine was built against another interface
extern "C" __attribute__((visibility("default"))) const modscope::nn::CudaLibrary* modscopeCudaLibrary(
    int interfaceVersion);
