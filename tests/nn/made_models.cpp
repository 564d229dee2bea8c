#include "tests/nn/made_models.h"

#include <ATen/ops/from_blob.h>

#include <QDebug>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <memory>
#include <string>

namespace modscope::test {
namespace {

double unitValue(std::uint32_t hash, std::size_t index)
{
    const auto mixed = hash + static_cast<std::uint32_t>(index) * 2654435761U;
    return mixed / 4294967296.0 - 0.5;
}

std::uint32_t fnv1a(std::string_view name)
{
    std::uint32_t hash = 2166136261U;
    for (const char c : name) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    }
    return hash;
}

bool isNormWeight(std::string_view name)
{
    const std::size_t last = name.rfind('.');
    if (last == std::string_view::npos || name.substr(last + 1) != "weight") {
        return false;
    }
    const std::size_t before = name.rfind('.', last - 1);
    const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
    return name.substr(begin, last - begin).find("norm") != std::string_view::npos;
}

std::size_t product(const std::vector<std::int64_t>& shape)
{
    std::size_t count = 1;
    for (const std::int64_t size : shape) {
        count *= static_cast<std::size_t>(size);
    }
    return count;
}

at::Tensor tensorOf(std::vector<float> values, const std::vector<std::int64_t>& shape)
{
    return at::from_blob(values.data(), shape, at::kFloat).clone();
}

TransformerConfig tinyTransformer(int width, int intermediate, int heads, Activation activation, float eps)
{
    return {.width = width,
            .intermediate = intermediate,
            .layers = 2,
            .heads = heads,
            .activation = activation,
            .layerNormEps = eps};
}

} // namespace

std::vector<float> madeValues(std::string_view name, const std::vector<std::int64_t>& shape)
{
    std::vector<float> values(product(shape));
    const std::uint32_t hash = fnv1a(name);
    const bool norm = isNormWeight(name);
    const double scale = shape.size() >= 2 ? 0.4 : 0.2;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double x = unitValue(hash, i);
        values[i] = static_cast<float>(norm ? 1.0 + 0.2 * x : scale * x);
    }
    if (name.ends_with("logit_scale") || name.ends_with("logit_bias")) {
        std::fill(values.begin(), values.end(), name.ends_with("logit_scale") ? 1.5F : -0.75F);
    }
    return values;
}

at::Tensor madePixels(const std::vector<std::int64_t>& shape)
{
    std::vector<float> values(product(shape));
    const std::uint32_t hash = fnv1a("pixel_values");
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] = static_cast<float>(4.0 * unitValue(hash, i));
    }
    return tensorOf(std::move(values), shape);
}

nn::Weights::Map madeParameters(const EncoderConfig& encoder, const HeadConfig& head)
{
    nn::Weights::Map parameters;
    for (const auto& [name, shape] : expectedTensors(encoder, head)) {
        parameters.emplace(name, tensorOf(madeValues(name, shape), shape));
    }
    return parameters;
}

nn::Weights::Map madeEncoder(const EncoderConfig& encoder)
{
    constexpr std::string_view kPrefix = "backbone.";
    nn::Weights::Map parameters;
    for (const auto& [name, shape] : expectedTensors(encoder, HeadConfig{})) {
        if (name.starts_with(kPrefix)) {
            const std::string own = name.substr(kPrefix.size());
            parameters.emplace(own, tensorOf(madeValues(own, shape), shape));
        }
    }
    return parameters;
}

Checkpoint madeCheckpoint(const EncoderConfig& encoder, const HeadConfig& head)
{
    Checkpoint checkpoint;
    checkpoint.info.name = "made";
    checkpoint.info.encoder = encoder;
    checkpoint.info.head = head;
    checkpoint.info.labels.assign(static_cast<std::size_t>(head.labels), "label");
    checkpoint.info.thresholds.assign(static_cast<std::size_t>(head.labels), 0.5F);
    checkpoint.info.preprocessing.image.side = encoder.vision.imageSize;
    checkpoint.info.preprocessing.tokenizer =
        encoder.backend == Backend::Clip ? TokenizerKind::Clip : TokenizerKind::Siglip;
    for (const auto& [name, shape] : expectedTensors(encoder, head)) {
        const auto values = std::make_shared<const std::vector<float>>(madeValues(name, shape));
        checkpoint.tensors.emplace(name,
                                   TensorView{DType::F32, "F32", shape, std::as_bytes(std::span(*values)), values});
    }
    return checkpoint;
}

EncoderConfig tinyClip()
{
    EncoderConfig config;
    config.text = {.transformer = tinyTransformer(16, 40, 4, Activation::QuickGelu, 1e-5F),
                   .vocabulary = 50,
                   .maxPositions = 10,
                   .eosTokenId = 2,
                   .projection = 12};
    config.vision = {.transformer = tinyTransformer(24, 48, 3, Activation::QuickGelu, 1e-5F),
                     .imageSize = 12,
                     .patchSize = 4,
                     .poolingHead = false,
                     .projection = 12};
    return config;
}

EncoderConfig tinySiglip()
{
    EncoderConfig config;
    config.backend = Backend::Siglip;
    config.text = {.transformer = tinyTransformer(24, 48, 3, Activation::GeluTanh, 1e-6F),
                   .vocabulary = 50,
                   .maxPositions = 8,
                   .eosTokenId = 49407,
                   .projection = 24};
    config.vision = {.transformer = tinyTransformer(24, 48, 3, Activation::GeluTanh, 1e-6F),
                     .imageSize = 12,
                     .patchSize = 4,
                     .poolingHead = true,
                     .projection = 24};
    return config;
}

bool closeTo(const at::Tensor& actual, const std::vector<float>& expected, float tolerance)
{
    const at::Tensor flat = actual.contiguous().flatten();
    if (flat.numel() < static_cast<std::int64_t>(expected.size())) {
        qInfo() << "only" << flat.numel() << "values";
        return false;
    }
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const float value = flat.const_data_ptr<float>()[i];
        if (!(std::abs(value - expected[i]) <= tolerance)) { // also catches NaN
            qInfo() << "value" << i << "is" << value << "expected" << expected[i];
            return false;
        }
    }
    return true;
}

float largestDifference(const std::vector<float>& a, const std::vector<float>& b)
{
    if (a.size() != b.size()) {
        return std::numeric_limits<float>::infinity();
    }
    float largest = 0.0F;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const float difference = std::abs(a[i] - b[i]);
        largest = difference <= largest ? largest : difference; // a NaN stays
    }
    return largest;
}

} // namespace modscope::test
