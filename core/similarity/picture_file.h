#pragma once

#include "core/base/error.h"
#include "core/image/image.h"
#include "core/similarity/pdq.h"

#include <filesystem>
#include <string>

namespace modscope {

/// A picture as it stood in its file.
struct PictureFile {
    std::string sha256; ///< of the file's bytes, in hex
    Image image;
};

/// Errors: what reading and decoding report; messages name the file.
[[nodiscard]] Result<PictureFile> readPictureFile(const std::filesystem::path& path);

/// What a picture's file is found again by: its bytes, and what it looks like.
struct HashedPicture {
    std::string sha256;
    Pdq pdq;
};

/// Errors: as readPictureFile(). Threads: any.
[[nodiscard]] Result<HashedPicture> hashPictureFile(const std::filesystem::path& path,
                                                    PdqFamily family = PdqFamily::Full);

} // namespace modscope
