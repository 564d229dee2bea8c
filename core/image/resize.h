#pragma once

#include "core/base/error.h"
#include "core/image/image.h"

namespace modscope {

enum class ResizeFilter { Bilinear, Bicubic };

/// Which pass comes first changes bytes; Pillow's rule changed in 13.0.
enum class PassOrder {
    Pillow13,        ///< vertical first when h > H and h - H > 2 (w - W)
    HorizontalFirst, ///< Pillow up to 12.1
};

/// Byte-equal to Pillow's Image.resize on RGB: separable, antialiased, 22-bit fixed-point weights, each pass rounded
/// and clipped to 8 bits. Uses the widest instruction set at hand; every one gives the same bytes. Errors:
/// InvalidArgument for sizes below 1 or a buffer that does not match.
[[nodiscard]] Result<Image> resize(
    const Image& source, int width, int height, ResizeFilter filter, PassOrder order = PassOrder::Pillow13);

} // namespace modscope
