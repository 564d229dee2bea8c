#include "core/nn/engine/library.h"

/// The module's only exported name. @return null when the program was built against another interface
extern "C" __attribute__((visibility("default"))) const modscope::EngineLibrary* modscopeEngineLibrary(
    int interfaceVersion)
{
    return interfaceVersion == modscope::kEngineInterfaceVersion ? &modscope::nn::library() : nullptr;
}
