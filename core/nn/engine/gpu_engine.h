#pragma once

#include "core/checkpoint/checkpoint.h"
#include "core/nn/engine.h"

#include <c10/core/ScalarType.h>

#include <memory>

namespace modscope::nn {

/// The towers of the plain path on a GPU, in one of fp32 (TF32 off), bf16 and fp16, with torch's fused attention. Texts
/// are padded to the longest of their batch; a GPU minds padding less than uneven work. The head stays in float32.
/// @param device  as DeviceFacts give it. Throws EngineError or c10::Error.
[[nodiscard]] std::unique_ptr<Engine> makeGpuEngine(const Checkpoint& checkpoint,
                                                    const DeviceFacts& device,
                                                    int index,
                                                    c10::ScalarType type);

} // namespace modscope::nn
