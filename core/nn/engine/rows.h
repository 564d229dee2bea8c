#pragma once

#include "core/nn/kernels/row_kernels.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace modscope::nn {

/// One item's rows among the packed rows of all items: no row is padding.
struct Sequence {
    std::int64_t begin = 0;
    std::int64_t rows = 0; ///< each of them asks
    std::int64_t keys =
        0; ///< the first of them are seen; fewer than rows when the last one only asks (SigLIP's pooled padding)
};

/// x += y (y may be undefined), then layer norm without affine: gains and offsets are folded into the next linear
/// layer.
/// @param x  float32 [R, D], changed. @param y  [R, D] of the row type. @return [R, D] of `type`
[[nodiscard]] at::Tensor addNormalise(at::Tensor& x, const at::Tensor& y, float eps, at::ScalarType type, int threads);

/// Rows may be views into a wider matrix, as long as a row is contiguous.
struct AttentionInput {
    at::Tensor query{}; ///< [R, D], or one row for each sequence (then every sequence asks with that row alone)
    at::Tensor key{};   ///< [R, D]
    at::Tensor value{}; ///< [R, D]
    int heads = 1;
    bool causal = false;
};

/// Attention of each sequence within itself. @return [rows of query, D]
[[nodiscard]] at::Tensor attend(const AttentionInput& input, const std::vector<Sequence>& sequences, int threads);

} // namespace modscope::nn
