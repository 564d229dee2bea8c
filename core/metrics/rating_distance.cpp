#include "core/metrics/rating_distance.h"

#include <bit>

namespace modscope {

namespace {

template <typename Distance>
RatingDistance matrixOf(std::size_t categories, const Distance& distance)
{
    RatingDistance matrix{categories, std::vector<double>(categories * categories)};
    for (std::size_t a = 0; a < categories; ++a) {
        for (std::size_t b = 0; b < categories; ++b) {
            matrix.values[a * categories + b] = distance(a, b);
        }
    }
    return matrix;
}

} // namespace

RatingDistance nominalDistance(std::size_t categories)
{
    return matrixOf(categories, [](std::size_t a, std::size_t b) { return a == b ? 0.0 : 1.0; });
}

RatingDistance intervalDistance(std::span<const double> numbers)
{
    return matrixOf(numbers.size(), [numbers](std::size_t a, std::size_t b) {
        return (numbers[a] - numbers[b]) * (numbers[a] - numbers[b]);
    });
}

RatingDistance masiDistances(std::span<const LabelSet> sets)
{
    return matrixOf(sets.size(), [sets](std::size_t a, std::size_t b) { return masiDistance(sets[a], sets[b]); });
}

double masiDistance(LabelSet a, LabelSet b)
{
    if (a == b) {
        return 0;
    }
    const LabelSet shared = a & b;
    if (shared == 0) {
        return 1;
    }
    const double jaccard = double(std::popcount(shared)) / double(std::popcount(a | b));
    const bool nested = shared == a || shared == b;
    return 1 - jaccard * (nested ? 2.0 : 1.0) / 3.0;
}

} // namespace modscope
