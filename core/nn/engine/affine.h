#pragma once

#include "core/nn/modules/weights.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>
#include <vector>

namespace modscope::nn {

/// A linear layer's parameters on their way from the file to their kernel: float32 weight [N, K], bias [N].
/// Also a layer norm's gain and offset, both [K].
struct Affine {
    at::Tensor weight;
    at::Tensor bias;
};

/// `name`.weight [out, in] and `name`.bias [out]
[[nodiscard]] Affine loadLinear(const TensorSource& source, const std::string& name, std::int64_t out, std::int64_t in);
/// `name`.weight [width] and `name`.bias [width]
[[nodiscard]] Affine loadNorm(const TensorSource& source, const std::string& name, std::int64_t width);

/// `linear` as it must be when its input lacks the norm's gain and offset: W diag(gain), b + W offset. Exact.
[[nodiscard]] Affine withNorm(const Affine& linear, const Affine& norm);
[[nodiscard]] Affine scaled(const Affine& linear, double factor);
/// One layer that computes several: outputs side by side.
[[nodiscard]] Affine stacked(const std::vector<Affine>& layers);

} // namespace modscope::nn
