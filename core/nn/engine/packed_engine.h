#pragma once

#include "core/checkpoint/checkpoint.h"
#include "core/nn/engine.h"
#include "core/nn/engine/linear.h"

#include <memory>

namespace modscope::nn {

/// The fast path on the CPU: packed rows, folded weights, kernels by instruction set (docs/engine.md).
/// Throws EngineError or c10::Error.
[[nodiscard]] std::unique_ptr<Engine> makePackedEngine(const Checkpoint& checkpoint, Arithmetic arithmetic);

} // namespace modscope::nn
