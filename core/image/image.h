#pragma once

#include "core/base/error.h"

#include <cstdint>
#include <vector>

namespace modscope {

/// 8-bit RGB, rows from top to bottom without padding.
struct Image {
    int width = 0;                 ///< pixels
    int height = 0;                ///< pixels
    std::vector<std::uint8_t> rgb; ///< width * height * 3

    bool operator==(const Image&) const = default;
};

/// Errors: InvalidArgument if the picture has no pixel or the buffer is not width * height * 3 bytes.
[[nodiscard]] Result<void> checkBuffer(const Image& image);

} // namespace modscope
