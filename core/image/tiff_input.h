#pragma once

#include "core/image/byte_reader.h"

#include <memory>
#include <string>
#include <tiffio.h>

namespace modscope::codec {

/// What libtiff's callbacks reach.
struct TiffInput {
    Bytes bytes;
    std::uint64_t position = 0;
    std::string reason; ///< libtiff's first complaint
};

struct CloseTiff {
    void operator()(TIFF* file) const { TIFFClose(file); }
};
using TiffFile = std::unique_ptr<TIFF, CloseTiff>;

/// libtiff over bytes in memory, its complaints kept in `input`, which must outlive the file. @return null if it is no
/// TIFF
[[nodiscard]] TiffFile openTiff(TiffInput& input);

} // namespace modscope::codec
