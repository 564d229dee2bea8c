#include "core/image/decode.h"

#include "core/base/file.h"
#include "core/image/codec.h"
#include "core/image/exif.h"

#include <new>
#include <optional>
#include <string>
#include <utility>

namespace modscope {

namespace codec {

namespace {

/// No codec's picture is wider or taller: the resampler's tables grow with the longer side alone.
constexpr int kMaxSide = 1'000'000;

/// AVIF and HEIC share a container: the brands at its start say which it is.
std::optional<ImageFormat> heifFormat(Bytes bytes)
{
    const std::size_t boxEnd = readNumber(bytes, 0, 4, ByteOrder::Big).value_or(0);
    bool heic = false;
    for (std::size_t at = 8; at + 4 <= boxEnd && at + 4 <= bytes.size(); at += 4) {
        if (hasText(bytes, at, "avif") || hasText(bytes, at, "avis")) {
            return ImageFormat::Avif;
        }
        for (const std::string_view brand : {"heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"}) {
            heic = heic || (at != 12 && hasText(bytes, at, brand)); // the second word is a version, not a brand
        }
    }
    return heic ? std::optional(ImageFormat::Heif) : std::nullopt;
}

std::optional<ImageFormat> formatOf(Bytes bytes)
{
    if (hasText(bytes, 0, "\xFF\xD8\xFF")) {
        return ImageFormat::Jpeg;
    }
    if (hasText(bytes, 0, "\x89PNG\r\n\x1A\n")) {
        return ImageFormat::Png;
    }
    if (hasText(bytes, 0, "RIFF") && hasText(bytes, 8, "WEBP")) {
        return ImageFormat::WebP;
    }
    if (hasText(bytes, 0, "GIF87a") || hasText(bytes, 0, "GIF89a")) {
        return ImageFormat::Gif;
    }
    for (const std::string_view magic : {std::string_view("II*\0", 4), std::string_view("MM\0*", 4),
                                         std::string_view("II+\0", 4), std::string_view("MM\0+", 4)}) {
        if (hasText(bytes, 0, magic)) {
            return ImageFormat::Tiff;
        }
    }
    if (hasText(bytes, 0, "BM")) {
        return ImageFormat::Bmp;
    }
    return hasText(bytes, 4, "ftyp") ? heifFormat(bytes) : std::nullopt;
}

const Codec& codecOf(ImageFormat format)
{
    switch (format) {
    case ImageFormat::Jpeg:
        return jpegCodec();
    case ImageFormat::Png:
        return pngCodec();
    case ImageFormat::WebP:
        return webpCodec();
    case ImageFormat::Gif:
        return gifCodec();
    case ImageFormat::Tiff:
        return tiffCodec();
    case ImageFormat::Bmp:
        return bmpCodec();
    case ImageFormat::Heif:
    case ImageFormat::Avif:
        break;
    }
    return heifCodec();
}

Result<void> checkLimits(const ImageHeader& header, const DecodeOptions& options)
{
    const std::string size = std::to_string(header.width) + " x " + std::to_string(header.height) + " pixels";
    if (header.width < 1 || header.height < 1) {
        return fail(ErrorCode::ParseError, std::string(name(header.format)) + " picture of " + size);
    }
    const std::uint64_t pixels = static_cast<std::uint64_t>(header.width) * static_cast<std::uint64_t>(header.height);
    if (pixels > options.maxPixels || header.width > kMaxSide || header.height > kMaxSide) {
        return fail(ErrorCode::LimitExceeded, "the picture has " + size + ", more than the limit of " +
                                                  std::to_string(options.maxPixels) + " pixels or " +
                                                  std::to_string(kMaxSide) + " a side");
    }
    return {};
}

} // namespace

Result<ImageHeader> readCheckedHeader(Bytes bytes, const DecodeOptions& options)
{
    if (bytes.empty()) {
        return fail(ErrorCode::ParseError, "the picture is empty (0 bytes)");
    }
    if (bytes.size() > options.maxBytes) {
        return fail(ErrorCode::LimitExceeded, "the picture has " + std::to_string(bytes.size()) +
                                                  " bytes, more than the limit of " + std::to_string(options.maxBytes));
    }
    const auto format = formatOf(bytes);
    if (!format) {
        return fail(ErrorCode::ParseError,
                    "not a readable picture (known are JPEG, PNG, WebP, GIF, TIFF, BMP, HEIC, AVIF)");
    }
    auto header = codecOf(*format).readHeader(bytes);
    if (!header) {
        return header;
    }
    header->format = *format;
    if (auto checked = checkLimits(*header, options); !checked) {
        return fail(checked.error());
    }
    return header;
}

Image blankImage(const ImageHeader& header)
{
    Image image{header.width, header.height, {}};
    image.rgb.resize(static_cast<std::size_t>(header.width) * static_cast<std::size_t>(header.height) * 3);
    return image;
}

std::uint8_t* putCmyk(
    std::uint8_t* out, std::uint8_t cyan, std::uint8_t magenta, std::uint8_t yellow, std::uint8_t black)
{
    const int light = 255 - black;
    const auto inked = [light](int ink) {
        const int product = ink * light + 128;
        const int value = light - (((product >> 8) + product) >> 8);
        return static_cast<std::uint8_t>(value < 0 ? 0 : value);
    };
    return putColour(out, {inked(cyan), inked(magenta), inked(yellow)});
}

} // namespace codec

std::string_view name(ImageFormat format)
{
    switch (format) {
    case ImageFormat::Jpeg:
        return "JPEG";
    case ImageFormat::Png:
        return "PNG";
    case ImageFormat::WebP:
        return "WebP";
    case ImageFormat::Gif:
        return "GIF";
    case ImageFormat::Tiff:
        return "TIFF";
    case ImageFormat::Bmp:
        return "BMP";
    case ImageFormat::Heif:
        return "HEIC";
    case ImageFormat::Avif:
        break;
    }
    return "AVIF";
}

Result<ImageHeader> readImageHeader(std::span<const std::byte> bytes, const DecodeOptions& options)
{
    try {
        return codec::readCheckedHeader(bytes, options);
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::OutOfMemory, "not enough memory to read the picture's header");
    }
}

Result<DecodedImage> decodeImage(std::span<const std::byte> bytes, const DecodeOptions& options)
{
    try {
        const auto header = codec::readCheckedHeader(bytes, options);
        if (!header) {
            return fail(header.error());
        }
        auto image = codec::codecOf(header->format).decode(bytes, *header);
        if (!image) {
            return fail(image.error());
        }
        const int turn = options.orientation == Orientation::Apply ? header->orientation : 1;
        return DecodedImage{upright(std::move(*image), turn), *header};
    } catch (const std::bad_alloc&) {
        return fail(ErrorCode::OutOfMemory, "not enough memory to decode the picture");
    }
}

Result<DecodedImage> decodeImageFile(const std::filesystem::path& path, const DecodeOptions& options)
{
    const auto bytes = readFile(path, options.maxBytes);
    if (!bytes) {
        return fail(bytes.error());
    }
    auto decoded = decodeImage(*bytes, options);
    if (!decoded) {
        return fail(decoded.error().code, path.string() + ": " + decoded.error().message);
    }
    return decoded;
}

} // namespace modscope
