#pragma once

#include "core/image/image.h"

#include <array>
#include <cstdint>
#include <vector>

namespace modscope {

/// A square of patches that is covered, in patches of the encoder.
struct Mask {
    int column = 0;
    int row = 0;
    int side = 1;
    int shape = 0; ///< index of the size it belongs to, 0..2

    bool operator==(const Mask&) const = default;
};

inline constexpr int kMaskShapes = 3;

/// Squares of one, two and three cells that slide over the grid cell by cell. A cell is one patch, or several where the
/// grid is finer than 8 x 8, so that the number of masks stays near a hundred. Every patch is covered by each shape
/// that fits the grid.
/// @param grid  patches along a side of the encoder's square, at least 1
[[nodiscard]] std::vector<Mask> occlusionMasks(int grid);

/// The mean colour of a picture, per channel.
[[nodiscard]] std::array<std::uint8_t, 3> meanColour(const Image& image);

/// A copy of the square with the mask's area filled.
/// @param patch  pixels of a patch's side
[[nodiscard]] Image covered(const Image& square, const Mask& mask, int patch, std::array<std::uint8_t, 3> colour);

} // namespace modscope
