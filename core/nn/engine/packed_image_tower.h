#pragma once

#include "core/checkpoint/model_info.h"
#include "core/nn/engine/affine.h"
#include "core/nn/engine/packed_attention_pool.h"
#include "core/nn/engine/packed_transformer.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>

namespace modscope::nn {

/// The image tower over packed rows, fed with bytes: scale, mean and deviation are folded into the patch embedding.
class PackedImageTower {
public:
    PackedImageTower(const TensorSource& source, const ModelInfo& info, Arithmetic arithmetic);

    /// @return float32 [B, D]
    [[nodiscard]] at::Tensor encode(std::span<const std::span<const std::uint8_t>> squares, int threads) const;
    [[nodiscard]] std::uint64_t bytes() const;

private:
    void loadPatches(const TensorSource& source, const ImageProcessorConfig& image);
    [[nodiscard]] at::Tensor embedded(const at::Tensor& patches, std::int64_t items) const;

    VisionTowerConfig m_config;
    Backend m_backend;
    Arithmetic m_arithmetic;
    std::unique_ptr<const Linear> m_patches;
    at::Tensor m_class;     ///< float32 [D], CLIP's
    at::Tensor m_positions; ///< float32 [L, D]
    Affine m_preNorm;       ///< CLIP's norm of the embedded rows
    PackedTransformer m_transformer;
    Affine m_norm;           ///< of the pooled row, where there is no pooling head
    at::Tensor m_projection; ///< float32; undefined where there is none
    std::optional<PackedAttentionPool> m_pool;
};

} // namespace modscope::nn
