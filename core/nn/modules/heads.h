#pragma once

#include "core/checkpoint/model_info.h"
#include "core/nn/modules/weights.h"

#include <ATen/core/Tensor.h>

namespace modscope::nn {

/// The classifier on top of the two towers (docs/engine.md). Shapes: B items, C labels.
/// @param weights      names begin with "proj_t.", "gate.", "cls." or "heads."
/// @param text, image  float32 [B, D], not normalised
/// @param present      float32 [B, 2], 1 = present; order text, image
/// @return             logits, float32 [B, C]
[[nodiscard]] at::Tensor headLogits(const Weights& weights,
                                    const HeadConfig& head,
                                    const at::Tensor& text,
                                    const at::Tensor& image,
                                    const at::Tensor& present);

} // namespace modscope::nn
