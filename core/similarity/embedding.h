#pragma once

#include "core/base/error.h"

#include <span>

namespace modscope {

/// Cosine of two embeddings of unit length, float32 [D], summed in double: -1..1.
/// Errors: Mismatch for different D (two encoders), InvalidArgument for an empty vector or one whose length is not 1
/// within 1e-3.
[[nodiscard]] Result<double> cosine(std::span<const float> left, std::span<const float> right);

} // namespace modscope
