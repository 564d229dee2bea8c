#pragma once

#include "core/image/byte_reader.h"
#include "core/image/decode.h"
#include "core/image/resample_axis.h"

#include <array>
#include <functional>

/// One header reader and one decoder for each format, each in its own file with its library. Readers allocate nothing
/// that grows with the picture's size; decoders run only after decode.cpp has checked the header against the limits,
/// and refuse a picture whose pixels turn out to have another size. Nothing thrown by a library leaves its file.
namespace modscope::codec {

/// What a codec needs. Everything is bounded by the caller's limits.
struct Codec {
    Result<ImageHeader> (*readHeader)(Bytes bytes);
    Result<Image> (*decode)(Bytes bytes, const ImageHeader& header);
};

[[nodiscard]] const Codec& jpegCodec();
[[nodiscard]] const Codec& pngCodec();
[[nodiscard]] const Codec& webpCodec();
[[nodiscard]] const Codec& gifCodec();
[[nodiscard]] const Codec& tiffCodec();
[[nodiscard]] const Codec& bmpCodec();
[[nodiscard]] const Codec& heifCodec(); ///< HEIC and AVIF

/// Takes up to resample::kRowBlock rows of RGB8.
using RowSink = std::function<void(std::span<const std::uint8_t* const> rows)>;

/// Decodes only what lies in the two ranges, with the bytes that the whole decode gives there.
/// @param sink  gets the rows in order, each from columns.begin on, with resample::kRowSlack readable bytes behind it
[[nodiscard]] Result<void> decodeJpegRegion(
    Bytes bytes, const ImageHeader& header, resample::Range columns, resample::Range rows, const RowSink& sink);

/// The header of a file whose content is known by its first bytes, checked against the limits.
[[nodiscard]] Result<ImageHeader> readCheckedHeader(Bytes bytes, const DecodeOptions& options);

/// Black, of the header's size.
[[nodiscard]] Image blankImage(const ImageHeader& header);

/// Colours by index; entries that the file does not set are black, as in Pillow.
using Palette = std::array<std::array<std::uint8_t, 3>, 256>;

[[nodiscard]] inline std::uint8_t* putColour(std::uint8_t* out, const std::array<std::uint8_t, 3>& colour)
{
    out[0] = colour[0];
    out[1] = colour[1];
    out[2] = colour[2];
    return out + 3;
}

[[nodiscard]] inline std::uint8_t* putGrey(std::uint8_t* out, std::uint8_t level)
{
    return putColour(out, {level, level, level});
}

/// One CMYK pixel, 0 = no ink, as Pillow's cmyk2rgb.
[[nodiscard]] std::uint8_t* putCmyk(
    std::uint8_t* out, std::uint8_t cyan, std::uint8_t magenta, std::uint8_t yellow, std::uint8_t black);

} // namespace modscope::codec
