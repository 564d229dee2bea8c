#include "core/nn/modules/towers.h"

#include <ATen/TensorIndexing.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/add.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/argmax.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/embedding.h>
#include <ATen/ops/full.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/scaled_dot_product_attention.h>
#include <ATen/ops/sigmoid.h>
#include <ATen/ops/silu.h>
#include <ATen/ops/softmax.h>

#include <cmath>
#include <limits>
#include <optional>
#include <string>

namespace modscope::nn {
namespace {

/// [B, L, D] -> [B, H, L, D / H]
at::Tensor splitHeads(const at::Tensor& rows, std::int64_t heads)
{
    return rows.view({rows.size(0), rows.size(1), heads, rows.size(2) / heads}).transpose(1, 2);
}

/// softmax(q k^T / sqrt(D / H) + mask) v, heads merged again. q [B, Lq, D], k and v [B, L, D].
at::Tensor attend(
    const at::Tensor& query, const at::Tensor& key, const at::Tensor& value, std::int64_t heads, const at::Tensor& mask)
{
    const std::int64_t headWidth = query.size(2) / heads;
    const double scale = 1.0 / std::sqrt(static_cast<double>(headWidth));
    if (query.is_cuda()) { // one fused kernel; on the CPU the reference's own operations
        const std::optional<at::Tensor> bias =
            mask.defined() ? std::optional(mask.to(query.scalar_type())) : std::nullopt;
        const at::Tensor fused = at::scaled_dot_product_attention(splitHeads(query, heads), splitHeads(key, heads),
                                                                  splitHeads(value, heads), bias, 0.0, false, scale);
        return fused.transpose(1, 2).reshape({query.size(0), query.size(1), query.size(2)});
    }
    at::Tensor scores = at::matmul(splitHeads(query, heads), splitHeads(key, heads).transpose(2, 3)) * scale;
    if (mask.defined()) {
        scores = scores + mask;
    }
    const at::Tensor mixed = at::matmul(at::softmax(scores, -1), splitHeads(value, heads));
    return mixed.transpose(1, 2).reshape({query.size(0), query.size(1), query.size(2)});
}

at::Tensor selfAttention(const Weights& weights, const at::Tensor& input, std::int64_t heads, const at::Tensor& mask)
{
    const at::Tensor mixed = attend(linear(weights.below("q_proj."), input), linear(weights.below("k_proj."), input),
                                    linear(weights.below("v_proj."), input), heads, mask);
    return linear(weights.below("out_proj."), mixed);
}

at::Tensor feedForward(const Weights& weights, const at::Tensor& input, Activation activation)
{
    return linear(weights.below("fc2."), activate(linear(weights.below("fc1."), input), activation));
}

/// Pre-norm layers. @param mask  added to the scores, broadcast to [B, H, L, L]; may be undefined
at::Tensor transformer(const Weights& weights, const TransformerConfig& config, at::Tensor x, const at::Tensor& mask)
{
    for (int i = 0; i < config.layers; ++i) {
        const Weights layer = weights.below("encoder.layers." + std::to_string(i) + ".");
        x = x + selfAttention(layer.below("self_attn."), layerNorm(layer.below("layer_norm1."), x, config.layerNormEps),
                              config.heads, mask);
        x = x + feedForward(layer.below("mlp."), layerNorm(layer.below("layer_norm2."), x, config.layerNormEps),
                            config.activation);
    }
    return x;
}

/// [B, 1, 1 or L, L]: 0 where a query may see a key, the lowest float elsewhere; undefined if all may see all.
at::Tensor additiveMask(const at::Tensor& ids, const at::Tensor& mask, bool causal)
{
    constexpr float kHidden = std::numeric_limits<float>::lowest();
    const std::int64_t length = ids.size(1);
    at::Tensor result;
    if (causal) {
        result = at::full({length, length}, kHidden, at::device(ids.device()).dtype(at::kFloat)).triu(1);
        result = result.view({1, 1, length, length});
    }
    if (mask.defined()) {
        const at::Tensor padding = ((1.0F - mask) * kHidden).view({ids.size(0), 1, 1, length});
        // as a maximum of the two, not their sum, which would overflow to -inf
        result = result.defined() ? result.minimum(padding) : padding;
    }
    return result;
}

/// SigLIP's pooling head: one learned query looks at all patches.
at::Tensor attentionPool(const Weights& weights, const TransformerConfig& config, const at::Tensor& hidden)
{
    const auto weight = weights["attention.in_proj_weight"].chunk(3, 0);
    const auto bias = weights["attention.in_proj_bias"].chunk(3, 0);
    const at::Tensor probe = weights["probe"].expand({hidden.size(0), 1, hidden.size(2)});
    const at::Tensor mixed = attend(at::linear(probe, weight[0], bias[0]), at::linear(hidden, weight[1], bias[1]),
                                    at::linear(hidden, weight[2], bias[2]), config.heads, {});
    const at::Tensor pooled = linear(weights.below("attention.out_proj."), mixed);
    const at::Tensor normed = layerNorm(weights.below("layernorm."), pooled, config.layerNormEps);
    return (pooled + feedForward(weights.below("mlp."), normed, config.activation)).select(1, 0);
}

} // namespace

at::Tensor activate(const at::Tensor& values, Activation activation)
{
    switch (activation) {
    case Activation::QuickGelu:
        return values * at::sigmoid(1.702 * values);
    case Activation::Gelu:
        return at::gelu(values, "none");
    case Activation::GeluTanh:
        return at::gelu(values, "tanh");
    case Activation::Relu:
        return at::relu(values);
    case Activation::Silu:
        return at::silu(values);
    }
    return values;
}

at::Tensor clipPooledPositions(const at::Tensor& ids, int eosTokenId)
{
    // Configs of the first release say 2 and mean "the largest id"; argmax finds the first maximum, and 0 if there is
    // no EOS.
    const at::Tensor score = eosTokenId == 2 ? ids : ids.eq(eosTokenId).to(at::kInt);
    return at::argmax(score, -1);
}

TowerOutput textTower(const Weights& weights,
                      Backend backend,
                      const TextTowerConfig& config,
                      const at::Tensor& ids,
                      const at::Tensor& mask)
{
    const Weights model = weights.below("text_model.");
    const at::Tensor positions = model["embeddings.position_embedding.weight"].narrow(0, 0, ids.size(1));
    at::Tensor x = at::embedding(model["embeddings.token_embedding.weight"], ids) + positions;
    x = transformer(model, config.transformer, x, additiveMask(ids, mask, backend == Backend::Clip));
    TowerOutput output;
    output.hidden = layerNorm(model.below("final_layer_norm."), x, config.transformer.layerNormEps);
    if (backend == Backend::Siglip) {
        output.pooled = linear(model.below("head."), output.hidden.select(1, ids.size(1) - 1));
        return output;
    }
    const at::Tensor items = at::arange(ids.size(0), ids.options());
    output.pooled = output.hidden.index({items, clipPooledPositions(ids, config.eosTokenId)});
    return output;
}

TowerOutput imageTower(const Weights& weights,
                       Backend backend,
                       const VisionTowerConfig& config,
                       const at::Tensor& pixels)
{
    const Weights model = weights.below("vision_model.");
    const float eps = config.transformer.layerNormEps;
    const at::Tensor bias = backend == Backend::Siglip ? model["embeddings.patch_embedding.bias"] : at::Tensor();
    at::Tensor x = at::conv2d(pixels, model["embeddings.patch_embedding.weight"], bias, config.patchSize);
    x = x.flatten(2).transpose(1, 2);
    if (backend == Backend::Clip) {
        const at::Tensor first = model["embeddings.class_embedding"].expand({x.size(0), 1, x.size(2)});
        x = at::cat({first, x}, 1);
    }
    x = x + model["embeddings.position_embedding.weight"];
    if (backend == Backend::Clip) {
        x = layerNorm(model.below("pre_layrnorm."), x, eps);
    }
    x = transformer(model, config.transformer, x, {});
    TowerOutput output;
    if (backend == Backend::Clip) {
        output.hidden = x;
        output.pooled = layerNorm(model.below("post_layernorm."), x.select(1, 0), eps);
        return output;
    }
    output.hidden = layerNorm(model.below("post_layernorm."), x, eps);
    output.pooled = attentionPool(model.below("head."), config.transformer, output.hidden);
    return output;
}

at::Tensor textFeatures(const Weights& weights,
                        const EncoderConfig& encoder,
                        const HeadConfig& head,
                        const at::Tensor& ids,
                        const at::Tensor& mask)
{
    const Weights tower = weights.below(textPrefix(encoder, head));
    const at::Tensor pooled = textTower(tower, encoder.backend, encoder.text, ids, mask).pooled;
    const bool projected = encoder.backend == Backend::Clip && head.kind == HeadKind::Fusion;
    return projected ? at::linear(pooled, tower["text_projection.weight"]) : pooled;
}

at::Tensor imageFeatures(const Weights& weights,
                         const EncoderConfig& encoder,
                         const HeadConfig& head,
                         const at::Tensor& pixels)
{
    const Weights tower = weights.below(imagePrefix(encoder, head));
    const at::Tensor pooled = imageTower(tower, encoder.backend, encoder.vision, pixels).pooled;
    const bool projected = encoder.backend == Backend::Clip && head.kind == HeadKind::Fusion;
    return projected ? at::linear(pooled, tower["visual_projection.weight"]) : pooled;
}

} // namespace modscope::nn
