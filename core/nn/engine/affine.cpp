#include "core/nn/engine/affine.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/mv.h>

namespace modscope::nn {

Affine loadLinear(const TensorSource& source, const std::string& name, std::int64_t out, std::int64_t in)
{
    return {source.load(name + ".weight", {out, in}), source.load(name + ".bias", {out})};
}

Affine loadNorm(const TensorSource& source, const std::string& name, std::int64_t width)
{
    return {source.load(name + ".weight", {width}), source.load(name + ".bias", {width})};
}

Affine withNorm(const Affine& linear, const Affine& norm)
{
    return {linear.weight * norm.weight, linear.bias + at::mv(linear.weight, norm.bias)};
}

Affine scaled(const Affine& linear, double factor)
{
    return {linear.weight * factor, linear.bias * factor};
}

Affine stacked(const std::vector<Affine>& layers)
{
    std::vector<at::Tensor> weights;
    std::vector<at::Tensor> biases;
    for (const Affine& layer : layers) {
        weights.push_back(layer.weight);
        biases.push_back(layer.bias);
    }
    return {at::cat(weights), at::cat(biases)};
}

} // namespace modscope::nn
