#include "core/nn/engine/packed_transformer.h"

#include "core/nn/engine/affine.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/index_select.h>

#include <cmath>
#include <malloc.h>
#include <string>
#include <utility>

namespace modscope::nn {
namespace {

/// int64 [sequences]: the row of each that is read.
at::Tensor keptRows(const std::vector<Sequence>& sequences, Keep keep)
{
    at::Tensor rows = at::empty({static_cast<std::int64_t>(sequences.size())}, at::kLong);
    auto* out = rows.mutable_data_ptr<std::int64_t>();
    for (const Sequence& sequence : sequences) {
        *out++ = keep == Keep::First ? sequence.begin : sequence.begin + sequence.rows - 1;
    }
    return rows;
}

} // namespace

Epilogue epilogueOf(Activation activation)
{
    switch (activation) {
    case Activation::QuickGelu: // x sigmoid(1.702 x) = silu(1.702 x) / 1.702
    case Activation::Silu:
        return Epilogue::Silu;
    case Activation::Gelu:
        return Epilogue::Gelu;
    case Activation::GeluTanh:
        return Epilogue::GeluTanh;
    case Activation::Relu:
        return Epilogue::Relu;
    }
    return Epilogue::None;
}

double foldedScale(Activation activation)
{
    return activation == Activation::QuickGelu ? 1.702 : 1.0;
}

PackedTransformer::PackedTransformer(const TensorSource& source,
                                     const TransformerConfig& config,
                                     const TransformerOptions& options)
    : m_config(config), m_options(options)
{
    for (int i = 0; i < config.layers; ++i) {
        const bool keepsOne = options.keep != Keep::All && i + 1 == config.layers;
        m_layers.push_back(loadLayer(source.below("encoder.layers." + std::to_string(i) + "."), keepsOne));
        ::malloc_trim(0); // the copies made while folding lie between packed weights, where free() keeps them
    }
}

PackedTransformer::Layer PackedTransformer::loadLayer(const TensorSource& source, bool keepsOne) const
{
    const std::int64_t width = m_config.width;
    const auto headWidth = width / m_config.heads;
    const double scale = 1.0 / std::sqrt(static_cast<double>(headWidth));
    const Affine norm = loadNorm(source, "layer_norm1", width);
    const auto projection = [&](const char* name) {
        return withNorm(loadLinear(source, std::string("self_attn.") + name, width, width), norm);
    };
    const auto packed = [&](const Affine& affine) {
        return makeLinear(affine.weight, affine.bias, Epilogue::None, m_options.arithmetic);
    };
    Layer layer;
    const Affine query = scaled(projection("q_proj"), scale);
    if (keepsOne) {
        layer.query = packed(query);
        layer.keyValue = packed(stacked({projection("k_proj"), projection("v_proj")}));
    } else {
        layer.queryKeyValue = packed(stacked({query, projection("k_proj"), projection("v_proj")}));
    }
    layer.out = packed(loadLinear(source, "self_attn.out_proj", width, width));
    loadFeedForward(source, layer);
    return layer;
}

void PackedTransformer::loadFeedForward(const TensorSource& source, Layer& layer) const
{
    const std::int64_t width = m_config.width;
    const std::int64_t inner = m_config.intermediate;
    const double scale = foldedScale(m_config.activation);
    const Affine norm = loadNorm(source, "layer_norm2", width);
    const Affine fc1 = scaled(withNorm(loadLinear(source, "mlp.fc1", inner, width), norm), scale);
    layer.fc1 = makeLinear(fc1.weight, fc1.bias, epilogueOf(m_config.activation), m_options.arithmetic);
    const Affine fc2 = loadLinear(source, "mlp.fc2", width, inner);
    layer.fc2 = makeLinear(fc2.weight.div(scale), fc2.bias, Epilogue::None, m_options.arithmetic);
}

at::Tensor PackedTransformer::attention(const Layer& layer,
                                        const at::Tensor& normed,
                                        const at::Tensor& kept,
                                        const std::vector<Sequence>& sequences,
                                        int threads) const
{
    const std::int64_t width = m_config.width;
    AttentionInput input{.heads = m_config.heads, .causal = m_options.causal};
    if (layer.queryKeyValue) {
        const at::Tensor all = (*layer.queryKeyValue)(normed);
        input.query = all.narrow(1, 0, width);
        input.key = all.narrow(1, width, width);
        input.value = all.narrow(1, 2 * width, width);
        return attend(input, sequences, threads);
    }
    const at::Tensor all = (*layer.keyValue)(normed);
    input.query = (*layer.query)(at::index_select(normed, 0, kept));
    input.key = all.narrow(1, 0, width);
    input.value = all.narrow(1, width, width);
    return attend(input, sequences, threads);
}

at::Tensor PackedTransformer::run(at::Tensor x, const std::vector<Sequence>& sequences, int threads) const
{
    const float eps = m_config.layerNormEps;
    const at::ScalarType type = rowType(m_options.arithmetic);
    at::Tensor pending; // the last residual, added together with the next norm in one pass over x
    for (const Layer& layer : m_layers) {
        const at::Tensor normed = addNormalise(x, pending, eps, type, threads);
        at::Tensor kept;
        if (!layer.queryKeyValue) {
            kept = keptRows(sequences, m_options.keep);
            x = at::index_select(x, 0, kept);
        }
        const at::Tensor mixed = attention(layer, normed, kept, sequences, threads);
        const at::Tensor attended = (*layer.out)(mixed);
        pending = (*layer.fc2)((*layer.fc1)(addNormalise(x, attended, eps, type, threads)));
    }
    return x.add_(pending);
}

std::uint64_t PackedTransformer::bytes() const
{
    std::uint64_t sum = 0;
    for (const Layer& layer : m_layers) {
        for (const auto* part :
             {&layer.queryKeyValue, &layer.query, &layer.keyValue, &layer.out, &layer.fc1, &layer.fc2}) {
            sum += *part ? (*part)->bytes() : 0;
        }
    }
    return sum;
}

} // namespace modscope::nn
