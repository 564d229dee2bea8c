#include "core/nn/modules/heads.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/abs.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/sigmoid.h>
#include <ATen/ops/tanh.h>
#include <ATen/ops/where.h>

#include <string>
#include <vector>

namespace modscope::nn {
namespace {

constexpr double kHeadEps = 1e-5; // of the heads' LayerNorms, whatever the encoder's is

/// Unit length; rows of absent modalities become zero.
at::Tensor unitOrZero(const at::Tensor& features, const at::Tensor& present)
{
    return features / at::linalg_vector_norm(features, 2, {-1}, true).clamp_min(1e-12) * present;
}

struct Gated {
    at::Tensor text;  ///< proj_t, [B, F]
    at::Tensor image; ///< proj_i, [B, F]
    at::Tensor fused; ///< [B, F]
};

/// A gate mixes the two; where one modality is absent the other one passes alone.
Gated gate(const Weights& weights, const at::Tensor& text, const at::Tensor& image, const at::Tensor& present)
{
    Gated out;
    out.text = linear(weights.below("proj_t."), text);
    out.image = linear(weights.below("proj_i."), image);
    const at::Tensor zText = at::tanh(linear(weights.below("g_t."), out.text));
    const at::Tensor zImage = at::tanh(linear(weights.below("g_i."), out.image));
    const at::Tensor share = at::sigmoid(linear(weights.below("gate."), at::cat({out.text, out.image, present}, 1)));
    const at::Tensor mixed = share * zText + (1.0 - share) * zImage;
    const at::Tensor noImage = present.narrow(1, 1, 1).lt(0.5);
    const at::Tensor noText = present.narrow(1, 0, 1).lt(0.5);
    out.fused = at::where(noImage, zText, at::where(noText, zImage, mixed));
    return out;
}

at::Tensor fusionLogits(const Weights& weights,
                        const at::Tensor& text,
                        const at::Tensor& image,
                        const at::Tensor& present)
{
    const Gated gated =
        gate(weights, unitOrZero(text, present.narrow(1, 0, 1)), unitOrZero(image, present.narrow(1, 1, 1)), present);
    const at::Tensor fused = layerNorm(weights.below("ln_fused."), gated.fused, kHeadEps);
    const at::Tensor all =
        at::cat({fused, gated.text, gated.image, at::abs(gated.text - gated.image), gated.text * gated.image}, 1);
    const at::Tensor hidden =
        at::gelu(linear(weights.below("cls.1."), layerNorm(weights.below("cls.0."), all, kHeadEps)));
    return linear(weights.below("cls.4."), hidden);
}

at::Tensor multitaskLogits(const Weights& weights,
                           const HeadConfig& head,
                           const at::Tensor& text,
                           const at::Tensor& image,
                           const at::Tensor& present)
{
    const at::Tensor fused = gate(weights, text, image, present).fused;
    const at::Tensor shared = at::gelu(linear(weights.below("shared_head.1."), fused));
    std::vector<at::Tensor> logits;
    for (int task = 0; task < head.labels; ++task) {
        const Weights own = weights.below("heads." + std::to_string(task) + ".");
        logits.push_back(head.hiddenDim == 0 ? linear(own, shared)
                                             : linear(own.below("3."), at::gelu(linear(own.below("0."), shared))));
    }
    return at::cat(logits, 1);
}

} // namespace

at::Tensor headLogits(const Weights& weights,
                      const HeadConfig& head,
                      const at::Tensor& text,
                      const at::Tensor& image,
                      const at::Tensor& present)
{
    return head.kind == HeadKind::Fusion ? fusionLogits(weights, text, image, present)
                                         : multitaskLogits(weights, head, text, image, present);
}

} // namespace modscope::nn
