#include "core/nn/engine/packed_attention_pool.h"

#include "core/nn/engine/affine.h"
#include "core/nn/engine/packed_transformer.h"

#include <ATen/ops/linear.h>

#include <cmath>

namespace modscope::nn {

PackedAttentionPool::PackedAttentionPool(const TensorSource& source,
                                         const TransformerConfig& config,
                                         Arithmetic arithmetic)
    : m_config(config), m_arithmetic(arithmetic)
{
    const std::int64_t width = config.width;
    const TensorSource head = source.below("head.");
    const at::Tensor weight = head.load("attention.in_proj_weight", {3 * width, width});
    const at::Tensor bias = head.load("attention.in_proj_bias", {3 * width});
    const at::Tensor probe = head.load("probe", {1, 1, width}).view({1, width});
    const auto headWidth = width / config.heads;
    const double scale = 1.0 / std::sqrt(static_cast<double>(headWidth));
    m_query =
        at::linear(probe, weight.narrow(0, 0, width), bias.narrow(0, 0, width)).mul(scale).to(rowType(arithmetic));

    const auto packed = [arithmetic](const Affine& affine, Epilogue epilogue) {
        return makeLinear(affine.weight, affine.bias, epilogue, arithmetic);
    };
    const Affine keyValue{weight.narrow(0, width, 2 * width), bias.narrow(0, width, 2 * width)};
    m_keyValue = packed(withNorm(keyValue, loadNorm(source, "post_layernorm", width)), Epilogue::None);
    m_out = packed(loadLinear(head, "attention.out_proj", width, width), Epilogue::None);
    const double inner = foldedScale(config.activation);
    const Affine fc1 =
        withNorm(loadLinear(head, "mlp.fc1", config.intermediate, width), loadNorm(head, "layernorm", width));
    m_fc1 = packed(scaled(fc1, inner), epilogueOf(config.activation));
    const Affine fc2 = loadLinear(head, "mlp.fc2", width, config.intermediate);
    m_fc2 = packed({fc2.weight.div(inner), fc2.bias}, Epilogue::None);
}

at::Tensor PackedAttentionPool::pool(at::Tensor x, const std::vector<Sequence>& sequences, int threads) const
{
    const at::ScalarType type = rowType(m_arithmetic);
    const float eps = m_config.layerNormEps;
    const at::Tensor keyValue = (*m_keyValue)(addNormalise(x, {}, eps, type, threads));
    AttentionInput input{.heads = m_config.heads};
    input.query = m_query.expand({static_cast<std::int64_t>(sequences.size()), m_config.width});
    input.key = keyValue.narrow(1, 0, m_config.width);
    input.value = keyValue.narrow(1, m_config.width, m_config.width);
    at::Tensor pooled = (*m_out)(attend(input, sequences, threads)).to(at::kFloat);
    const at::Tensor normed = addNormalise(pooled, {}, eps, type, threads);
    return pooled.add_((*m_fc2)((*m_fc1)(normed)));
}

std::uint64_t PackedAttentionPool::bytes() const
{
    return m_query.nbytes() + m_keyValue->bytes() + m_out->bytes() + m_fc1->bytes() + m_fc2->bytes();
}

} // namespace modscope::nn
