#include "core/similarity/dihedral.h"

namespace modscope {

std::string_view name(Dihedral orientation)
{
    switch (orientation) {
    case Dihedral::Original:
        return "original";
    case Dihedral::Rotate90:
        return "rotate90";
    case Dihedral::Rotate180:
        return "rotate180";
    case Dihedral::Rotate270:
        return "rotate270";
    case Dihedral::FlipX:
        return "flip_x";
    case Dihedral::FlipY:
        return "flip_y";
    case Dihedral::FlipPlus1:
        return "flip_plus1";
    case Dihedral::FlipMinus1:
        break;
    }
    return "flip_minus1";
}

} // namespace modscope
