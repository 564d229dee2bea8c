#pragma once

#include "core/image/byte_reader.h"
#include "core/image/image.h"

namespace modscope {

/// The orientation in an EXIF block (a TIFF structure; a leading "Exif\0\0" is skipped).
/// @return 1..8; 1 if there is none or the block is damaged: a picture is not lost because of its metadata
[[nodiscard]] int exifOrientation(codec::Bytes exif);

/// The picture as it is meant to be seen. @param orientation  EXIF, 1..8
[[nodiscard]] Image upright(Image image, int orientation);

} // namespace modscope
