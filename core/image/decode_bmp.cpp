#include "core/image/codec.h"

#include <algorithm>
#include <bit>
#include <string>
#include <vector>

namespace modscope::codec {

namespace {

constexpr std::size_t kFileHeader = 14;
constexpr std::uint32_t kCoreHeader = 12; ///< OS/2's: 16-bit sizes, palette of three bytes a colour
constexpr std::uint32_t kInfoHeader = 40;

enum Compression : std::uint32_t { Plain = 0, Rle8 = 1, Rle4 = 2, BitFields = 3, AlphaBitFields = 6 };

struct BmpLayout {
    int width = 0;
    int height = 0;
    bool topDown = false;
    std::uint32_t bits = 0; ///< per pixel
    std::uint32_t compression = Plain;
    std::array<std::uint32_t, 3> masks{}; ///< red, green, blue of 16- and 32-bit pixels
    std::size_t palette = 0;              ///< where it starts
    std::size_t paletteEntry = 4;         ///< bytes a colour
    std::uint32_t colours = 0;            ///< entries
    std::size_t pixels = 0;               ///< where they start

    [[nodiscard]] std::size_t rowBytes() const { return (static_cast<std::size_t>(width) * bits + 31) / 32 * 4; }
};

tl::unexpected<Error> truncated()
{
    return fail(ErrorCode::ParseError, "the BMP file is truncated");
}

/// The masks of 16- and 32-bit pixels: the file's own, or 5 bits and 8 bits a colour.
Result<void> readMasks(Bytes bytes, BmpLayout& layout)
{
    if (layout.compression == BitFields || layout.compression == AlphaBitFields) {
        for (std::size_t i = 0; i < layout.masks.size(); ++i) {
            const auto mask = readNumber(bytes, kFileHeader + kInfoHeader + 4 * i, 4, ByteOrder::Little);
            if (!mask) {
                return truncated();
            }
            layout.masks[i] = *mask;
        }
    } else if (layout.bits == 16) {
        layout.masks = {0x7C00, 0x03E0, 0x001F};
    } else {
        layout.masks = {0xFF0000, 0x00FF00, 0x0000FF};
    }
    return {};
}

/// Fields behind the sizes, which the 12-byte header does not have.
Result<void> readInfoHeader(Bytes bytes, std::uint32_t headerSize, BmpLayout& layout)
{
    const auto compression = readNumber(bytes, 30, 4, ByteOrder::Little);
    const auto colours = readNumber(bytes, 46, 4, ByteOrder::Little);
    if (!compression || !colours) {
        return truncated();
    }
    layout.compression = *compression;
    layout.colours = *colours;
    const bool masksFollow = headerSize == kInfoHeader && layout.compression == BitFields;
    layout.palette = kFileHeader + headerSize + (masksFollow ? 12U : 0U);
    return readMasks(bytes, layout);
}

bool isSupported(const BmpLayout& layout)
{
    switch (layout.compression) {
    case Plain:
        return layout.bits == 1 || layout.bits == 4 || layout.bits == 8 || layout.bits == 16 || layout.bits == 24 ||
               layout.bits == 32;
    case Rle8:
        return layout.bits == 8 && !layout.topDown;
    case Rle4:
        return layout.bits == 4 && !layout.topDown;
    case BitFields:
    case AlphaBitFields:
        return layout.bits == 16 || layout.bits == 32;
    default:
        return false;
    }
}

/// Signed 32-bit height: negative means rows from top to bottom.
Result<void> readSize(Bytes bytes, std::uint32_t headerSize, BmpLayout& layout)
{
    const bool core = headerSize == kCoreHeader;
    const auto width = readNumber(bytes, 18, core ? 2 : 4, ByteOrder::Little);
    const auto height = readNumber(bytes, core ? 20 : 22, core ? 2 : 4, ByteOrder::Little);
    const auto bits = readNumber(bytes, core ? 24 : 28, 2, ByteOrder::Little);
    if (!width || !height || !bits) {
        return truncated();
    }
    const std::int64_t signedHeight = static_cast<std::int32_t>(*height);
    if (*width > 0x7FFFFFFFU || signedHeight < -0x7FFFFFFF) {
        return fail(ErrorCode::ParseError, "the BMP file's size is out of range");
    }
    layout.width = static_cast<int>(*width);
    layout.height = static_cast<int>(signedHeight < 0 ? -signedHeight : signedHeight);
    layout.topDown = signedHeight < 0;
    layout.bits = *bits;
    return {};
}

Result<BmpLayout> readLayout(Bytes bytes)
{
    const auto pixels = readNumber(bytes, 10, 4, ByteOrder::Little);
    const auto headerSize = readNumber(bytes, kFileHeader, 4, ByteOrder::Little);
    if (!pixels || !headerSize) {
        return truncated();
    }
    if (*headerSize != kCoreHeader && (*headerSize < kInfoHeader || *headerSize > 124)) {
        return fail(ErrorCode::Unsupported,
                    "BMP headers of " + std::to_string(*headerSize) + " bytes are not supported");
    }
    BmpLayout layout;
    layout.pixels = *pixels;
    if (auto size = readSize(bytes, *headerSize, layout); !size) {
        return fail(size.error());
    }
    if (*headerSize == kCoreHeader) {
        layout.paletteEntry = 3;
        layout.palette = kFileHeader + kCoreHeader;
    } else if (auto info = readInfoHeader(bytes, *headerSize, layout); !info) {
        return fail(info.error());
    }
    if (layout.bits <= 8 && layout.colours == 0) {
        layout.colours = 1U << layout.bits;
    }
    if (!isSupported(layout)) {
        return fail(ErrorCode::Unsupported, "BMP pictures of " + std::to_string(layout.bits) +
                                                " bits with compression " + std::to_string(layout.compression) +
                                                " are not supported");
    }
    return layout;
}

Result<Palette> readPalette(Bytes bytes, const BmpLayout& layout)
{
    Palette palette{};
    const std::size_t count = std::min<std::size_t>(layout.colours, palette.size());
    for (std::size_t i = 0; i < count; ++i) {
        const auto colour = readNumber(bytes, layout.palette + i * layout.paletteEntry, 3, ByteOrder::Little);
        if (!colour) {
            return truncated();
        }
        palette[i] = {static_cast<std::uint8_t>(*colour >> 16U), static_cast<std::uint8_t>(*colour >> 8U),
                      static_cast<std::uint8_t>(*colour)};
    }
    return palette;
}

/// The bits of a mask as a level from 0 to 255.
std::uint8_t levelOf(std::uint32_t pixel, std::uint32_t mask)
{
    if (mask == 0) {
        return 0;
    }
    const int shift = std::countr_zero(mask);
    const std::uint64_t value = (pixel & mask) >> shift;
    const std::uint64_t most = mask >> shift;
    return static_cast<std::uint8_t>(value * 255 / most);
}

void convertRow(const std::uint8_t* row, const BmpLayout& layout, const Palette& palette, std::uint8_t* out)
{
    const std::uint32_t bits = layout.bits;
    for (std::size_t x = 0; x < static_cast<std::size_t>(layout.width); ++x) {
        if (bits <= 8) {
            const std::size_t bit = x * bits;
            const auto shift = static_cast<unsigned>(8 - bits - bit % 8);
            const unsigned index = (static_cast<unsigned>(row[bit / 8]) >> shift) & ((1U << bits) - 1U);
            out = putColour(out, palette[index]);
        } else if (bits == 24) {
            out = putColour(out, {row[3 * x + 2], row[3 * x + 1], row[3 * x]});
        } else {
            const std::size_t size = bits / 8;
            std::uint32_t pixel = 0;
            for (std::size_t i = size; i-- > 0;) {
                pixel = pixel << 8U | row[size * x + i];
            }
            const auto& masks = layout.masks;
            out = putColour(out, {levelOf(pixel, masks[0]), levelOf(pixel, masks[1]), levelOf(pixel, masks[2])});
        }
    }
}

/// Run-length coded indices, one byte a pixel, in the file's order of rows. Skipped pixels are index 0.
class RunReader {
public:
    RunReader(Bytes bytes, const BmpLayout& layout)
        : m_bytes(bytes), m_pairs(layout.compression == Rle4), m_width(static_cast<std::size_t>(layout.width)),
          m_height(static_cast<std::size_t>(layout.height)), m_indices(m_width * m_height), m_at(layout.pixels)
    {}

