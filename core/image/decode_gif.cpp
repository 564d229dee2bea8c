#include "core/image/codec.h"

#include <algorithm>
#include <cstring>
#include <gif_lib.h>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace modscope::codec {

namespace {

constexpr std::size_t kScreenEnd = 13;      ///< signature and logical screen descriptor
constexpr std::size_t kDescriptorSize = 10; ///< of an image, with its introducer
constexpr std::uint32_t kImageBlock = 0x2C;
constexpr std::uint32_t kExtensionBlock = 0x21;

std::size_t colourTableSize(std::uint32_t flags)
{
    return (flags & 0x80U) != 0 ? std::size_t{3} << ((flags & 0x07U) + 1U) : 0;
}

/// Behind the length-prefixed blocks that start at `at`; nothing if the file ends before they do.
std::optional<std::size_t> skipBlocks(Bytes bytes, std::size_t at)
{
    while (const auto length = readNumber(bytes, at, 1, ByteOrder::Little)) {
        at += 1 + *length;
        if (*length == 0) {
            return at;
        }
    }
    return std::nullopt;
}

/// Grows the canvas to hold the frame, as Pillow does with a frame that reaches over the logical screen.
void coverFrame(Bytes bytes, std::size_t descriptor, ImageHeader& header)
{
    const auto field = [&](std::size_t offset) {
        return static_cast<int>(readNumber(bytes, descriptor + offset, 2, ByteOrder::Little).value_or(0));
    };
    header.width = std::max(header.width, field(1) + field(5));
    header.height = std::max(header.height, field(3) + field(7));
}

/// Walks the blocks without unpacking anything: the canvas of the first frame and the number of frames.
Result<ImageHeader> readGifHeader(Bytes bytes)
{
    const auto width = readNumber(bytes, 6, 2, ByteOrder::Little);
    const auto height = readNumber(bytes, 8, 2, ByteOrder::Little);
    const auto flags = readNumber(bytes, 10, 1, ByteOrder::Little);
    if (!width || !height || !flags) {
        return fail(ErrorCode::ParseError, "the GIF file has no complete header");
    }
    ImageHeader header;
    header.width = static_cast<int>(*width);
    header.height = static_cast<int>(*height);
    header.frames = 0;
    std::optional<std::size_t> at = kScreenEnd + colourTableSize(*flags);
    while (at) {
        const auto block = readNumber(bytes, *at, 1, ByteOrder::Little);
        if (block == kImageBlock) {
            const auto frameFlags = readNumber(bytes, *at + kDescriptorSize - 1, 1, ByteOrder::Little);
            if (!frameFlags) {
                break;
            }
            if (header.frames == 0) {
                coverFrame(bytes, *at, header);
            }
            ++header.frames;
            at = skipBlocks(bytes, *at + kDescriptorSize + colourTableSize(*frameFlags) + 1);
        } else if (block == kExtensionBlock) {
            at = skipBlocks(bytes, *at + 2);
        } else {
            break; // the trailer, or nothing that a GIF file may hold
        }
    }
    if (header.frames == 0) {
        return fail(ErrorCode::ParseError, "the GIF file holds no frame");
    }
    return header;
}

struct CloseGif {
    void operator()(GifFileType* file) const { DGifCloseFile(file, nullptr); }
};

int readInput(GifFileType* file, GifByteType* out, int count)
{
    auto& input = *static_cast<Bytes*>(file->UserData);
    const std::size_t given = std::min(input.size(), static_cast<std::size_t>(std::max(count, 0)));
    std::memcpy(out, input.data(), given);
    input = input.subspan(given);
    return static_cast<int>(given);
}

tl::unexpected<Error> damaged(int code)
{
    const char* reason = GifErrorString(code);
    return fail(ErrorCode::ParseError,
                std::string("damaged or truncated GIF file: ") + (reason == nullptr ? "unknown reason" : reason));
}

/// Reads blocks up to the first frame's pixels. @return the transparent index, or -1
Result<int> findFirstFrame(GifFileType& file)
{
    int transparent = -1;
    GifRecordType record = UNDEFINED_RECORD_TYPE;
    while (DGifGetRecordType(&file, &record) == GIF_OK && record != IMAGE_DESC_RECORD_TYPE) {
        if (record != EXTENSION_RECORD_TYPE) {
            return fail(ErrorCode::ParseError, "the GIF file holds no frame");
        }
        int code = 0;
        GifByteType* block = nullptr;
        if (DGifGetExtension(&file, &code, &block) != GIF_OK) {
            return damaged(file.Error);
        }
        GraphicsControlBlock control;
        if (code == GRAPHICS_EXT_FUNC_CODE && block != nullptr &&
            DGifExtensionToGCB(block[0], block + 1, &control) == GIF_OK) {
            transparent = control.TransparentColor;
        }
        while (block != nullptr) {
            if (DGifGetExtensionNext(&file, &block) != GIF_OK) {
                return damaged(file.Error);
            }
        }
    }
    if (record != IMAGE_DESC_RECORD_TYPE || DGifGetImageDesc(&file) != GIF_OK) {
        return damaged(file.Error);
    }
    return transparent;
}

Palette paletteOf(const GifFileType& file)
{
    Palette palette{};
    const ColorMapObject* map = file.Image.ColorMap != nullptr ? file.Image.ColorMap : file.SColorMap;
    for (std::size_t i = 0; i < palette.size(); ++i) {
        if (map == nullptr) {
            palette[i].fill(static_cast<std::uint8_t>(i)); // Pillow reads a file without colours as grey
        } else if (i < static_cast<std::size_t>(map->ColorCount)) {
            palette[i] = {map->Colors[i].Red, map->Colors[i].Green, map->Colors[i].Blue};
        }
    }
    return palette;
}

/// The rows of a frame in the order in which the file holds them.
std::vector<int> rowOrder(int height, bool interlaced)
{
    std::vector<int> rows;
    rows.reserve(static_cast<std::size_t>(height));
    if (!interlaced) {
        for (int y = 0; y < height; ++y) {
            rows.push_back(y);
        }
        return rows;
    }
    for (const auto& [start, step] : {std::pair{0, 8}, std::pair{4, 8}, std::pair{2, 4}, std::pair{1, 2}}) {
        for (int y = start; y < height; y += step) {
            rows.push_back(y);
        }
    }
    return rows;
}

/// The first frame on its canvas; the rest of the canvas shows the transparent index or else index 0, as in Pillow.
Result<Image> decodeGif(Bytes bytes, const ImageHeader& header)
{
    int code = 0;
    Bytes input = bytes;
    const std::unique_ptr<GifFileType, CloseGif> file(DGifOpen(&input, readInput, &code));
    if (!file) {
        return damaged(code);
    }
    const auto transparent = findFirstFrame(*file);
    if (!transparent) {
        return fail(transparent.error());
    }
    const GifImageDesc& frame = file->Image;
    if (frame.Left < 0 || frame.Top < 0 || frame.Width < 1 || frame.Height < 1 ||
        frame.Width > header.width - frame.Left || frame.Height > header.height - frame.Top) {
        return fail(ErrorCode::ParseError, "the first frame of the GIF file does not fit its canvas");
    }
    const Palette palette = paletteOf(*file);
    Image image = blankImage(header);
    const auto& ground = palette[static_cast<std::size_t>(std::max(*transparent, 0))];
    for (std::size_t i = 0; i < image.rgb.size();) {
        (void)putColour(image.rgb.data() + i, ground);
        i += 3;
    }
    std::vector<GifPixelType> line(static_cast<std::size_t>(frame.Width));
    for (const int y : rowOrder(frame.Height, frame.Interlace)) {
        if (DGifGetLine(file.get(), line.data(), frame.Width) != GIF_OK) {
            return damaged(file->Error);
        }
        const std::size_t row = static_cast<std::size_t>(frame.Top + y) * static_cast<std::size_t>(header.width);
        std::uint8_t* out = image.rgb.data() + (row + static_cast<std::size_t>(frame.Left)) * 3;
        for (const GifPixelType index : line) {
            out = putColour(out, palette[index]);
        }
    }
    return image;
}

} // namespace

const Codec& gifCodec()
{
    static constexpr Codec codec{readGifHeader, decodeGif};
    return codec;
}

} // namespace modscope::codec
