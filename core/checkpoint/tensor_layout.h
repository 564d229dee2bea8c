#pragma once

#include "core/base/error.h"
#include "core/checkpoint/model_info.h"
#include "core/checkpoint/safetensors.h"

#include <stop_token>
#include <string>
#include <vector>

// Private to this room: what tensor names and shapes alone tell about a checkpoint.

namespace modscope {

/// Renames to the canonical names of expectedTensors(): the prefixes `module.` and `_orig_mod.` that every name carries
/// are stripped, flattened towers (transformers >= 5.6) nested again, and what inference never reads is left out:
/// position_ids, pos_weight, criterion.*, log_vars.
/// Errors: ParseError when two names become one.
[[nodiscard]] Result<TensorMap> canonicalTensors(const TensorMap& tensors);

struct TensorLayout {
    Backend backend = Backend::Clip;
    HeadConfig head;
};

/// Backend and head from canonical names and shapes; textWidth and imageWidth are those of proj_t and proj_i.
/// Errors: Unsupported for an encoder without a classifier head; ParseError naming the tensor that does not fit.
[[nodiscard]] Result<TensorLayout> inferLayout(const TensorMap& tensors);

/// Whether toFloat32 converts it.
[[nodiscard]] bool isWeight(DType dtype);

/// The encoder's config against the tensors, size by size, so that the message names the field that is wrong.
/// @param source  the config, named in messages
/// Errors: Mismatch.
[[nodiscard]] Result<void> checkEncoderSizes(const EncoderConfig& encoder,
                                             const HeadConfig& head,
                                             const TensorMap& tensors,
                                             std::string_view source);

/// Every difference between expectedTensors() and what is there, in words, at most ten: missing, unexpected, misshapen,
/// or of a type that is no weight. Empty when all is well.
[[nodiscard]] std::vector<std::string> tensorDifferences(const EncoderConfig& encoder,
                                                         const HeadConfig& head,
                                                         const TensorMap& tensors);

/// The first NaN or infinity: Mismatch naming tensor and index; Cancelled.
[[nodiscard]] Result<void> checkFinite(const TensorMap& tensors, std::stop_token stop);

} // namespace modscope
