#pragma once

#include "core/base/error.h"

#include <cstddef>
#include <span>
#include <stop_token>
#include <vector>

namespace modscope {

/// Cosine of two embeddings of unit length, float32 [D], summed in double: -1..1.
/// Errors: Mismatch for different D (two encoders), InvalidArgument for an empty vector or one whose length is not 1
/// within 1e-3.
[[nodiscard]] Result<double> cosine(std::span<const float> left, std::span<const float> right);

/// float32 [D] made one long. Errors: InvalidArgument where it has no direction: empty, zeros, not finite.
[[nodiscard]] Result<std::vector<float>> unitLength(std::vector<float> vector);

/// Two items of a collection that an encoder sees alike, by their places in it.
struct AlikePair {
    std::size_t first = 0; ///< < second
    std::size_t second = 0;
    double cosine = 0;

    bool operator==(const AlikePair&) const = default;
};

/// All pairs whose cosine is at least `least`, the most alike first, ties by place. Empty embeddings are left out.
/// Looks at every pair, on all cores: N^2 D / 2 products. Errors: as cosine(); Cancelled.
[[nodiscard]] Result<std::vector<AlikePair>> alikePairs(std::span<const std::vector<float>> embeddings,
                                                        double least,
                                                        std::stop_token stop = {});

} // namespace modscope
