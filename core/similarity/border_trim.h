#pragma once

#include "core/base/error.h"
#include "core/image/image.h"

namespace modscope {

struct BorderTrimOptions {
    int tolerance = 24;          ///< of a channel, 0..255: JPEG noise and ringing beside an edge
    double outlierShare = 0.01;  ///< of a line's pixels that may be anything: specks, rounded corners
    double smallestShare = 0.25; ///< of each side that must be left; a picture that would lose more is left alone
};

/// Pixels to take away on each side.
struct Border {
    int left = 0;
    int top = 0;
    int right = 0;
    int bottom = 0;

    [[nodiscard]] bool empty() const { return left == 0 && top == 0 && right == 0 && bottom == 0; }
    bool operator==(const Border&) const = default;
};

/// Finds letterbox bars and frames: lines at the edges that are one colour, each side with its own, also several
/// frames around each other. A flat picture, and one that would shrink below smallestShare, has none.
/// Errors: InvalidArgument if the buffer is not width * height * 3 bytes.
[[nodiscard]] Result<Border> findBorder(const Image& image, const BorderTrimOptions& options = {});

/// The picture inside the border. @param border  smaller than the picture
[[nodiscard]] Image withoutBorder(const Image& image, const Border& border);

} // namespace modscope
