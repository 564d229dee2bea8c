#pragma once

#include "core/checkpoint/encoder_config.h"
#include "core/nn/engine/linear.h"
#include "core/nn/engine/rows.h"
#include "core/nn/modules/weights.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>
#include <vector>

namespace modscope::nn {

/// Which rows of each sequence the caller reads: the last layer computes no others.
enum class Keep { All, First, Last };

struct TransformerOptions {
    Arithmetic arithmetic = Arithmetic::Fp32;
    bool causal = false;
    Keep keep = Keep::All;
};

/// Pre-norm layers over packed rows: the rows of all sequences below each other, without padding. Weights are folded:
/// norms' gains and offsets into the next linear, 1/sqrt(head width) into the query, QuickGELU's 1.702 into fc1 and
/// fc2. Threads: const; any number at once.
class PackedTransformer {
public:
    /// @param source  at the tower: names begin with "encoder.layers."
    PackedTransformer(const TensorSource& source, const TransformerConfig& config, const TransformerOptions& options);

    /// @param x  float32 [R, D], used up. @return float32 [R, D], or [sequences, D] of the kept rows
    [[nodiscard]] at::Tensor run(at::Tensor x, const std::vector<Sequence>& sequences, int threads) const;

    [[nodiscard]] std::uint64_t bytes() const;

private:
    struct Layer {
        std::unique_ptr<const Linear> queryKeyValue; ///< null in a last layer that keeps one row
        std::unique_ptr<const Linear> query;         ///< only there: it sees the kept rows,
        std::unique_ptr<const Linear> keyValue;      ///< and this all rows
        std::unique_ptr<const Linear> out;
        std::unique_ptr<const Linear> fc1; ///< with the activation
        std::unique_ptr<const Linear> fc2;
    };

    [[nodiscard]] Layer loadLayer(const TensorSource& source, bool keepsOne) const;
    void loadFeedForward(const TensorSource& source, Layer& layer) const;
    [[nodiscard]] at::Tensor attention(const Layer& layer,
                                       const at::Tensor& normed,
                                       const at::Tensor& kept,
                                       const std::vector<Sequence>& sequences,
                                       int threads) const;

    TransformerConfig m_config;
    TransformerOptions m_options;
    std::vector<Layer> m_layers;
};

/// The activation as the linear layers' epilogue; QuickGelu is Silu between weights scaled by foldedScale.
[[nodiscard]] Epilogue epilogueOf(Activation activation);
/// 1.702 for QuickGelu, else 1: fc1 is multiplied by it and fc2 divided.
[[nodiscard]] double foldedScale(Activation activation);

} // namespace modscope::nn
