#pragma once

#include "core/checkpoint/checkpoint.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace modscope::nn {

/// A checkpoint's tensors, widened to float32 one at a time: whoever folds or packs weights never holds two copies of
/// all. The checkpoint must outlive it.
class TensorSource {
public:
    explicit TensorSource(const TensorMap& tensors, std::string prefix = {});

    /// The names below `scope`: source.below("encoder.layers.0.").load("mlp.fc1.weight", …)
    [[nodiscard]] TensorSource below(std::string_view scope) const;

    /// @return an own float32 copy. Throws EngineError: Mismatch when it is missing or has another shape.
    [[nodiscard]] at::Tensor load(std::string_view name, const std::vector<std::int64_t>& shape) const;

private:
    const TensorMap* m_tensors;
    std::string m_prefix;
};

/// Named parameters of a model, float32, all at once: what the plain path and training compute with.
class Weights {
public:
    using Map = std::map<std::string, at::Tensor, std::less<>>;

    /// @param parameters  must outlive the view
    explicit Weights(const Map& parameters, std::string prefix = {});

    [[nodiscard]] Weights below(std::string_view scope) const;
    /// Throws EngineError (Mismatch) when there is no such parameter.
    [[nodiscard]] const at::Tensor& operator[](std::string_view name) const;

private:
    const Map* m_parameters;
    std::string m_prefix;
};

/// The linear layer whose parameters are `weight` and `bias`. @param input  [..., in]  @return [..., out]
[[nodiscard]] at::Tensor linear(const Weights& weights, const at::Tensor& input);
/// The LayerNorm over the last dimension whose parameters are `weight` and `bias`.
[[nodiscard]] at::Tensor layerNorm(const Weights& weights, const at::Tensor& input, double eps);

/// Where a tower's names begin: "backbone." or, for multi-task models on CLIP, "tower_txt." and "tower_img.".
[[nodiscard]] std::string textPrefix(const EncoderConfig& encoder, const HeadConfig& head);
[[nodiscard]] std::string imagePrefix(const EncoderConfig& encoder, const HeadConfig& head);

/// All tensors that a model of this shape computes with (expectedTensors), as float32.
[[nodiscard]] Weights::Map loadAll(const Checkpoint& checkpoint);
/// As loadAll, without the encoder's.
[[nodiscard]] Weights::Map loadHead(const Checkpoint& checkpoint);

} // namespace modscope::nn
