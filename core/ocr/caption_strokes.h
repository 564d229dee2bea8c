#pragma once

#include "core/image/image.h"
#include "core/ocr/ocr_text.h"

#include <cstdint>
#include <vector>

// Private to this room: from a picture to what a recogniser of printed pages can read.

namespace modscope {

/// 8-bit grey, rows from top to bottom without padding: black strokes on white.
struct StrokePage {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> grey; ///< width * height
    bool isEmpty = true;            ///< no pixel looks like a stroke
};

/// The picture at the size at which strokes are looked for. Tesseract reads capitals of about 20 to 60 pixels best:
/// small pictures are enlarged, large ones reduced.
/// Errors: as resize().
[[nodiscard]] Result<Image> toWorkingSize(const Image& picture);

/// Keeps what looks like letters of one polarity: connected areas of nearly white (or nearly black) pixels, neither as
/// small as noise nor as large as a wall or a sky, that stand out from what is around them. Everything else becomes
/// paper. Throws std::bad_alloc.
[[nodiscard]] StrokePage isolateStrokes(const Image& picture, OcrPolarity polarity);

} // namespace modscope
