#pragma once

#include "core/checkpoint/model_info.h"
#include "core/nn/engine/affine.h"
#include "core/nn/engine/packed_transformer.h"

#include <cstdint>
#include <span>
#include <vector>

namespace modscope::nn {

/// The text tower over packed rows. CLIP's texts end at EOS: the causal mask hides what follows. SigLIP's keep their
/// real tokens and the last position, which is pooled; without its training mask the padding between is seen and stays.
class PackedTextTower {
public:
    PackedTextTower(const TensorSource& source, const ModelInfo& info, Arithmetic arithmetic);

    /// @return float32 [B, D]
    [[nodiscard]] at::Tensor encode(std::span<const TokenIds> texts, int threads) const;
    [[nodiscard]] std::uint64_t bytes() const;

private:
    struct Packed {
        std::vector<Sequence> sequences;
        std::vector<std::int64_t> ids;
        std::vector<std::int64_t> positions;
    };
    [[nodiscard]] Packed pack(std::span<const TokenIds> texts) const;
    void packSiglip(const TokenIds& text, Packed& packed) const;

    TextTowerConfig m_config;
    Backend m_backend;
    bool m_masked;
    std::int32_t m_padId;
    at::Tensor m_tokens;    ///< [V, D] of the row type: the largest table of all
    at::Tensor m_positions; ///< float32 [L, D]
    PackedTransformer m_transformer;
    Affine m_norm;
    Affine m_out; ///< CLIP's projection or SigLIP's head, float32; undefined for multi-task CLIP
};

} // namespace modscope::nn
