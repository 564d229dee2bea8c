#include "core/image/exif.h"

#include <cstring>
#include <utility>

namespace modscope {

namespace {

using codec::ByteOrder;
using codec::Bytes;
using codec::readNumber;

constexpr std::uint32_t kOrientationTag = 274;
constexpr std::uint32_t kShortType = 3;
constexpr std::uint32_t kLongType = 4;
constexpr std::size_t kEntrySize = 12;

/// Where an upright pixel lies in the stored picture: start + x * stepX + y * stepY, in pixels.
struct Walk {
    std::ptrdiff_t start;
    std::ptrdiff_t stepX;
    std::ptrdiff_t stepY;
};

Walk walkOf(int orientation, std::ptrdiff_t width, std::ptrdiff_t height)
{
    const std::ptrdiff_t lastColumn = width - 1;
    const std::ptrdiff_t lastRow = (height - 1) * width;
    switch (orientation) {
    case 2: // mirrored left to right
        return {lastColumn, -1, width};
    case 3: // turned by 180 degrees
        return {lastRow + lastColumn, -1, -width};
    case 4: // mirrored top to bottom
        return {lastRow, 1, -width};
    case 5: // transposed
        return {0, width, 1};
    case 6: // turn by 90 degrees clockwise
        return {lastRow, -width, 1};
    case 7: // transposed along the other diagonal
        return {lastRow + lastColumn, -width, -1};
    case 8: // turn by 90 degrees counter-clockwise
        return {lastColumn, width, -1};
    default:
        return {0, 1, width};
    }
}

} // namespace

int exifOrientation(Bytes exif)
{
    if (codec::hasText(exif, 0, std::string_view("Exif\0\0", 6))) {
        exif = exif.subspan(6);
    }
    const bool little = codec::hasText(exif, 0, "II");
    if (!little && !codec::hasText(exif, 0, "MM")) {
        return 1;
    }
    const ByteOrder order = little ? ByteOrder::Little : ByteOrder::Big;
    const std::size_t directory = readNumber(exif, 4, 4, order).value_or(0);
    const std::uint32_t entries = readNumber(exif, directory, 2, order).value_or(0);
    for (std::uint32_t i = 0; i < entries; ++i) {
        const std::size_t entry = directory + 2 + i * kEntrySize;
        const auto tag = readNumber(exif, entry, 2, order);
        if (!tag) {
            return 1;
        }
        if (*tag == kOrientationTag) {
            const std::uint32_t type = readNumber(exif, entry + 2, 2, order).value_or(0);
            const std::size_t size = type == kLongType ? 4 : 2;
            const std::uint32_t value = readNumber(exif, entry + 8, size, order).value_or(0);
            const bool valid = (type == kShortType || type == kLongType) && value >= 1 && value <= 8;
            return valid ? static_cast<int>(value) : 1;
        }
    }
    return 1;
}

Image upright(Image image, int orientation)
{
    if (orientation == 1) {
        return image;
    }
    const Walk walk = walkOf(orientation, image.width, image.height);
    Image turned{image.width, image.height, {}};
    if (orientation >= 5) {
        std::swap(turned.width, turned.height);
    }
    turned.rgb.resize(image.rgb.size());
    std::uint8_t* out = turned.rgb.data();
    for (std::ptrdiff_t y = 0; y < turned.height; ++y) {
        const std::uint8_t* pixel = image.rgb.data() + 3 * (walk.start + y * walk.stepY);
        for (int x = 0; x < turned.width; ++x, out += 3) {
            std::memcpy(out, pixel + std::ptrdiff_t{3} * x * walk.stepX, 3);
        }
    }
    return turned;
}

} // namespace modscope
