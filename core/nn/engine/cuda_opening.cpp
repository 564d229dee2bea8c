#include "core/nn/engine/cuda_opening.h"

#include <dlfcn.h>
#include <filesystem>
#include <string>

namespace modscope::nn {
namespace {

std::filesystem::path ownDirectory()
{
    Dl_info info{};
    const auto* here = reinterpret_cast<const void*>(&cudaLibrary);
    return ::dladdr(here, &info) != 0 ? std::filesystem::path(info.dli_fname).parent_path() : std::filesystem::path();
}

std::string loaderReason()
{
    const char* reason = ::dlerror();
    return reason != nullptr ? reason : "the loader gives no reason";
}

Result<const CudaLibrary*> openLibrary()
{
    const std::filesystem::path path = ownDirectory() / "modscope_cuda.so";
    if (std::error_code ignored; !std::filesystem::exists(path, ignored)) {
        return fail(ErrorCode::Unavailable, "This build has no CUDA part (modscope_cuda.so is not installed)");
    }
    void* driver = ::dlopen("libcuda.so.1", RTLD_LAZY | RTLD_LOCAL);
    if (driver == nullptr) {
        return fail(ErrorCode::Unavailable, "NVIDIA's driver is not installed: " + loaderReason());
    }
    // Never closed, and global: libtorch_cuda registers its operators for the whole process.
    void* module = ::dlopen(path.c_str(), RTLD_NOW | RTLD_GLOBAL);
    if (module == nullptr) {
        return fail(ErrorCode::Unavailable, "The CUDA part could not be opened: " + loaderReason());
    }
    const auto factory = reinterpret_cast<decltype(&modscopeCudaLibrary)>(::dlsym(module, "modscopeCudaLibrary"));
    const CudaLibrary* library = factory != nullptr ? factory(kCudaInterfaceVersion) : nullptr;
    if (library == nullptr) {
        return fail(ErrorCode::Unavailable, path.string() + ": is not the CUDA part of this version of Modscope");
    }
    return library;
}

} // namespace

const Result<const CudaLibrary*>& cudaLibrary()
{
    static const Result<const CudaLibrary*> library = openLibrary();
    return library;
}

Result<std::vector<DeviceFacts>> cudaDevices()
{
    const auto& library = cudaLibrary();
    if (!library) {
        return fail(library.error());
    }
    return (*library)->devices();
}

} // namespace modscope::nn
