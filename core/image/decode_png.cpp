#include "core/image/codec.h"
#include "core/image/exif.h"

#include <algorithm>
#include <csetjmp>
#include <cstring>
#include <limits>
#include <png.h>
#include <string>
#include <vector>

namespace modscope::codec {

namespace {

constexpr std::size_t kSignature = 8;
constexpr std::size_t kChunkFrame = 12; ///< length, type and checksum around a chunk's content

/// Walks the chunks: size, orientation and the frames of an animation, without unpacking anything.
Result<ImageHeader> readPngHeader(Bytes bytes)
{
    const auto width = readNumber(bytes, kSignature + 8, 4, ByteOrder::Big);
    const auto height = readNumber(bytes, kSignature + 12, 4, ByteOrder::Big);
    if (!width || !height || !hasText(bytes, kSignature + 4, "IHDR")) {
        return fail(ErrorCode::ParseError, "the PNG file has no complete header");
    }
    if (std::max(*width, *height) > static_cast<std::uint32_t>(std::numeric_limits<int>::max())) {
        return fail(ErrorCode::ParseError, "the PNG file's size is out of range");
    }
    ImageHeader header;
    header.width = static_cast<int>(*width);
    header.height = static_cast<int>(*height);
    bool pixelsSeen = false;
    bool pixelsAreFrame = false;
    std::uint32_t animationFrames = 0;
    std::size_t chunk = kSignature;
    while (const auto length = readNumber(bytes, chunk, 4, ByteOrder::Big)) {
        if (bytes.size() - chunk < kChunkFrame || bytes.size() - chunk - kChunkFrame < *length) {
            break; // truncated: decoding will say so if pixels are missing
        }
        const Bytes content = bytes.subspan(chunk + 8, *length);
        if (hasText(bytes, chunk + 4, "acTL")) {
            animationFrames = readNumber(content, 0, 4, ByteOrder::Big).value_or(0);
        } else if (hasText(bytes, chunk + 4, "fcTL")) {
            pixelsAreFrame = pixelsAreFrame || !pixelsSeen;
        } else if (hasText(bytes, chunk + 4, "IDAT")) {
            pixelsSeen = true;
        } else if (hasText(bytes, chunk + 4, "eXIf")) {
            header.orientation = exifOrientation(content);
        }
        chunk += kChunkFrame + *length;
    }
    if (animationFrames > 0 && animationFrames < static_cast<std::uint32_t>(std::numeric_limits<int>::max())) {
        header.frames = static_cast<int>(animationFrames) + (pixelsAreFrame ? 0 : 1);
    }
    return header;
}

/// What libpng's callbacks reach.
struct PngInput {
    Bytes bytes;
    std::jmp_buf jump{};
    std::string_view reason;
    char text[128]{};
};

[[noreturn]] void onError(png_structp png, png_const_charp message)
{
    auto* input = static_cast<PngInput*>(png_get_error_ptr(png));
    if (input->reason.empty()) {
        std::strncpy(input->text, message, sizeof(input->text) - 1);
    }
    std::longjmp(input->jump, 1);
}

void onWarning(png_structp, png_const_charp) {}

void onRead(png_structp png, png_bytep out, std::size_t count)
{
    auto* input = static_cast<PngInput*>(png_get_io_ptr(png));
    if (count > input->bytes.size()) {
        input->reason = "the PNG file is truncated";
        png_error(png, "truncated");
    }
    std::memcpy(out, input->bytes.data(), count);
    input->bytes = input->bytes.subspan(count);
}

/// libpng over bytes in memory. Errors come back by longjmp, so the functions that call it hold no object with a
/// destructor. Rows come as grey, grey 16 bit, palette index or RGB: alpha and low bytes of colours are dropped.
class PngReader {
public:
    explicit PngReader(Bytes bytes) { m_input.bytes = bytes; }
    ~PngReader() { png_destroy_read_struct(&m_png, &m_info, nullptr); }
    PngReader(const PngReader&) = delete;
    PngReader& operator=(const PngReader&) = delete;

    [[nodiscard]] bool open()
    {
        m_png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &m_input, onError, onWarning);
        m_info = m_png == nullptr ? nullptr : png_create_info_struct(m_png);
        if (m_info == nullptr || setjmp(m_input.jump) != 0) {
            return false;
        }
        png_set_read_fn(m_png, &m_input, onRead);
        skipText();
        png_read_info(m_png, m_info);
        prepareRows();
        return true;
    }

    /// @param rows  height pointers; interlaced pictures are written in several passes
    [[nodiscard]] bool readPixels(png_bytepp rows)
    {
        if (setjmp(m_input.jump) != 0) {
            return false;
        }
        png_read_image(m_png, rows);
        return true;
    }

