#include "core/nn/engine/packed_image_tower.h"

#include "core/nn/kernels/parallel.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/layer_norm.h>
#include <ATen/ops/linear.h>
#include <c10/util/BFloat16.h>

namespace modscope::nn {
namespace {

/// One picture's patches below each other, [G * G, P * P * 3]: a patch row is contiguous in the picture, so this is
/// copying. Bytes are exact in bfloat16.
template <typename T>
void cutPatches(const std::uint8_t* square, std::int64_t grid, std::int64_t patch, T* out)
{
    const std::int64_t span = patch * 3;
    for (std::int64_t gridRow = 0; gridRow < grid; ++gridRow) {
        for (std::int64_t gridColumn = 0; gridColumn < grid; ++gridColumn) {
            for (std::int64_t y = 0; y < patch; ++y) {
                const std::uint8_t* from = square + ((gridRow * patch + y) * grid + gridColumn) * span;
                for (std::int64_t i = 0; i < span; ++i) {
                    *out++ = static_cast<T>(static_cast<float>(from[i]));
                }
            }
        }
    }
}

at::Tensor patchRows(std::span<const std::span<const std::uint8_t>> squares,
                     std::int64_t grid,
                     std::int64_t patch,
                     at::ScalarType type,
                     int threads)
{
    const auto items = static_cast<std::int64_t>(squares.size());
    const std::int64_t perItem = grid * grid * patch * patch * 3;
    at::Tensor rows = at::empty({items * grid * grid, patch * patch * 3}, type);
    parallelFor(threads, items, [&](std::ptrdiff_t item, int) {
        const std::uint8_t* square = squares[static_cast<std::size_t>(item)].data();
        if (type == at::kFloat) {
            cutPatches(square, grid, patch, rows.mutable_data_ptr<float>() + item * perItem);
        } else {
            cutPatches(square, grid, patch, rows.mutable_data_ptr<c10::BFloat16>() + item * perItem);
        }
    });
    return rows;
}

std::vector<Sequence> equalSequences(std::int64_t items, std::int64_t rows)
{
    std::vector<Sequence> sequences;
    for (std::int64_t item = 0; item < items; ++item) {
        sequences.push_back({.begin = item * rows, .rows = rows, .keys = rows});
    }
    return sequences;
}

TransformerOptions transformerOptions(const VisionTowerConfig& config, Backend backend, Arithmetic arithmetic)
{
    const bool needsAll = backend == Backend::Siglip || config.poolingHead;
    return {.arithmetic = arithmetic, .causal = false, .keep = needsAll ? Keep::All : Keep::First};
}

} // namespace

PackedImageTower::PackedImageTower(const TensorSource& source, const ModelInfo& info, Arithmetic arithmetic)
    : m_config(info.encoder.vision), m_backend(info.encoder.backend), m_arithmetic(arithmetic),
      m_transformer(
          source.below("vision_model."), m_config.transformer, transformerOptions(m_config, m_backend, arithmetic))
{
    const std::int64_t width = m_config.transformer.width;
    const std::int64_t grid = m_config.grid();
    const TensorSource model = source.below("vision_model.");
    loadPatches(model, info.preprocessing.image);
    const std::int64_t first = m_backend == Backend::Clip ? 1 : 0;
    m_positions = model.load("embeddings.position_embedding.weight", {first + grid * grid, width});
    if (m_backend == Backend::Siglip) {
        m_pool.emplace(model, m_config.transformer, arithmetic);
        return;
    }
    m_class = model.load("embeddings.class_embedding", {width});
    m_preNorm = loadNorm(model, "pre_layrnorm", width);
    m_norm = loadNorm(model, "post_layernorm", width);
    if (info.head.kind == HeadKind::Fusion) {
        m_projection = source.load("visual_projection.weight", {m_config.projection, width});
    }
}

void PackedImageTower::loadPatches(const TensorSource& source, const ImageProcessorConfig& image)
{
    const std::int64_t width = m_config.transformer.width;
    const std::int64_t patch = m_config.patchSize;
    // (byte * rescale - mean) / deviation = byte * factor - mean / deviation, per channel; channels last, as bytes come
    at::Tensor factor = at::empty({3}, at::kFloat);
    at::Tensor centre = at::empty({3}, at::kFloat); // the byte that becomes 0
    for (std::size_t channel = 0; channel < 3; ++channel) {
        factor.mutable_data_ptr<float>()[channel] = image.rescale / image.deviation[channel];
        centre.mutable_data_ptr<float>()[channel] = image.mean[channel] / image.rescale;
    }
    at::Tensor weight = source.load("embeddings.patch_embedding.weight", {width, 3, patch, patch});
    weight = weight.permute({0, 2, 3, 1}) * factor;
    // rounded before the bias is made from it, so that a rounding error meets (byte - centre) and not the whole byte
    weight = weight.to(rowType(m_arithmetic)).to(at::kFloat);
    at::Tensor bias = -(weight * centre).sum({1, 2, 3});
    if (m_backend == Backend::Siglip) {
        bias = bias + source.load("embeddings.patch_embedding.bias", {width});
    }
    m_patches = makeLinear(weight.reshape({width, patch * patch * 3}), bias, Epilogue::None, m_arithmetic);
}

at::Tensor PackedImageTower::embedded(const at::Tensor& patches, std::int64_t items) const
{
    const std::int64_t rows = m_positions.size(0);
    const std::int64_t width = m_positions.size(1);
    const std::int64_t first = m_class.defined() ? 1 : 0;
    at::Tensor x = at::empty({items, rows, width}, at::kFloat);
    x.narrow(1, first, rows - first).copy_(patches.view({items, rows - first, width}));
    if (m_class.defined()) {
        x.select(1, 0).copy_(m_class.expand({items, width}));
    }
    x.add_(m_positions);
    x = x.view({items * rows, width});
    return m_class.defined()
               ? at::layer_norm(x, {width}, m_preNorm.weight, m_preNorm.bias, m_config.transformer.layerNormEps)
               : x;
}

at::Tensor PackedImageTower::encode(std::span<const std::span<const std::uint8_t>> squares, int threads) const
{
    const auto items = static_cast<std::int64_t>(squares.size());
    const auto sequences = equalSequences(items, m_positions.size(0));
    const at::Tensor patches = patchRows(squares, m_config.grid(), m_config.patchSize, rowType(m_arithmetic), threads);
    const at::Tensor x = m_transformer.run(embedded((*m_patches)(patches), items), sequences, threads);
    if (m_pool) {
        return m_pool->pool(x, sequences, threads);
    }
    const at::Tensor pooled =
        at::layer_norm(x, {x.size(1)}, m_norm.weight, m_norm.bias, m_config.transformer.layerNormEps);
    return m_projection.defined() ? at::linear(pooled, m_projection) : pooled;
}

std::uint64_t PackedImageTower::bytes() const
{
    std::uint64_t sum = m_transformer.bytes() + m_patches->bytes() + (m_pool ? m_pool->bytes() : 0);
    for (const at::Tensor& part :
         {m_class, m_positions, m_preNorm.weight, m_preNorm.bias, m_norm.weight, m_norm.bias, m_projection}) {
        sum += part.defined() ? part.nbytes() : 0;
    }
    return sum;
}

} // namespace modscope::nn
