#pragma once

#include "core/checkpoint/checkpoint.h"
#include "core/nn/engine.h"

#include <memory>

namespace modscope::nn {

/// The path that follows the reference operation by operation: padded texts, float32, nothing folded. For parity.
/// Throws EngineError or c10::Error.
[[nodiscard]] std::unique_ptr<Engine> makePlainEngine(const Checkpoint& checkpoint);

} // namespace modscope::nn
