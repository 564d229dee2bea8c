#pragma once

#include "core/checkpoint/model_info.h"
#include "core/nn/engine.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>

namespace modscope::nn {

// What both engines do at their public face: check what came in, and pass rows between host vectors and tensors.
// Checks throw EngineError (InvalidArgument) naming the item.

void checkTexts(std::span<const TokenIds> texts, const TextTowerConfig& config);
void checkSquares(std::span<const std::span<const std::uint8_t>> squares, int side);
void checkHeadInput(const Matrix& text, const Matrix& image, std::span<const Presence> present, const HeadConfig& head);

/// Copies, in float32, to host memory. @param tensor  [R, C], any device and dtype
[[nodiscard]] Matrix toMatrix(const at::Tensor& tensor);
/// A view: the matrix must outlive it.
[[nodiscard]] at::Tensor viewOf(const Matrix& matrix);
/// float32 [B, 2], order text, image.
[[nodiscard]] at::Tensor presenceTensor(std::span<const Presence> present);

/// Makes `threads` (at least 1) the team of this call on the calling thread: torch keeps the number per thread.
int useTeam(int threads);

/// The id that pads texts of this tokenizer: SigLIP sees padding, so it must be the one the model was trained with.
[[nodiscard]] std::int32_t padId(TokenizerKind tokenizer);

struct PaddedTexts {
    at::Tensor ids;  ///< int64 [B, L]
    at::Tensor mask; ///< float32 [B, L], 1 = a real token; undefined if padding is to be seen
};
/// @param length  L, at least the longest text's
[[nodiscard]] PaddedTexts padTexts(std::span<const TokenIds> texts,
                                   const EncoderConfig& encoder,
                                   const Preprocessing& preprocessing,
                                   std::int64_t length);

} // namespace modscope::nn
