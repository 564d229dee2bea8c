#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace modscope {

/// The eight ways to lay a picture on the table, in the order and with the names of the PDQ reference.
enum class Dihedral {
    Original,
    Rotate90, ///< anticlockwise
    Rotate180,
    Rotate270,  ///< anticlockwise
    FlipX,      ///< top and bottom exchanged
    FlipY,      ///< mirrored: left and right exchanged
    FlipPlus1,  ///< along the main diagonal (transposed)
    FlipMinus1, ///< along the other diagonal
};

inline constexpr std::array kDihedrals{Dihedral::Original,  Dihedral::Rotate90,  Dihedral::Rotate180,
                                       Dihedral::Rotate270, Dihedral::FlipX,     Dihedral::FlipY,
                                       Dihedral::FlipPlus1, Dihedral::FlipMinus1};

/// The one that undoes it: only the quarter turns are not their own.
[[nodiscard]] constexpr Dihedral inverse(Dihedral orientation)
{
    switch (orientation) {
    case Dihedral::Rotate90:
        return Dihedral::Rotate270;
    case Dihedral::Rotate270:
        return Dihedral::Rotate90;
    default:
        return orientation;
    }
}

/// "original", "rotate90", "flip_y", … for files.
[[nodiscard]] std::string_view name(Dihedral orientation);

} // namespace modscope
