#include "core/image/resample_kernels.h"

namespace modscope::resample {

namespace {

void horizontalRow(const std::uint8_t* row, const Axis& axis, std::uint8_t* out)
{
    for (int i = 0; i < axis.outputs(); ++i) {
        const OutputTaps taps = axis.taps(i);
        const std::uint8_t* pixel = row + std::ptrdiff_t{3} * taps.first;
        std::int32_t red = 0;
        std::int32_t green = 0;
        std::int32_t blue = 0;
        for (int tap = 0; tap < taps.count; ++tap, pixel += 3) {
            red += taps.weights[tap] * pixel[0];
            green += taps.weights[tap] * pixel[1];
            blue += taps.weights[tap] * pixel[2];
        }
        *out++ = toPixel(red);
        *out++ = toPixel(green);
        *out++ = toPixel(blue);
    }
}

void horizontalScalar(const SourceRows& rows, const Axis& axis, const TargetRows& out)
{
    for (std::size_t i = 0; i < kRowBlock; ++i) {
        horizontalRow(rows[i], axis, out[i]);
    }
}

void verticalScalar(
    const std::uint8_t* rows, std::size_t stride, const OutputTaps& taps, std::size_t bytes, std::uint8_t* out)
{
    verticalTail(rows, stride, taps, 0, bytes, out);
}

} // namespace

const Kernels& scalarKernels()
{
    static constexpr Kernels kernels{"scalar", horizontalScalar, verticalScalar};
    return kernels;
}

} // namespace modscope::resample
