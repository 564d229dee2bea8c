#pragma once

#include "core/base/error.h"
#include "core/image/image.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>

namespace modscope {

enum class ImageFormat { Jpeg, Png, WebP, Gif, Tiff, Bmp, Heif, Avif };

[[nodiscard]] std::string_view name(ImageFormat format); ///< "JPEG", "PNG", …

enum class Orientation {
    Ignore, ///< pixels as stored (what the reference does)
    Apply,  ///< upright, by EXIF
};

struct DecodeOptions {
    Orientation orientation = Orientation::Ignore;
    std::uint64_t maxPixels = 178'956'970; ///< checked from the header, before any pixel is decoded
    std::uint64_t maxBytes = std::uint64_t{64} << 20U;
};

/// What the header says, without decoding.
struct ImageHeader {
    ImageFormat format = ImageFormat::Png;
    int width = 0;
    int height = 0;
    int frames = 1;      ///< of an animation or a multi-page file; the first is the one decoded
    int orientation = 1; ///< EXIF, 1..8; 1 for TIFF, HEIC and AVIF: their decoders always turn the picture upright

    bool operator==(const ImageHeader&) const = default;
};

struct DecodedImage {
    Image image;
    ImageHeader header; ///< width and height as stored, before orientation
};

/// Decodes like Pillow's Image.open(...).convert("RGB"): alpha dropped, palettes looked up, CMYK converted, 16-bit grey
/// clamped, first frame of animations. The format is found from the content, never from the name.
/// Errors: ParseError (truncated, damaged, not a picture, empty), Unsupported, LimitExceeded. Messages do not name the
/// file. Threads: any.
[[nodiscard]] Result<DecodedImage> decodeImage(std::span<const std::byte> bytes, const DecodeOptions& options = {});
[[nodiscard]] Result<ImageHeader> readImageHeader(std::span<const std::byte> bytes, const DecodeOptions& options = {});

/// As above, from a file; messages name it.
[[nodiscard]] Result<DecodedImage> decodeImageFile(const std::filesystem::path& path,
                                                   const DecodeOptions& options = {});

} // namespace modscope
