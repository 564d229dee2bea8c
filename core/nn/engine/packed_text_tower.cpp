#include "core/nn/engine/packed_text_tower.h"

#include "core/nn/engine/requests.h"

#include <ATen/ops/embedding.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/layer_norm.h>
#include <ATen/ops/linear.h>

#include <algorithm>

namespace modscope::nn {
namespace {

/// How many tokens CLIP's pooled position sees, itself included. The plain path's rule (clipPooledPositions), on one
/// text.
std::size_t visibleTokens(const std::vector<std::int32_t>& ids, int eosTokenId)
{
    auto end =
        eosTokenId == 2 ? std::max_element(ids.begin(), ids.end()) : std::find(ids.begin(), ids.end(), eosTokenId);
    if (end == ids.end()) {
        end = ids.begin(); // no EOS: position 0, as argmax of nothing
    }
    return static_cast<std::size_t>(end - ids.begin()) + 1;
}

at::Tensor idTensor(std::vector<std::int64_t>& values)
{
    return at::from_blob(values.data(), {static_cast<std::int64_t>(values.size())}, at::kLong);
}

TransformerOptions transformerOptions(Backend backend, Arithmetic arithmetic)
{
    return {.arithmetic = arithmetic, .causal = backend == Backend::Clip, .keep = Keep::Last};
}

} // namespace

PackedTextTower::PackedTextTower(const TensorSource& source, const ModelInfo& info, Arithmetic arithmetic)
    : m_config(info.encoder.text), m_backend(info.encoder.backend), m_masked(info.preprocessing.textAttentionMask),
      m_padId(padId(info.preprocessing.tokenizer)),
      m_transformer(source.below("text_model."), m_config.transformer, transformerOptions(m_backend, arithmetic))
{
    const std::int64_t width = m_config.transformer.width;
    const TensorSource model = source.below("text_model.");
    m_tokens = model.load("embeddings.token_embedding.weight", {m_config.vocabulary, width}).to(rowType(arithmetic));
    m_positions = model.load("embeddings.position_embedding.weight", {m_config.maxPositions, width});
    m_norm = loadNorm(model, "final_layer_norm", width);
    if (m_backend == Backend::Siglip) {
        m_out = loadLinear(model, "head", m_config.projection, width);
    } else if (info.head.kind == HeadKind::Fusion) {
        m_out.weight = source.load("text_projection.weight", {m_config.projection, width});
    }
}

void PackedTextTower::packSiglip(const TokenIds& text, Packed& packed) const
{
    const std::int64_t length = m_config.maxPositions;
    const auto tokens = static_cast<std::int64_t>(text.ids.size());
    packed.ids.insert(packed.ids.end(), text.ids.begin(), text.ids.end());
    for (std::int64_t position = 0; position < tokens; ++position) {
        packed.positions.push_back(position);
    }
    for (std::int64_t position = m_masked ? std::max(tokens, length - 1) : tokens; position < length; ++position) {
        packed.ids.push_back(m_padId);
        packed.positions.push_back(position);
    }
}

PackedTextTower::Packed PackedTextTower::pack(std::span<const TokenIds> texts) const
{
    Packed packed;
    for (const TokenIds& text : texts) {
        Sequence sequence;
        sequence.begin = static_cast<std::int64_t>(packed.ids.size());
        if (m_backend == Backend::Clip) {
            const std::size_t tokens = visibleTokens(text.ids, m_config.eosTokenId);
            for (std::size_t i = 0; i < tokens; ++i) {
                packed.ids.push_back(text.ids[i]);
                packed.positions.push_back(static_cast<std::int64_t>(i));
            }
        } else {
            packSiglip(text, packed);
        }
        sequence.rows = static_cast<std::int64_t>(packed.ids.size()) - sequence.begin;
        const bool hidesPadding = m_backend == Backend::Siglip && m_masked;
        sequence.keys = hidesPadding ? static_cast<std::int64_t>(text.ids.size()) : sequence.rows;
        packed.sequences.push_back(sequence);
    }
    return packed;
}

at::Tensor PackedTextTower::encode(std::span<const TokenIds> texts, int threads) const
{
    Packed packed = pack(texts);
    at::Tensor x = at::embedding(m_tokens, idTensor(packed.ids)).to(at::kFloat);
    x.add_(at::embedding(m_positions, idTensor(packed.positions)));
    const at::Tensor last = m_transformer.run(std::move(x), packed.sequences, threads);
    const at::Tensor pooled =
        at::layer_norm(last, {last.size(1)}, m_norm.weight, m_norm.bias, m_config.transformer.layerNormEps);
    return m_out.weight.defined() ? at::linear(pooled, m_out.weight, m_out.bias) : pooled;
}

std::uint64_t PackedTextTower::bytes() const
{
    std::uint64_t sum = m_transformer.bytes() + m_tokens.nbytes() + m_positions.nbytes();
    for (const at::Tensor& part : {m_norm.weight, m_norm.bias, m_out.weight, m_out.bias}) {
        sum += part.defined() ? part.nbytes() : 0;
    }
    return sum;
}

} // namespace modscope::nn
