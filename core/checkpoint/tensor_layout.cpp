#include "core/checkpoint/tensor_layout.h"

#include "core/checkpoint/checkpoint.h"
#include "core/checkpoint/expected_tensors.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <tuple>

namespace modscope {

namespace {

constexpr std::int64_t kMaxDimension = std::int64_t{1} << 24U; // far above every real width, far below overflow
constexpr std::size_t kMaxDifferences = 10;

bool has(const TensorMap& tensors, std::string_view name)
{
    return tensors.find(name) != tensors.end();
}

bool hasPrefix(const TensorMap& tensors, std::string_view prefix)
{
    const auto first = tensors.lower_bound(prefix);
    return first != tensors.end() && first->first.starts_with(prefix);
}

bool hasSuffix(const TensorMap& tensors, std::string_view suffix)
{
    return std::any_of(tensors.begin(), tensors.end(),
                       [&](const auto& tensor) { return tensor.first.ends_with(suffix); });
}

/// One dimension of a matrix that must be there.
Result<int> matrixSize(const TensorMap& tensors, std::string_view name, std::size_t axis)
{
    const auto found = tensors.find(name);
    if (found == tensors.end()) {
        return fail(ErrorCode::Mismatch, "the tensor '" + std::string(name) + "' is missing");
    }
    const auto& shape = found->second.shape;
    if (shape.size() != 2 || shape[axis] < 1 || shape[axis] > kMaxDimension) {
        return fail(ErrorCode::Mismatch,
                    "the tensor '" + std::string(name) + "' must be a matrix, not " + shapeText(shape));
    }
    return static_cast<int>(shape[axis]);
}

/// The numbers after a prefix: 0 and 1 for "heads.0.weight" and "heads.1.weight".
std::set<int> indicesAfter(const TensorMap& tensors, std::string_view prefix)
{
    std::set<int> indices;
    for (auto it = tensors.lower_bound(prefix); it != tensors.end() && it->first.starts_with(prefix); ++it) {
        const std::string_view rest = std::string_view(it->first).substr(prefix.size());
        int index = 0;
        const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), index);
        if (error == std::errc() && end != rest.data() + rest.size() && *end == '.') {
            indices.insert(index);
        }
    }
    return indices;
}

Result<HeadKind> headKind(const TensorMap& tensors)
{
    const bool fusion = has(tensors, "cls.1.weight");
    const bool multitask = hasPrefix(tensors, "heads.") || hasPrefix(tensors, "tower_txt.");
    if (fusion != multitask) {
        return fusion ? HeadKind::Fusion : HeadKind::Multitask;
    }
    if (fusion) {
        return fail(ErrorCode::ParseError, "the tensors hold a fusion head (cls.*) and multi-task heads (heads.*)");
    }
    if (hasSuffix(tensors, "vision_model.post_layernorm.weight")) {
        return fail(ErrorCode::Unsupported,
                    "the tensors are a plain encoder without a classifier head (no cls.* and no heads.*), so there are "
                    "no labels to predict; open the run directory of a trained classifier");
    }
    return fail(ErrorCode::Unsupported, "the tensors hold no classifier head (neither cls.1.weight nor heads.*)");
}

Result<Backend> backendOf(const TensorMap& tensors)
{
    const bool clip = hasSuffix(tensors, "vision_model.embeddings.class_embedding");
    const bool siglip = hasSuffix(tensors, "vision_model.head.probe") || hasSuffix(tensors, "text_model.head.weight");
    if (clip == siglip) {
        return fail(ErrorCode::ParseError, "the tensors are neither a CLIP nor a SigLIP encoder");
    }
    return clip ? Backend::Clip : Backend::Siglip;
}

Result<int> countHeads(const TensorMap& tensors)
{
    const std::set<int> heads = indicesAfter(tensors, "heads.");
    if (heads.empty() || *heads.begin() != 0 || *heads.rbegin() != static_cast<int>(heads.size()) - 1) {
        return fail(ErrorCode::ParseError, "the multi-task heads must be numbered heads.0, heads.1, … without a gap");
    }
    return static_cast<int>(heads.size());
}

/// A size that the config claims, and the tensor dimension that shows it.
struct SizeClaim {
    std::string field;
    std::int64_t value;
    std::string tensor;
    std::size_t axis;
};

void addTowerClaims(std::vector<SizeClaim>& claims,
                    const std::string& field,
                    const std::string& prefix,
                    const TransformerConfig& tower)
{
    const std::string position = prefix + "embeddings.position_embedding.weight";
    claims.push_back({field + "hidden_size", tower.width, position, 1});
    claims.push_back({field + "intermediate_size", tower.intermediate, prefix + "encoder.layers.0.mlp.fc1.weight", 0});
}

