#include "core/image/resample_axis.h"

#include <algorithm>
#include <cmath>

namespace modscope::resample {

namespace {

double bilinear(double x)
{
    x = std::abs(x);
    return x < 1.0 ? 1.0 - x : 0.0;
}

double bicubic(double x)
{
    constexpr double a = -0.5;
    x = std::abs(x);
    if (x < 1.0) {
        return ((a + 2.0) * x - (a + 3.0)) * x * x + 1;
    }
    if (x < 2.0) {
        return (((x - 5) * x + 8) * x - 4) * a;
    }
    return 0.0;
}

std::int32_t fixedPoint(double weight)
{
    constexpr double one = 1U << kFractionBits;
    return static_cast<std::int32_t>(weight < 0 ? weight * one - 0.5 : weight * one + 0.5);
}

} // namespace

Axis::Axis(int inputSize, int outputSize, ResizeFilter filter, Range wanted)
{
    const double scale = static_cast<double>(inputSize) / outputSize;
    const double filterScale = std::max(scale, 1.0);
    const double support = (filter == ResizeFilter::Bilinear ? 1.0 : 2.0) * filterScale;
    const double inverse = 1.0 / filterScale;
    const int most = std::min(inputSize, static_cast<int>(std::ceil(support)) * 2 + 1);
    const auto outputs = static_cast<std::size_t>(wanted.size());
    m_groups = (most + kTapGroup - 1) / kTapGroup;
    m_first.resize(outputs);
    m_count.resize(outputs);
    m_weights.resize(outputs * static_cast<std::size_t>(m_groups) * kTapGroup);
    m_split.resize(m_weights.size() * 2);
    m_inputs = {inputSize, 0};

    std::vector<double> weights;
    for (std::size_t i = 0; i < outputs; ++i) {
        const double centre = (wanted.begin + static_cast<int>(i) + 0.5) * scale;
        // Truncated towards 0, also below it: rounding would choose other inputs than Pillow.
        const double lowest = centre - support + 0.5;
        const double highest = centre + support + 0.5;
        const int first = std::max(0, static_cast<int>(lowest));
        const int end = std::min(inputSize, static_cast<int>(highest));
        weights.clear();
        double sum = 0.0;
        for (int x = first; x < end; ++x) {
            const double t = (x - centre + 0.5) * inverse;
            weights.push_back(filter == ResizeFilter::Bilinear ? bilinear(t) : bicubic(t));
            sum += weights.back();
        }
        if (sum != 0.0) {
            std::for_each(weights.begin(), weights.end(), [sum](double& weight) { weight /= sum; });
        }
        m_first[i] = first;
        m_count[i] = end - first;
        m_inputs = {std::min(m_inputs.begin, first), std::max(m_inputs.end, end)};
        storeWeights(i, weights);
    }
}

void Axis::storeWeights(std::size_t output, const std::vector<double>& weights)
{
    const std::size_t start = output * static_cast<std::size_t>(m_groups) * kTapGroup;
    for (std::size_t tap = 0; tap < weights.size(); ++tap) {
        const std::int32_t weight = fixedPoint(weights[tap]);
        const std::size_t group = tap / kTapGroup;
        std::int16_t* split = m_split.data() + 2 * (start + group * kTapGroup) + tap % kTapGroup;
        m_weights[start + tap] = weight;
        split[0] = static_cast<std::int16_t>(weight >> kLowBits);
        split[kTapGroup] = static_cast<std::int16_t>(weight & ((1 << kLowBits) - 1));
    }
}

void Axis::moveOrigin(int origin)
{
    std::for_each(m_first.begin(), m_first.end(), [origin](int& first) { first -= origin; });
    m_inputs = {m_inputs.begin - origin, m_inputs.end - origin};
}

} // namespace modscope::resample