    [[nodiscard]] Result<std::vector<std::uint8_t>> read()
    {
        while (m_y < m_height && !(m_y == m_height - 1 && m_x == m_width)) {
            const auto count = next();
            const auto value = next();
            if (!count || !value) {
                return truncated();
            }
            if (*count == 0 && *value == 1) {
                return fail(ErrorCode::ParseError, "the BMP data ends before the picture is complete");
            }
            if (*count == 0 && !readEscape(*value)) {
                return truncated();
            }
            for (std::uint32_t i = 0; i < *count; ++i) {
                put(indexOf(*value, i));
            }
        }
        return std::move(m_indices);
    }

private:
    std::optional<std::uint32_t> next() { return readNumber(m_bytes, m_at++, 1, ByteOrder::Little); }

    /// A run may not leave its row.
    void put(std::uint8_t index)
    {
        if (m_x < m_width) {
            m_indices[m_y * m_width + m_x++] = index;
        }
    }

    /// 4-bit pixels share a byte, the left one in its high half.
    [[nodiscard]] std::uint8_t indexOf(std::uint32_t value, std::uint32_t position) const
    {
        if (!m_pairs) {
            return static_cast<std::uint8_t>(value);
        }
        return static_cast<std::uint8_t>(position % 2 == 0 ? value >> 4U : value & 0x0FU);
    }