std::vector<SizeClaim> sizeClaims(const EncoderConfig& encoder, const std::string& text, const std::string& vision)
{
    const bool clip = encoder.backend == Backend::Clip;
    const VisionTowerConfig& picture = encoder.vision;
    const std::int64_t positions = std::int64_t{picture.grid()} * picture.grid() + (clip ? 1 : 0);
    std::vector<SizeClaim> claims{
        {"text_config.vocab_size", encoder.text.vocabulary, text + "embeddings.token_embedding.weight", 0},
        {"text_config.max_position_embeddings", encoder.text.maxPositions,
         text + "embeddings.position_embedding.weight", 0},
        {"vision_config.patch_size", picture.patchSize, vision + "embeddings.patch_embedding.weight", 2},
        {"the number of positions from vision_config.image_size and patch_size", positions,
         vision + "embeddings.position_embedding.weight", 0},
    };
    addTowerClaims(claims, "text_config.", text, encoder.text.transformer);
    addTowerClaims(claims, "vision_config.", vision, picture.transformer);
    if (clip) { // absent from multi-task checkpoints, which have no projections
        claims.push_back({"projection_dim", encoder.text.projection, "backbone.text_projection.weight", 0});
    } else {
        claims.push_back({"text_config.projection_size", encoder.text.projection, text + "head.weight", 0});
    }
    return claims;
}

} // namespace

bool isWeight(DType dtype)
{
    return dtype == DType::F64 || dtype == DType::F32 || dtype == DType::F16 || dtype == DType::BF16;
}

Result<TensorLayout> inferLayout(const TensorMap& tensors)
{
    const auto kind = headKind(tensors);
    if (!kind) {
        return fail(kind.error());
    }
    const auto backend = backendOf(tensors);
    const bool multitask = *kind == HeadKind::Multitask;
    const bool hidden = has(tensors, "heads.0.0.weight");
    const auto fusionDim = matrixSize(tensors, "proj_t.weight", 0);
    const auto textWidth = matrixSize(tensors, "proj_t.weight", 1);
    const auto imageWidth = matrixSize(tensors, "proj_i.weight", 1);
    const auto labels = multitask ? countHeads(tensors) : matrixSize(tensors, "cls.4.weight", 0);
    const auto hiddenDim = multitask && hidden ? matrixSize(tensors, "heads.0.0.weight", 0) : Result<int>(0);
    if (!backend) {
        return fail(backend.error());
    }
    for (const auto* size : {&fusionDim, &textWidth, &imageWidth, &labels, &hiddenDim}) {
        if (!*size) {
            return fail(size->error());
        }
    }
    return TensorLayout{*backend, {*kind, *fusionDim, *labels, *hiddenDim, *textWidth, *imageWidth}};
}

Result<void> checkEncoderSizes(const EncoderConfig& encoder,
                               const HeadConfig& head,
                               const TensorMap& tensors,
                               std::string_view source)
{
    const std::string where = std::string(source) + ": ";
    const std::string text = textPrefix(encoder.backend, head.kind) + "text_model.";
    const std::string vision = imagePrefix(encoder.backend, head.kind) + "vision_model.";
    for (const SizeClaim& claim : sizeClaims(encoder, text, vision)) {
        const auto found = tensors.find(claim.tensor);
        if (found == tensors.end()) {
            continue; // tensorDifferences lists it as missing
        }
        const auto& shape = found->second.shape;
        if (claim.axis >= shape.size() || shape[claim.axis] != claim.value) {
            return fail(ErrorCode::Mismatch, where + claim.field + " is " + std::to_string(claim.value) +
                                                 ", but the tensor '" + claim.tensor + "' is " + shapeText(shape));
        }
    }
    const std::array<std::tuple<const char*, const std::string*, int>, 2> towers{
        {{"text_config", &text, encoder.text.transformer.layers},
         {"vision_config", &vision, encoder.vision.transformer.layers}}};
    for (const auto& [field, prefix, layers] : towers) {
        const auto found = indicesAfter(tensors, *prefix + "encoder.layers.").size();
        if (found != static_cast<std::size_t>(layers)) {
            return fail(ErrorCode::Mismatch, where + field + ".num_hidden_layers is " + std::to_string(layers) +
                                                 ", but the tensors have " + std::to_string(found) + " layers");
        }
    }
    return {};
}

std::vector<std::string> tensorDifferences(const EncoderConfig& encoder,
                                           const HeadConfig& head,
                                           const TensorMap& tensors)
{
    const auto expected = expectedTensors(encoder, head);
    std::vector<std::string> differences;
    for (const auto& [name, shape] : expected) {
        const auto found = tensors.find(name);
        if (found == tensors.end()) {
            differences.push_back("missing '" + name + "' " + shapeText(shape));
        } else if (found->second.shape != shape) {
            differences.push_back("'" + name + "' is " + shapeText(found->second.shape) + " instead of " +
                                  shapeText(shape));
        } else if (!isWeight(found->second.dtype)) {
            differences.push_back("'" + name + "' is stored as " + found->second.dtypeName +
                                  ", which is not a supported type for weights");
        }
    }
    for (const auto& tensor : tensors) {
        if (expected.find(tensor.first) == expected.end()) {
            differences.push_back("unexpected '" + tensor.first + "'");
        }
    }
    if (differences.size() > kMaxDifferences) {
        const std::size_t more = differences.size() - kMaxDifferences;
        differences.resize(kMaxDifferences);
        differences.push_back("and " + std::to_string(more) + " more");
    }
    return differences;
}

} // namespace modscope
