#include "core/nn/modules/weights.h"

#include "core/nn/modules/engine_error.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/layer_norm.h>
#include <ATen/ops/linear.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace modscope::nn {
namespace {

at::Tensor widened(const TensorView& view, std::string_view name)
{
    at::Tensor tensor = at::empty(view.shape, at::kFloat);
    if (view.dtype == DType::F32) { // the usual case, without the detour over a vector
        std::memcpy(tensor.mutable_data_ptr<float>(), view.bytes.data(), view.bytes.size());
        return tensor;
    }
    const Result<std::vector<float>> values = toFloat32(view, name);
    if (!values) {
        throw EngineError(values.error());
    }
    std::copy(values->begin(), values->end(), tensor.mutable_data_ptr<float>());
    return tensor;
}

bool onTowers(const EncoderConfig& encoder, const HeadConfig& head)
{
    return head.kind == HeadKind::Multitask && encoder.backend == Backend::Clip;
}

template <typename Wanted>
Weights::Map loadWhere(const Checkpoint& checkpoint, const Wanted& wanted)
{
    const TensorSource source(checkpoint.tensors);
    Weights::Map parameters;
    for (const auto& [name, shape] : expectedTensors(checkpoint.info.encoder, checkpoint.info.head)) {
        if (wanted(name)) {
            parameters.emplace(name, source.load(name, shape));
        }
    }
    return parameters;
}

} // namespace

TensorSource::TensorSource(const TensorMap& tensors, std::string prefix)
    : m_tensors(&tensors), m_prefix(std::move(prefix))
{}

TensorSource TensorSource::below(std::string_view scope) const
{
    return TensorSource(*m_tensors, m_prefix + std::string(scope));
}

at::Tensor TensorSource::load(std::string_view name, const std::vector<std::int64_t>& shape) const
{
    const std::string full = m_prefix + std::string(name);
    const auto found = m_tensors->find(full);
    if (found == m_tensors->end()) {
        throw EngineError(ErrorCode::Mismatch, "tensor '" + full + "' is missing");
    }
    if (found->second.shape != shape) {
        throw EngineError(ErrorCode::Mismatch, "tensor '" + full + "' has shape " + shapeText(found->second.shape) +
                                                   ", expected " + shapeText(shape));
    }
    at::Tensor tensor = widened(found->second, full);
    releaseMemory(found->second);
    return tensor;
}

Weights::Weights(const Map& parameters, std::string prefix) : m_parameters(&parameters), m_prefix(std::move(prefix)) {}

Weights Weights::below(std::string_view scope) const
{
    return Weights(*m_parameters, m_prefix + std::string(scope));
}

const at::Tensor& Weights::operator[](std::string_view name) const
{
    const std::string full = m_prefix + std::string(name);
    const auto found = m_parameters->find(full);
    if (found == m_parameters->end()) {
        throw EngineError(ErrorCode::Mismatch, "tensor '" + full + "' is missing");
    }
    return found->second;
}

std::string textPrefix(const EncoderConfig& encoder, const HeadConfig& head)
{
    return onTowers(encoder, head) ? "tower_txt." : "backbone.";
}

std::string imagePrefix(const EncoderConfig& encoder, const HeadConfig& head)
{
    return onTowers(encoder, head) ? "tower_img." : "backbone.";
}

Weights::Map loadAll(const Checkpoint& checkpoint)
{
    return loadWhere(checkpoint, [](std::string_view) { return true; });
}

Weights::Map loadHead(const Checkpoint& checkpoint)
{
    const std::string text = textPrefix(checkpoint.info.encoder, checkpoint.info.head);
    const std::string image = imagePrefix(checkpoint.info.encoder, checkpoint.info.head);
    return loadWhere(checkpoint,
                     [&](std::string_view name) { return !name.starts_with(text) && !name.starts_with(image); });
}

at::Tensor linear(const Weights& weights, const at::Tensor& input)
{
    return at::linear(input, weights["weight"], weights["bias"]);
}

at::Tensor layerNorm(const Weights& weights, const at::Tensor& input, double eps)
{
    return at::layer_norm(input, {input.size(-1)}, weights["weight"], weights["bias"], eps);
}

} // namespace modscope::nn
