#include "core/similarity/picture_file.h"

#include "core/base/file.h"
#include "core/base/sha256.h"
#include "core/image/decode.h"

#include <utility>

namespace modscope {

Result<PictureFile> readPictureFile(const std::filesystem::path& path)
{
    const DecodeOptions options;
    const auto bytes = readFile(path, options.maxBytes);
    if (!bytes) {
        return fail(bytes.error());
    }
    auto decoded = decodeImage(*bytes, options);
    if (!decoded) {
        return fail(decoded.error().code, path.string() + ": " + decoded.error().message);
    }
    return PictureFile{sha256Hex(*bytes), std::move(decoded->image)};
}

Result<HashedPicture> hashPictureFile(const std::filesystem::path& path, PdqFamily family)
{
    const auto file = readPictureFile(path);
    if (!file) {
        return fail(file.error());
    }
    const auto hash = pdq(file->image, family);
    return hash ? Result<HashedPicture>(HashedPicture{file->sha256, *hash}) : fail(hash.error());
}

} // namespace modscope
