#include "core/image/codec.h"
#include "core/image/exif.h"
#include "core/image/tiff_input.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <string>
#include <tiffio.h>
#include <utility>
#include <vector>

namespace modscope::codec {

namespace {

constexpr int kMaxSamples = 8;                                    ///< a pixel
constexpr std::uint64_t kMaxTileBytes = std::uint64_t{64} << 20U; ///< a tile may be larger than its picture

tl::unexpected<Error> damaged(const TiffInput& input)
{
    return fail(ErrorCode::ParseError, "damaged or truncated TIFF file: " + input.reason);
}

struct TiffLayout {
    int width = 0;
    int height = 0;
    int bits = 1; ///< a sample
    int samples = 1;
    int photometric = PHOTOMETRIC_MINISBLACK;
    bool planes = false;          ///< one plane a sample
    bool multipliedAlpha = false; ///< colours are stored multiplied by their alpha
    int orientation = 1;
    Palette palette{};
};

int readShort(TIFF* file, std::uint32_t tag)
{
    std::uint16_t value = 0;
    return TIFFGetFieldDefaulted(file, tag, &value) == 1 ? value : 0;
}

/// JPEG and its colours are undone by libtiff; everything else must be grey, RGB, a palette or CMYK.
Result<void> checkColours(TIFF* file, TiffLayout& layout)
{
    const int compression = readShort(file, TIFFTAG_COMPRESSION);
    if (layout.photometric == PHOTOMETRIC_YCBCR && compression == COMPRESSION_JPEG) {
        TIFFSetField(file, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
        layout.photometric = PHOTOMETRIC_RGB;
    }
    const bool grey = layout.photometric == PHOTOMETRIC_MINISBLACK || layout.photometric == PHOTOMETRIC_MINISWHITE;
    const bool palette = layout.photometric == PHOTOMETRIC_PALETTE;
    const bool rgb = layout.photometric == PHOTOMETRIC_RGB && layout.samples >= 3;
    const bool cmyk = layout.photometric == PHOTOMETRIC_SEPARATED && layout.samples >= 4 && !layout.planes;
    const int format = readShort(file, TIFFTAG_SAMPLEFORMAT);
    const bool narrow = layout.bits == 1 || layout.bits == 2 || layout.bits == 4;
    const bool depth =
        layout.bits == 8 || (layout.bits == 16 && !palette) || (narrow && (grey || palette) && layout.samples == 1);
    const bool whole = format == SAMPLEFORMAT_UINT || format == SAMPLEFORMAT_VOID;
    if (!(grey || palette || rgb || cmyk) || !depth || !whole || layout.samples > kMaxSamples ||
        compression == COMPRESSION_OJPEG) {
        return fail(ErrorCode::Unsupported,
                    "TIFF pictures with photometric interpretation " + std::to_string(layout.photometric) + ", " +
                        std::to_string(layout.samples) + " samples of " + std::to_string(layout.bits) +
                        " bits, sample format " + std::to_string(format) + " and compression " +
                        std::to_string(compression) + " are not supported");
    }
    return {};
}

/// Palettes have 16 bits a colour; Pillow keeps the high ones.
Result<void> readPalette(TIFF* file, TiffLayout& layout)
{
    std::uint16_t* red = nullptr;
    std::uint16_t* green = nullptr;
    std::uint16_t* blue = nullptr;
    if (TIFFGetField(file, TIFFTAG_COLORMAP, &red, &green, &blue) != 1) {
        return fail(ErrorCode::ParseError, "the TIFF file has palette indices but no palette");
    }
    for (std::size_t i = 0; i < std::size_t{1} << static_cast<unsigned>(layout.bits); ++i) {
        layout.palette[i] = {static_cast<std::uint8_t>(red[i] >> 8U), static_cast<std::uint8_t>(green[i] >> 8U),
                             static_cast<std::uint8_t>(blue[i] >> 8U)};
    }
    return {};
}

Result<TiffLayout> readLayout(TIFF* file)
{
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    constexpr auto most = static_cast<std::uint32_t>(std::numeric_limits<int>::max());
    TIFFGetField(file, TIFFTAG_IMAGEWIDTH, &width);
    TIFFGetField(file, TIFFTAG_IMAGELENGTH, &height);
    if (width > most || height > most) {
        return fail(ErrorCode::ParseError, "the TIFF file's size is out of range");
    }
    TiffLayout layout;
    layout.width = static_cast<int>(width);
    layout.height = static_cast<int>(height);
    layout.bits = readShort(file, TIFFTAG_BITSPERSAMPLE);
    layout.samples = readShort(file, TIFFTAG_SAMPLESPERPIXEL);
    layout.planes = readShort(file, TIFFTAG_PLANARCONFIG) == PLANARCONFIG_SEPARATE && layout.samples > 1;
    layout.orientation = std::clamp(readShort(file, TIFFTAG_ORIENTATION), 1, 8);
    std::uint16_t photometric = PHOTOMETRIC_MINISBLACK;
    TIFFGetField(file, TIFFTAG_PHOTOMETRIC, &photometric);
    layout.photometric = photometric;
    std::uint16_t extras = 0;
    std::uint16_t* kinds = nullptr;
    if (TIFFGetField(file, TIFFTAG_EXTRASAMPLES, &extras, &kinds) == 1 && extras > 0) {
        layout.multipliedAlpha = kinds[0] == EXTRASAMPLE_ASSOCALPHA && photometric == PHOTOMETRIC_RGB &&
                                 layout.samples == 4 && layout.bits == 8 && !layout.planes;
    }
    return layout;
}

/// Pillow turns TIFF pictures upright whenever it loads them: so the header shows the turned size and orientation 1.
Result<ImageHeader> readTiffHeader(Bytes bytes)
{
    TiffInput input{bytes, 0, {}};
    const TiffFile file = openTiff(input);
    if (!file) {
        return damaged(input);
    }
    const auto layout = readLayout(file.get());
    if (!layout) {
        return fail(layout.error());
    }
    ImageHeader header;
    header.width = layout->width;
    header.height = layout->height;
    if (layout->orientation >= 5) {
        std::swap(header.width, header.height);
    }
    header.frames = std::max(1, static_cast<int>(TIFFNumberOfDirectories(file.get())));
    return header;
}

/// Samples of one row of a strip or tile.
class SampleRow {
public:
    SampleRow(const std::uint8_t* row, int bits, int samples)
        : m_row(row), m_bits(static_cast<std::size_t>(bits)), m_samples(static_cast<std::size_t>(samples))
    {}

    /// As stored; 16-bit ones are already in the machine's byte order.
    [[nodiscard]] unsigned raw(std::size_t pixel, std::size_t sample) const
    {
        const std::size_t index = pixel * m_samples + sample;
        if (m_bits == 8) {
            return m_row[index];
        }
        if (m_bits == 16) {
            std::uint16_t value = 0;
            std::memcpy(&value, m_row + 2 * index, 2);
            return value;
        }
        const std::size_t bit = index * m_bits;
        return (static_cast<unsigned>(m_row[bit / 8]) >> (8 - m_bits - bit % 8)) & ((1U << m_bits) - 1U);
    }

    [[nodiscard]] std::uint8_t high(std::size_t pixel, std::size_t sample) const
    {
        const unsigned value = raw(pixel, sample);
        return static_cast<std::uint8_t>(m_bits == 16 ? value >> 8U : value);
    }

private:
    const std::uint8_t* m_row;
    std::size_t m_bits;
    std::size_t m_samples;
};

/// Pillow stretches up to 8 bits, clamps 16, and inverts "white is zero" except at 16 bits.
std::uint8_t greyLevel(unsigned value, const TiffLayout& layout)
{
    if (layout.bits == 16) {
        return static_cast<std::uint8_t>(std::min(value, 255U));
    }
    const unsigned most = (1U << static_cast<unsigned>(layout.bits)) - 1U;
    const unsigned level = value * 255U / most;
    return static_cast<std::uint8_t>(layout.photometric == PHOTOMETRIC_MINISWHITE ? 255U - level : level);
}

std::uint8_t* putRgb(std::uint8_t* out, const SampleRow& row, std::size_t x, const TiffLayout& layout)
{
    if (!layout.multipliedAlpha) {
        return putColour(out, {row.high(x, 0), row.high(x, 1), row.high(x, 2)});
    }
    const unsigned alpha = row.raw(x, 3);
    const auto divided = [&](std::size_t sample) {
        const unsigned value = alpha == 0 ? 0U : row.raw(x, sample) * 255U / alpha;
        return static_cast<std::uint8_t>(std::min(value, 255U));
    };
    return putColour(out, {divided(0), divided(1), divided(2)});
}

/// @param plane  the sample in the row where each has its own plane
void convertRow(const std::uint8_t* samples, std::size_t pixels, int plane, const TiffLayout& layout, std::uint8_t* out)
{
    const SampleRow row(samples, layout.bits, layout.planes ? 1 : layout.samples);
    for (std::size_t x = 0; x < pixels; ++x) {
        if (layout.photometric == PHOTOMETRIC_PALETTE) {
            out = putColour(out, layout.palette[row.raw(x, 0)]);
        } else if (layout.photometric == PHOTOMETRIC_SEPARATED) {
            out = putCmyk(out, row.high(x, 0), row.high(x, 1), row.high(x, 2), row.high(x, 3));
        } else if (layout.photometric != PHOTOMETRIC_RGB) {
            out = putGrey(out, greyLevel(row.raw(x, 0), layout));
        } else if (layout.planes) {
            out[plane] = row.high(x, 0);
            out += 3;
        } else {
            out = putRgb(out, row, x, layout);
        }
    }
}

/// Strips and tiles alike: pieces of the picture, decoded one at a time.
struct Pieces {
    bool tiled = false;
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    std::uint64_t bytes = 0;    ///< of one decoded piece
    std::uint64_t rowBytes = 0; ///< of one row of a piece
};

Pieces piecesOf(TIFF* file, const TiffLayout& layout)
{
    Pieces pieces;
    pieces.tiled = TIFFIsTiled(file) != 0;
    if (pieces.tiled) {
        TIFFGetField(file, TIFFTAG_TILEWIDTH, &pieces.width);
        TIFFGetField(file, TIFFTAG_TILELENGTH, &pieces.height);
        pieces.bytes = TIFFTileSize64(file);
        pieces.rowBytes = TIFFTileRowSize64(file);
        return pieces;
    }
    pieces.width = static_cast<std::uint32_t>(layout.width);
    TIFFGetFieldDefaulted(file, TIFFTAG_ROWSPERSTRIP, &pieces.height);
    pieces.height = std::min(pieces.height, static_cast<std::uint32_t>(layout.height));
    pieces.bytes = TIFFStripSize64(file);
    pieces.rowBytes = TIFFScanlineSize64(file);
    return pieces;
}

/// Decodes the piece whose first pixel is (x, y) and converts the part of it that lies in the picture.
bool readPiece(TIFF* file,
               const TiffLayout& layout,
               const Pieces& pieces,
               std::uint32_t x,
               std::uint32_t y,
               int plane,
               std::vector<std::uint8_t>& buffer,
               Image& image)
{
    const auto sample = static_cast<std::uint16_t>(plane);
    const auto imageWidth = static_cast<std::uint32_t>(image.width);
    const std::uint32_t rows = std::min(pieces.height, static_cast<std::uint32_t>(image.height) - y);
    const auto size = static_cast<tmsize_t>(buffer.size());
    const tmsize_t read = pieces.tiled
                              ? TIFFReadEncodedTile(file, TIFFComputeTile(file, x, y, 0, sample), buffer.data(), size)
                              : TIFFReadEncodedStrip(file, TIFFComputeStrip(file, y, sample), buffer.data(), size);
    if (read < 0 || static_cast<std::uint64_t>(read) < rows * pieces.rowBytes) {
        return false;
    }
    for (std::uint32_t row = 0; row < rows; ++row) {
        const std::size_t target = (static_cast<std::size_t>(y) + row) * imageWidth + x;
        convertRow(buffer.data() + row * pieces.rowBytes, std::min(pieces.width, imageWidth - x), plane, layout,
                   image.rgb.data() + target * 3);
    }
    return true;
}

Result<Image> readPixels(TIFF* file, const TiffLayout& layout, const TiffInput& input)
{
    const Pieces pieces = piecesOf(file, layout);
    const std::uint64_t neededRow =
        (static_cast<std::uint64_t>(pieces.width) * static_cast<std::uint64_t>(layout.bits) *
             static_cast<std::uint64_t>(layout.planes ? 1 : layout.samples) +
         7) /
        8;
    if (pieces.width == 0 || pieces.height == 0 || pieces.rowBytes < neededRow ||
        pieces.bytes / pieces.rowBytes < pieces.height) {
        return damaged(input);
    }
    if (pieces.tiled && pieces.bytes > kMaxTileBytes) {
        return fail(ErrorCode::LimitExceeded, "the TIFF file's tiles are larger than 64 MiB");
    }
    Image image{layout.width, layout.height, {}};
    image.rgb.resize(static_cast<std::size_t>(layout.width) * static_cast<std::size_t>(layout.height) * 3);
    std::vector<std::uint8_t> buffer(pieces.bytes);
    const int planes = layout.planes && layout.photometric == PHOTOMETRIC_RGB ? 3 : 1;
    for (int plane = 0; plane < planes; ++plane) {
        for (std::uint32_t y = 0; y < static_cast<std::uint32_t>(layout.height); y += pieces.height) {
            for (std::uint32_t x = 0; x < static_cast<std::uint32_t>(layout.width); x += pieces.width) {
                if (!readPiece(file, layout, pieces, x, y, plane, buffer, image)) {
                    return damaged(input);
                }
            }
        }
    }
    return image;
}

Result<Image> decodeTiff(Bytes bytes, const ImageHeader& header)
{
    TiffInput input{bytes, 0, {}};
    const TiffFile file = openTiff(input);
    if (!file) {
        return damaged(input);
    }
    auto layout = readLayout(file.get());
    if (!layout) {
        return fail(layout.error());
    }
    const bool turned = layout->orientation >= 5;
    if (layout->width != (turned ? header.height : header.width) ||
        layout->height != (turned ? header.width : header.height)) {
        return fail(ErrorCode::Internal, "the TIFF header was read differently twice");
    }
    if (auto colours = checkColours(file.get(), *layout); !colours) {
        return fail(colours.error());
    }
    if (layout->photometric == PHOTOMETRIC_PALETTE) {
        if (auto palette = readPalette(file.get(), *layout); !palette) {
            return fail(palette.error());
        }
    }
    auto image = readPixels(file.get(), *layout, input);
    if (!image) {
        return image;
    }
    return upright(std::move(*image), layout->orientation);
}

} // namespace

const Codec& tiffCodec()
{
    static constexpr Codec codec{readTiffHeader, decodeTiff};
    return codec;
}

} // namespace modscope::codec