    [[nodiscard]] int width() const { return static_cast<int>(png_get_image_width(m_png, m_info)); }
    [[nodiscard]] int height() const { return static_cast<int>(png_get_image_height(m_png, m_info)); }
    [[nodiscard]] int channels() const { return png_get_channels(m_png, m_info); }
    [[nodiscard]] bool isWide() const { return png_get_bit_depth(m_png, m_info) == 16; }
    [[nodiscard]] bool hasPalette() const { return png_get_color_type(m_png, m_info) == PNG_COLOR_TYPE_PALETTE; }
    [[nodiscard]] std::size_t rowBytes() const { return png_get_rowbytes(m_png, m_info); }

    [[nodiscard]] Palette palette() const
    {
        Palette palette{};
        png_colorp colours = nullptr;
        int count = 0;
        png_get_PLTE(m_png, m_info, &colours, &count);
        for (int i = 0; i < count; ++i) {
            palette[static_cast<std::size_t>(i)] = {colours[i].red, colours[i].green, colours[i].blue};
        }
        return palette;
    }

    [[nodiscard]] tl::unexpected<Error> error() const
    {
        if (m_info == nullptr) {
            return fail(ErrorCode::OutOfMemory, "not enough memory to decode the picture");
        }
        return fail(ErrorCode::ParseError, m_input.reason.empty() ? std::string("damaged PNG file: ") + m_input.text
                                                                  : std::string(m_input.reason));
    }

private:
    /// Compressed texts and colour profiles could unpack to far more than the picture; nothing here reads them.
    void skipText()
    {
        static constexpr png_byte names[] = "iCCP\0tEXt\0zTXt\0iTXt\0sPLT\0hIST\0eXIf";
        png_set_keep_unknown_chunks(m_png, PNG_HANDLE_CHUNK_NEVER, names, static_cast<int>(sizeof(names) / 5));
    }

    void prepareRows()
    {
        const int type = png_get_color_type(m_png, m_info);
        const int depth = png_get_bit_depth(m_png, m_info);
        if (type == PNG_COLOR_TYPE_PALETTE) {
            png_set_packing(m_png);
        } else if (depth < 8) {
            png_set_expand_gray_1_2_4_to_8(m_png);
        }
        if (depth == 16 && type != PNG_COLOR_TYPE_GRAY) {
            png_set_strip_16(m_png); // Pillow keeps the high byte of colours, but clamps plain grey
        }
        png_set_strip_alpha(m_png);
        png_set_interlace_handling(m_png);
        png_read_update_info(m_png, m_info);
    }

    PngInput m_input;
    png_structp m_png = nullptr;
    png_infop m_info = nullptr;
};

/// One row of what libpng gave to RGB.
void convertRow(const std::uint8_t* row, const PngReader& reader, const Palette& palette, std::uint8_t* out)
{
    const int width = reader.width();
    if (reader.hasPalette()) {
        for (int x = 0; x < width; ++x) {
            out = putColour(out, palette[row[x]]);
        }
    } else if (reader.isWide()) {
        for (int x = 0; x < width; ++x, row += 2) {
            out = putGrey(out, row[0] != 0 ? std::uint8_t{255} : row[1]);
        }
    } else {
        for (int x = 0; x < width; ++x) {
            out = putGrey(out, row[x]);
        }
    }
}

Result<Image> decodePng(Bytes bytes, const ImageHeader& header)
{
    PngReader reader(bytes);
    if (!reader.open()) {
        return reader.error();
    }
    if (reader.width() != header.width || reader.height() != header.height) {
        return fail(ErrorCode::ParseError, "the PNG file has two different headers");
    }
    Image image = blankImage(header);
    const bool direct = reader.channels() == 3;
    const auto height = static_cast<std::size_t>(header.height);
    const auto width = static_cast<std::size_t>(header.width);
    std::vector<std::uint8_t> samples(direct ? 0 : reader.rowBytes() * height);
    std::vector<png_bytep> rows(height);
    for (std::size_t y = 0; y < height; ++y) {
        rows[y] = direct ? image.rgb.data() + y * width * 3 : samples.data() + y * reader.rowBytes();
    }
    if (!reader.readPixels(rows.data())) {
        return reader.error();
    }
    if (!direct) {
        const Palette palette = reader.hasPalette() ? reader.palette() : Palette{};
        for (std::size_t y = 0; y < height; ++y) {
            convertRow(rows[y], reader, palette, image.rgb.data() + y * width * 3);
        }
    }
    return image;
}

} // namespace

const Codec& pngCodec()
{
    static constexpr Codec codec{readPngHeader, decodePng};
    return codec;
}

} // namespace modscope::codec