    /// End of row (0), a move (2) or so many literal pixels. @return false at the end of the file
    bool readEscape(std::uint32_t code)
    {
        if (code == 0) {
            m_x = 0;
            ++m_y;
            return true;
        }
        if (code != 2) {
            return readLiterals(code);
        }
        const auto right = next();
        const auto up = next();
        m_x = std::min<std::size_t>(m_width, m_x + right.value_or(0));
        m_y += up.value_or(0);
        return right && up;
    }

    bool readLiterals(std::uint32_t count)
    {
        const std::size_t start = m_at;
        std::optional<std::uint32_t> value;
        for (std::uint32_t i = 0; i < count && m_y < m_height; ++i) {
            if (!m_pairs || i % 2 == 0) {
                value = next();
            }
            if (!value) {
                return false;
            }
            put(indexOf(*value, i));
        }
        m_at += (m_at - start) % 2; // literals fill whole words
        return true;
    }

    Bytes m_bytes;
    bool m_pairs; ///< 4 bits a pixel
    std::size_t m_width;
    std::size_t m_height;
    std::vector<std::uint8_t> m_indices;
    std::size_t m_at;
    std::size_t m_x = 0;
    std::size_t m_y = 0;
};

Result<ImageHeader> readBmpHeader(Bytes bytes)
{
    const auto layout = readLayout(bytes);
    if (!layout) {
        return fail(layout.error());
    }
    ImageHeader header;
    header.width = layout->width;
    header.height = layout->height;
    return header;
}

Result<Image> decodeBmp(Bytes bytes, const ImageHeader& header)
{
    const auto layout = readLayout(bytes);
    if (!layout) {
        return fail(layout.error());
    }
    const auto palette = readPalette(bytes, *layout);
    if (!palette) {
        return fail(palette.error());
    }
    const bool runs = layout->compression == Rle8 || layout->compression == Rle4;
    const std::size_t rowBytes = runs ? static_cast<std::size_t>(layout->width) : layout->rowBytes();
    const auto height = static_cast<std::size_t>(header.height);
    if (!runs && (layout->pixels > bytes.size() || (bytes.size() - layout->pixels) / rowBytes < height)) {
        return truncated();
    }
    std::vector<std::uint8_t> indices;
    BmpLayout rowLayout = *layout;
    if (runs) {
        auto read = RunReader(bytes, *layout).read();
        if (!read) {
            return fail(read.error());
        }
        indices = std::move(*read);
        rowLayout.bits = 8;
    }
    Image image = blankImage(header);
    const std::uint8_t* row = runs ? indices.data() : data(bytes) + layout->pixels;
    const std::size_t outBytes = static_cast<std::size_t>(header.width) * 3;
    for (std::size_t y = 0; y < height; ++y, row += rowBytes) {
        const std::size_t target = layout->topDown ? y : height - 1 - y;
        convertRow(row, rowLayout, *palette, image.rgb.data() + target * outBytes);
    }
    return image;
}

} // namespace

const Codec& bmpCodec()
{
    static constexpr Codec codec{readBmpHeader, decodeBmp};
    return codec;
}

} // namespace modscope::codec
