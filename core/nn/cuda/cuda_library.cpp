#include "core/nn/cuda/cuda_library.h"

#include <cuda_runtime_api.h>
#include <string>

namespace modscope::nn {
namespace {

class Library final : public CudaLibrary {
public:
    [[nodiscard]] Result<std::vector<DeviceFacts>> devices() const override
    {
        int count = 0;
        if (const cudaError_t error = cudaGetDeviceCount(&count); error != cudaSuccess) {
            return fail(ErrorCode::Unavailable, std::string("CUDA finds no GPU: ") + cudaGetErrorString(error));
        }
        std::vector<DeviceFacts> devices;
        for (int index = 0; index < count; ++index) {
            cudaDeviceProp properties{};
            if (cudaGetDeviceProperties(&properties, index) != cudaSuccess) {
                continue;
            }
            DeviceFacts device{.id = "cuda:" + std::to_string(index), .name = properties.name};
            device.memoryBytes = properties.totalGlobalMem;
            device.freeBytes = freeBytes(index);
            devices.push_back(device);
        }
        return devices;
    }

    [[nodiscard]] bool multipliesBf16(int index) const override
    {
        int major = 0;
        return cudaDeviceGetAttribute(&major, cudaDevAttrComputeCapabilityMajor, index) == cudaSuccess && major >= 8;
    }

private:
    /// Asking makes a context on the device; 0 if that fails.
    static std::uint64_t freeBytes(int index)
    {
        int before = 0;
        std::size_t free = 0;
        std::size_t total = 0;
        if (cudaGetDevice(&before) != cudaSuccess || cudaSetDevice(index) != cudaSuccess) {
            return 0;
        }
        const bool known = cudaMemGetInfo(&free, &total) == cudaSuccess;
        (void)cudaSetDevice(before);
        return known ? free : 0;
    }
};

} // namespace
} // namespace modscope::nn

const modscope::nn::CudaLibrary* modscopeCudaLibrary(int interfaceVersion)
{
    static const modscope::nn::Library library;
    return interfaceVersion == modscope::nn::kCudaInterfaceVersion ? &library : nullptr;
}
