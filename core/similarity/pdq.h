#pragma once

#include "core/image/image.h"
#include "core/similarity/dihedral.h"
#include "core/similarity/pdq_hash.h"

#include <array>
#include <span>

namespace modscope {

/// Two kinds of PDQ hashes are in use. They agree for pictures of at most 512 x 512 pixels and differ by a few bits for
/// larger ones, so hashes are only compared within one kind.
enum class PdqFamily {
    Full,     ///< every pixel counts: python-threatexchange, Hasher-Matcher-Actioner, the Java and Python ports
    Squashed, ///< first 512 x 512 by nearest neighbour, without regard to the shape, if a side is longer:
              ///< pdq-photo-hasher
};

/// Hashes below this quality say little: a flat area, a gradient, one line of text. Source: PDQ's documentation.
inline constexpr int kUsablePdqQuality = 50;

/// One hash and how it was made.
struct Pdq {
    PdqHash hash;
    int quality = 0; ///< 0..100, how much structure the picture has
    PdqFamily family = PdqFamily::Full;

    bool operator==(const Pdq&) const = default;
};

/// The hashes of one picture in all eight orientations, from one transform.
struct PdqViews {
    std::array<PdqHash, kDihedrals.size()> hashes{}; ///< by Dihedral
    int quality = 0;
    PdqFamily family = PdqFamily::Full;

    [[nodiscard]] const PdqHash& operator[](Dihedral orientation) const
    {
        return hashes[static_cast<std::size_t>(orientation)];
    }
    [[nodiscard]] Pdq original() const { return {hashes[0], quality, family}; }
    bool operator==(const PdqViews&) const = default;
};

/// PDQ of a picture, bit for bit that of the C++ reference when fed the same bytes: brightness 0.299 R + 0.587 G +
/// 0.114 B, a tent filter, 64 x 64 samples, the lowest 16 x 16 frequencies, each against their median. A side below
/// 5 pixels gives the hash 0 with quality 0. Transparency is not part of it: the decoder dropped the alpha channel.
/// Source: ThreatExchange, pdq/cpp. Errors: InvalidArgument if the buffer is not width * height * 3 bytes.
/// Threads: any.
[[nodiscard]] Result<Pdq> pdq(const Image& image, PdqFamily family = PdqFamily::Full);
[[nodiscard]] Result<PdqViews> pdqViews(const Image& image, PdqFamily family = PdqFamily::Full);

/// As above from brightness 0..255, without the step to 512 x 512.
/// @param luma  float32 [rows, columns], row-major
/// Errors: InvalidArgument if there are not rows * columns values.
[[nodiscard]] Result<Pdq> pdqFromLuma(std::span<const float> luma, int rows, int columns);

/// The fewest bits between two pictures in any orientation.
struct PdqDistance {
    int bits = PdqHash::kBits;
    Dihedral orientation = Dihedral::Original; ///< how the left picture has to be turned to look like the right one

    bool operator==(const PdqDistance&) const = default;
};

/// Symmetric in `bits`: each picture is turned, because a turned picture has a median of its own. Ties go to the first
/// orientation. There is no smallest hash of the eight that could stand for all: noise changes which one it is.
[[nodiscard]] PdqDistance closest(const PdqViews& left, const PdqViews& right);

} // namespace modscope
