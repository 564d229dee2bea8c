#include "core/similarity/embedding.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <mutex>
#include <numeric>
#include <string>
#include <thread>
#include <utility>

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

/// Good to about 1e-5 and quick; what it finds is looked at again in double. Precondition: equal sizes.
float roughDot(std::span<const float> left, std::span<const float> right)
{
    constexpr std::size_t kLanes = 16;
    std::array<float, kLanes> sums{};
    std::size_t at = 0;
    for (; at + kLanes <= left.size(); at += kLanes) {
        for (std::size_t lane = 0; lane < kLanes; ++lane) {
            sums[lane] += left[at + lane] * right[at + lane];
        }
    }
    float sum = std::accumulate(sums.begin(), sums.end(), 0.0F);
    for (; at < left.size(); ++at) {
        sum += left[at] * right[at];
    }
    return sum;
}

Result<void> checkAlike(std::span<const std::vector<float>> embeddings)
{
    std::size_t size = 0;
    for (const std::vector<float>& one : embeddings) {
        if (one.empty()) {
            continue;
        }
        if (auto checked = checkUnitLength(one); !checked) {
            return checked;
        }
        if (size != 0 && size != one.size()) {
            return fail(ErrorCode::Mismatch, "embeddings of two encoders cannot be compared");
        }
        size = one.size();
    }
    return {};
}

/// Pairs of one item with those after it.
void addAlike(std::span<const std::vector<float>> embeddings,
              std::size_t first,
              double least,
              std::vector<AlikePair>& found)
{
    constexpr double kRoughness = 1e-4;
    const std::vector<float>& one = embeddings[first];
    for (std::size_t second = first + 1; second < embeddings.size() && !one.empty(); ++second) {
        const std::vector<float>& other = embeddings[second];
        if (other.empty() || static_cast<double>(roughDot(one, other)) < least - kRoughness) {
            continue;
        }
        const double exact = std::clamp(dot(one, other), -1.0, 1.0);
        if (exact >= least) {
            found.push_back({first, second, exact});
        }
    }
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

Result<std::vector<float>> unitLength(std::vector<float> vector)
{
    const double length = std::sqrt(dot(vector, vector));
    if (!std::isnormal(length)) {
        return fail(ErrorCode::InvalidArgument, "an embedding without a direction cannot be compared");
    }
    for (float& value : vector) {
        value = static_cast<float>(static_cast<double>(value) / length);
    }
    return vector;
}

Result<std::vector<AlikePair>> alikePairs(std::span<const std::vector<float>> embeddings,
                                          double least,
                                          std::stop_token stop)
{
    if (auto checked = checkAlike(embeddings); !checked) {
        return fail(checked.error());
    }
    std::vector<AlikePair> pairs;
    std::mutex guard;
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        std::vector<AlikePair> found;
        for (std::size_t at = next++; at < embeddings.size() && !stop.stop_requested(); at = next++) {
            addAlike(embeddings, at, least, found);
        }
        const std::lock_guard lock(guard);
        pairs.insert(pairs.end(), found.begin(), found.end());
    };
    {
        std::vector<std::jthread> others;
        for (unsigned thread = 1; thread < std::thread::hardware_concurrency(); ++thread) {
            others.emplace_back(work);
        }
        work();
    }
    if (stop.stop_requested()) {
        return fail(ErrorCode::Cancelled, "Cancelled");
    }
    std::ranges::sort(pairs, [](const AlikePair& one, const AlikePair& other) {
        return std::pair(-one.cosine, std::pair(one.first, one.second)) <
               std::pair(-other.cosine, std::pair(other.first, other.second));
    });
    return pairs;
}

} // namespace modscope
