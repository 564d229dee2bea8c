#include "core/image/image_processor.h"

#include "core/image/codec.h"
#include "core/image/resample.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <new>
#include <string>
#include <utility>

namespace modscope {

namespace {

using resample::Plan;
using resample::Range;

/// Where a centre crop of `side` starts in `size`.
int cropOffset(int size, int side, CropRounding rounding)
{
    const int margin = size - side;
    const int down = margin / 2;
    const bool roundsUp = rounding == CropRounding::HalfEven && margin % 2 != 0 && down % 2 != 0;
    return roundsUp ? down + 1 : down;
}

Range cropRange(int size, const ImageProcessorConfig& config)
{
    const int begin = cropOffset(size, config.side, config.cropRounding);
    return {begin, begin + config.side};
}

/// The resize and crop of a picture of this size.
/// Errors: InvalidArgument for a side or short edge out of range; LimitExceeded if the long edge becomes absurd.
Result<Plan> makePlan(int width, int height, const ImageProcessorConfig& config)
{
    const int shortEdge = config.shortEdge == 0 ? config.side : config.shortEdge;
    if (config.side < 1 || shortEdge < config.side) {
        return fail(ErrorCode::InvalidArgument, "an image processor cannot crop " + std::to_string(config.side) +
                                                    " pixels from a short edge of " + std::to_string(shortEdge));
    }
    Plan plan{width, height, config.side, config.side, config.filter, config.passOrder, {}, {}};
    if (config.keepRatio) {
        const std::int64_t longEdge = std::int64_t{shortEdge} * std::max(width, height) / std::min(width, height);
        if (longEdge > std::numeric_limits<int>::max()) {
            return fail(ErrorCode::LimitExceeded, "a picture of " + std::to_string(width) + " x " +
                                                      std::to_string(height) + " pixels is too narrow to be resized");
        }
        plan.width = width <= height ? shortEdge : static_cast<int>(longEdge);
        plan.height = width <= height ? static_cast<int>(longEdge) : shortEdge;
    }
    plan.columns = cropRange(plan.width, config);
    plan.rows = cropRange(plan.height, config);
    return plan;
}

/// Resizes while decoding: rows go from the decoder into the horizontal pass.
Result<DecodedImage> decodeJpegWindow(std::span<const std::byte> bytes, const ImageHeader& header, const Plan& plan)
{
    resample::RowResampler resampler(plan);
    auto decoded = codec::decodeJpegRegion(bytes, header, resampler.sourceColumns(), resampler.sourceRows(),
                                           [&resampler](auto rows) { resampler.addRows(rows); });
    if (!decoded) {
        return fail(decoded.error());
    }
    return DecodedImage{resampler.finish(), header};
}

} // namespace

ImageProcessor::ImageProcessor(ImageProcessorConfig config) : m_config(config)
{
    for (std::size_t channel = 0; channel < m_values.size(); ++channel) {
        for (std::size_t level = 0; level < m_values[channel].size(); ++level) {
            const auto scaled = static_cast<float>(static_cast<double>(level) * static_cast<double>(config.rescale));
            m_values[channel][level] = (scaled - config.mean[channel]) / config.deviation[channel];
        }
    }
}

Result<Image> ImageProcessor::toSquare(const Image& image) const
{
    if (auto valid = checkBuffer(image); !valid) {
        return fail(valid.error());
    }
    const auto plan = makePlan(image.width, image.height, m_config);
    if (!plan) {
        return fail(plan.error());
    }
    return resample::resampleWindow(image, *plan);
}

Result<DecodedImage> ImageProcessor::decodeToSquare(std::span<const std::byte> bytes, const DecodeOptions& limits) const
{
    try {
        const auto header = codec::readCheckedHeader(bytes, limits);
        if (!header) {
            return fail(header.error());
        }
        const bool turned = m_config.orientation == Orientation::Apply && header->orientation != 1;
        if (header->format == ImageFormat::Jpeg && !turned) {
            const auto plan = makePlan(header->width, header->height, m_config);
            if (plan && !plan->verticalFirst()) {
                return decodeJpegWindow(bytes, *header, *plan);
            }
        }
        DecodeOptions options = limits;
        options.orientation = m_config.orientation;
        auto decoded = decodeImage(bytes, options);
        if (!decoded) {
            return decoded;
        }
        auto square = toSquare(decoded->image);
        if (!square) {
            return fail(square.error());
        }
        return DecodedImage{std::move(*square), decoded->header};
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::OutOfMemory, "not enough memory to prepare the picture");
    }
}

std::vector<float> ImageProcessor::normalise(const Image& square) const
{
    std::vector<float> values(square.rgb.size());
    normalise(square, values);
    return values;
}

void ImageProcessor::normalise(const Image& square, std::span<float> out) const
{
    assert(out.size() == square.rgb.size());
    const std::size_t pixels = square.rgb.size() / 3;
    const std::uint8_t* source = square.rgb.data();
    float* red = out.data();
    float* green = red + pixels;
    float* blue = green + pixels;
    for (std::size_t i = 0; i < pixels; ++i, source += 3) {
        red[i] = m_values[0][source[0]];
        green[i] = m_values[1][source[1]];
        blue[i] = m_values[2][source[2]];
    }
}

} // namespace modscope
