#pragma once

#include "core/base/error.h"
#include "core/data/sample.h"

#include <QString>

namespace modscope::ui {

/// How near two pictures are to each other, for a person who compares them.
struct PictureDistance {
    int bits = 0;        ///< of the 256 of their PDQ hashes, in the orientation in which they are nearest
    QString orientation; ///< how the first has to be turned to look like the second: "mirrored"; empty: not at all
    bool usable = true;  ///< false: one has too little structure for its hash to say anything

    bool operator==(const PictureDistance&) const = default;
};

/// Runs on a worker. Errors: what reading and decoding report, naming the file.
[[nodiscard]] Result<PictureDistance> comparePictures(const Sample& first, const Sample& second);

} // namespace modscope::ui
