#pragma once

#include "core/checkpoint/encoder_config.h"
#include "core/nn/engine/linear.h"
#include "core/nn/engine/rows.h"
#include "core/nn/modules/weights.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace modscope::nn {

/// SigLIP's pooling head: one learned query, already projected, looks at all patches.
class PackedAttentionPool {
public:
    /// @param source  at "vision_model.": takes post_layernorm too, which it folds into keys and values
    PackedAttentionPool(const TensorSource& source, const TransformerConfig& config, Arithmetic arithmetic);

    /// @param x  float32 [R, D]. @return float32 [B, D]
    [[nodiscard]] at::Tensor pool(at::Tensor x, const std::vector<Sequence>& sequences, int threads) const;
    [[nodiscard]] std::uint64_t bytes() const;

private:
    TransformerConfig m_config;
    Arithmetic m_arithmetic;
    at::Tensor m_query; ///< [1, D] of the row type
    std::unique_ptr<const Linear> m_keyValue;
    std::unique_ptr<const Linear> m_out;
    std::unique_ptr<const Linear> m_fc1;
    std::unique_ptr<const Linear> m_fc2;
};

} // namespace modscope::nn
