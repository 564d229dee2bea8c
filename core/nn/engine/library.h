#pragma once

#include "core/nn/engine.h"

namespace modscope::nn {

/// The one EngineLibrary of the module.
[[nodiscard]] const EngineLibrary& library();

} // namespace modscope::nn
