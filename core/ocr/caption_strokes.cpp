#include "core/ocr/caption_strokes.h"

#include "core/image/resize.h"

#include <algorithm>
#include <cmath>
#include <leptonica/allheaders.h>
#include <memory>
#include <new>

namespace modscope {

namespace {

constexpr int kWorkingSide = 1400;  // pixels of the longer side
constexpr double kMostEnlarged = 3; // more adds blur, not strokes

// Of the channel farthest from the stroke's colour, 0 = as the stroke, 255 = its opposite. JPEG and outlines pull the
// rim of white letters down to about 190.
constexpr int kStroke = 70;
constexpr int kPaper = 120;
constexpr int kContrast = 130;

// Letters, against the picture.
constexpr double kTallest = 0.22; // of the height
constexpr double kWidest = 0.35;  // of the width: a row of letters that touch
constexpr int kSmallest = 3;      // pixels, both ways: less is noise; dots and commas are larger
constexpr int kRim = 2;           // pixels around a stroke that its blur reaches
constexpr int kReach = 5;         // pixels within which a letter's background must begin

struct PixDeleter {
    void operator()(PIX* pix) const { pixDestroy(&pix); }
};
using PixPointer = std::unique_ptr<PIX, PixDeleter>;

int distanceToStroke(const std::uint8_t* pixel, OcrPolarity polarity)
{
    return polarity == OcrPolarity::LightText ? 255 - std::min({pixel[0], pixel[1], pixel[2]})
                                              : std::max({pixel[0], pixel[1], pixel[2]});
}

std::vector<std::uint8_t> distances(const Image& picture, OcrPolarity polarity)
{
    std::vector<std::uint8_t> result(picture.rgb.size() / 3);
    for (std::size_t index = 0; index < result.size(); ++index) {
        result[index] = static_cast<std::uint8_t>(distanceToStroke(&picture.rgb[3 * index], polarity));
    }
    return result;
}

/// 1 bit a pixel: set where the distance is within the bounds.
PixPointer maskOf(const std::vector<std::uint8_t>& distance, int least, int most, int width, int height)
{
    PixPointer mask(pixCreate(width, height, 1));
    if (!mask) {
        return mask;
    }
    l_uint32* row = pixGetData(mask.get());
    const std::uint8_t* source = distance.data();
    for (int y = 0; y < height; ++y, row += pixGetWpl(mask.get()), source += width) {
        for (int x = 0; x < width; ++x) {
            if (source[x] >= least && source[x] <= most) {
                SET_DATA_BIT(row, x);
            }
        }
    }
    return mask;
}

/// The connected areas of `mask` that have the size of letters.
PixPointer ofLetterSize(const PixPointer& mask)
{
    const int widest = static_cast<int>(kWidest * pixGetWidth(mask.get()));
    const int tallest = static_cast<int>(kTallest * pixGetHeight(mask.get()));
    const PixPointer small(pixSelectBySize(mask.get(), widest, tallest, 8, L_SELECT_IF_BOTH, L_SELECT_IF_LTE, nullptr));
    return PixPointer(
        small ? pixSelectBySize(small.get(), kSmallest, kSmallest, 8, L_SELECT_IF_BOTH, L_SELECT_IF_GTE, nullptr)
              : nullptr);
}

/// Of `areas` those that some pixel of `contrast` is near to: letters stand out from what is around them, the specks
/// of a bright sky do not.
PixPointer nearTo(const PixPointer& contrast, const PixPointer& areas)
{
    const PixPointer seeds(pixDilateBrick(nullptr, contrast.get(), 2 * kReach + 1, 2 * kReach + 1));
    if (!seeds || pixAnd(seeds.get(), seeds.get(), areas.get()) == nullptr) {
        return nullptr;
    }
    return PixPointer(pixSeedfillBinary(nullptr, seeds.get(), areas.get(), 8));
}

/// Where the letters are, with their blurred rims; nothing when memory is short.
PixPointer letterAreas(const std::vector<std::uint8_t>& distance, int width, int height)
{
    const PixPointer strokes = maskOf(distance, 0, kStroke, width, height);
    const PixPointer contrast = maskOf(distance, kContrast, 255, width, height);
    const PixPointer sized = strokes && contrast ? ofLetterSize(strokes) : nullptr;
    const PixPointer letters = sized ? nearTo(contrast, sized) : nullptr;
    return PixPointer(letters ? pixDilateBrick(nullptr, letters.get(), 2 * kRim + 1, 2 * kRim + 1) : nullptr);
}

} // namespace

Result<Image> toWorkingSize(const Image& picture)
{
    const double factor =
        std::min(kMostEnlarged, static_cast<double>(kWorkingSide) / std::max(picture.width, picture.height));
    const auto scaled = [factor](int side) { return std::max(1, static_cast<int>(std::lround(side * factor))); };
    return resize(picture, scaled(picture.width), scaled(picture.height), ResizeFilter::Bicubic);
}

StrokePage isolateStrokes(const Image& picture, OcrPolarity polarity)
{
    StrokePage page{picture.width, picture.height, {}, true};
    page.grey.assign(static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height), 255);
    const auto distance = distances(picture, polarity);
    const PixPointer letters = letterAreas(distance, picture.width, picture.height);
    if (!letters) {
        throw std::bad_alloc();
    }
    const l_uint32* row = pixGetData(letters.get());
    std::size_t index = 0;
    for (int y = 0; y < picture.height; ++y, row += pixGetWpl(letters.get())) {
        for (int x = 0; x < picture.width; ++x, ++index) {
            if (GET_DATA_BIT(row, x) != 0) {
                // Full strokes stay black, their rims grey: the recogniser sees smooth letters.
                const int rim = std::clamp(distance[index] - kStroke / 2, 0, kPaper - kStroke / 2);
                page.grey[index] = static_cast<std::uint8_t>(rim * 255 / (kPaper - kStroke / 2));
                page.isEmpty = false;
            }
        }
    }
    return page;
}

} // namespace modscope
