#pragma once

#include "core/nn/engine.h"

/// The module's only exported function. @return null when the program was built against another interface.
extern "C" __attribute__((visibility("default"))) const modscope::EngineLibrary* modscopeEngineLibrary(
    int interfaceVersion);
