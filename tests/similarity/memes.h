#pragma once

#include "core/image/image.h"

#include <cstdint>
#include <string>

namespace modscope::test {

/// A picture with the statistics of a photo: opaque discs over each other, their radii spread by a power law (the
/// "dead leaves" model of Lee, Mumford and Huang, 2001). Drawn samples have large flat areas, in which PDQ is weak.
[[nodiscard]] Image photo(unsigned seed, int width = 800, int height = 600);
/// A picture of resources/demo/samples, decoded.
[[nodiscard]] Image samplePicture(const std::string& name);

/// Bold white block letters with a black outline at the top and the bottom, as in a meme: lines of random "letters"
/// about 1/18 of the width high.
[[nodiscard]] Image captioned(const Image& picture, unsigned caption);
[[nodiscard]] Image resized(const Image& picture, double factor);
[[nodiscard]] Image mirrored(const Image& picture);
/// A frame of one colour. @param share  of each side, on each side
[[nodiscard]] Image framed(const Image& picture, double share, std::uint8_t grey);
[[nodiscard]] Image letterboxed(const Image& picture, int rows);
/// Every value moved by up to `strength`, as by lossy compression.
[[nodiscard]] Image noisy(const Image& picture, int strength, unsigned seed);

} // namespace modscope::test
