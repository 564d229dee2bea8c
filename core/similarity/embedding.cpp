#include "core/similarity/embedding.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

namespace modscope {

namespace {

double dot(std::span<const float> left, std::span<const float> right)
{
    return std::inner_product(left.begin(), left.end(), right.begin(), 0.0, std::plus<>(),
                              [](float a, float b) { return static_cast<double>(a) * static_cast<double>(b); });
}

Result<void> checkUnitLength(std::span<const float> vector)
{
    const double length = std::sqrt(dot(vector, vector));
    if (!(std::abs(length - 1) <= 1e-3)) { // NaN as well
        return fail(ErrorCode::InvalidArgument,
                    "an embedding has the length " + std::to_string(length) + ", expected 1");
    }
    return {};
}

} // namespace

Result<double> cosine(std::span<const float> left, std::span<const float> right)
{
    if (left.size() != right.size()) {
        return fail(ErrorCode::Mismatch, "embeddings of " + std::to_string(left.size()) + " and " +
                                             std::to_string(right.size()) + " values cannot be compared");
    }
    for (const auto vector : {left, right}) {
        if (auto checked = checkUnitLength(vector); !checked) {
            return fail(checked.error());
        }
    }
    return std::clamp(dot(left, right), -1.0, 1.0);
}

} // namespace modscope
