#pragma once

#include "core/checkpoint/encoder_config.h"
#include "core/nn/modules/weights.h"

#include <ATen/core/Tensor.h>

namespace modscope::nn {

// CLIP and SigLIP towers, operation by operation as Hugging Face computes them. float32; differentiable, since they are
// nothing but ATen operations on the parameters. Shapes: B items, L positions, D width, S side of the square.

/// What a tower gives: every position after the last norm the architecture has, and one row an item.
struct TowerOutput {
    at::Tensor hidden; ///< [B, L, D]
    at::Tensor pooled; ///< [B, D]; SigLIP: after its head
};

/// @param weights  at the tower's prefix ("backbone.": names begin with "text_model.")
/// @param ids      int64 [B, L], L at most maxPositions
/// @param mask     float32 [B, L], 1 = a real token; an undefined tensor hides nothing
[[nodiscard]] TowerOutput textTower(const Weights& weights,
                                    Backend backend,
                                    const TextTowerConfig& config,
                                    const at::Tensor& ids,
                                    const at::Tensor& mask);

/// @param pixels  float32 [B, 3, S, S], normalised
[[nodiscard]] TowerOutput imageTower(const Weights& weights,
                                     Backend backend,
                                     const VisionTowerConfig& config,
                                     const at::Tensor& pixels);

/// Features as the heads take them, not normalised: CLIP's towers end in a projection unless the head is multi-task.
[[nodiscard]] at::Tensor textFeatures(const Weights& weights,
                                      const EncoderConfig& encoder,
                                      const HeadConfig& head,
                                      const at::Tensor& ids,
                                      const at::Tensor& mask);
[[nodiscard]] at::Tensor imageFeatures(const Weights& weights,
                                       const EncoderConfig& encoder,
                                       const HeadConfig& head,
                                       const at::Tensor& pixels);

/// Index of the position that CLIP pools in each row of ids [B, L]: int64 [B].
[[nodiscard]] at::Tensor clipPooledPositions(const at::Tensor& ids, int eosTokenId);

/// The activation as one ATen operation.
[[nodiscard]] at::Tensor activate(const at::Tensor& values, Activation activation);

} // namespace modscope::nn
