#pragma once

#include "core/checkpoint/checkpoint.h"
#include "core/nn/modules/weights.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string_view>
#include <vector>

namespace modscope::test {

/// Values from a parameter's name and index alone, so that any language can make the same model: the 32-bit FNV-1a hash
/// of the name plus index * 2654435761 modulo 2^32, as x in [-0.5, 0.5); norms 1 + 0.2x, rank >= 2 0.4x, the rest 0.2x.
[[nodiscard]] std::vector<float> madeValues(std::string_view name, const std::vector<std::int64_t>& shape);

/// float32 [..shape] of 4x: the pictures of the tiny models.
[[nodiscard]] at::Tensor madePixels(const std::vector<std::int64_t>& shape);

/// All parameters of a model, made.
[[nodiscard]] nn::Weights::Map madeParameters(const EncoderConfig& encoder, const HeadConfig& head);
/// The encoder alone, named as Hugging Face names it ("text_model.…").
[[nodiscard]] nn::Weights::Map madeEncoder(const EncoderConfig& encoder);

/// A whole checkpoint in memory.
[[nodiscard]] Checkpoint madeCheckpoint(const EncoderConfig& encoder, const HeadConfig& head);

[[nodiscard]] EncoderConfig tinyClip();
[[nodiscard]] EncoderConfig tinySiglip();

/// float32 tensor to compare with: QVERIFY(closeTo(features[0], {…}, 2e-6)) compares as many values as are given.
[[nodiscard]] bool closeTo(const at::Tensor& actual, const std::vector<float>& expected, float tolerance);
/// Largest absolute difference.
[[nodiscard]] float largestDifference(const std::vector<float>& a, const std::vector<float>& b);

} // namespace modscope::test
