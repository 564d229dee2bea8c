#include "core/nn/engine_library.h"

#include "core/nn/engine.h"
#include "core/nn/model_path.h"

#include <cstdlib>
#include <dlfcn.h>
#include <string>
#include <unistd.h>

namespace modscope {

namespace {

constexpr const char* kFileName = "modscope_engine.so";

std::filesystem::path enginePath()
{
    if (const char* chosen = std::getenv("MODSCOPE_ENGINE"); chosen != nullptr && *chosen != '\0') {
        const std::filesystem::path path(chosen);
        std::error_code ignored;
        return std::filesystem::is_directory(path, ignored) ? path / kFileName : path;
    }
    return programDirectory() / ".." / "lib" / "modscope" / kFileName;
}

std::string loaderReason()
{
    const char* reason = ::dlerror();
    return reason != nullptr ? reason : "the loader gives no reason";
}

Result<const EngineLibrary*> openLibrary()
{
    waitPassively();
    const std::filesystem::path path = enginePath();
    // Never closed: torch keeps threads and thread-local state that outlive any point where this would be safe.
    void* module = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (module == nullptr) {
        return fail(ErrorCode::Unavailable, "The inference engine could not be opened: " + loaderReason());
    }
    using Factory = const EngineLibrary* (*)(int);
    const auto factory = reinterpret_cast<Factory>(::dlsym(module, "modscopeEngineLibrary"));
    const EngineLibrary* library = factory != nullptr ? factory(kEngineInterfaceVersion) : nullptr;
    if (library == nullptr) {
        return fail(ErrorCode::Unavailable,
                    path.string() + ": is not an inference engine of this version of Modscope; install both together");
    }
    return library;
}

} // namespace

void waitPassively()
{
    if (std::getenv("GOMP_SPINCOUNT") == nullptr) {
        ::setenv("OMP_WAIT_POLICY", "passive", 0);
    }
}

void restartWaitingPassively(char** argv)
{
    const bool decided = std::getenv("OMP_WAIT_POLICY") != nullptr || std::getenv("GOMP_SPINCOUNT") != nullptr;
    if (decided || ::dlopen("libgomp.so.1", RTLD_NOW | RTLD_NOLOAD) == nullptr) {
        return;
    }
    waitPassively();
    ::execv("/proc/self/exe", argv);
}

Result<const EngineLibrary*> engineLibrary()
{
    static const Result<const EngineLibrary*> library = openLibrary();
    return library;
}

} // namespace modscope
