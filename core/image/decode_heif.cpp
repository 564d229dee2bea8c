#include "core/image/codec.h"

#include <algorithm>
#include <cstring>
#include <exception>
#include <libheif/heif.h>
#include <memory>
#include <string>

namespace modscope::codec {

namespace {

/// libheif refuses to allocate a picture of more than this number squared; the caller's own limit is checked before.
/// Neither binds the AV1 decoder below libheif 1.15: a stream with larger frames than its header says costs up to a
/// second and 600 MB before its size is found to be wrong and refused.
constexpr int kMaxEdge = 16384;

struct CloseContext {
    void operator()(heif_context* context) const { heif_context_free(context); }
};
struct CloseHandle {
    void operator()(const heif_image_handle* handle) const { heif_image_handle_release(handle); }
};
struct CloseImage {
    void operator()(const heif_image* image) const { heif_image_release(image); }
};

tl::unexpected<Error> failed(const heif_error& error)
{
    const bool unsupported =
        error.code == heif_error_Unsupported_filetype || error.code == heif_error_Unsupported_feature;
    const bool memory = error.code == heif_error_Memory_allocation_error;
    return fail(memory        ? ErrorCode::LimitExceeded
                : unsupported ? ErrorCode::Unsupported
                              : ErrorCode::ParseError,
                std::string("the HEIC or AVIF file cannot be decoded: ") +
                    (error.message == nullptr ? "unknown reason" : error.message));
}

/// The main picture of a file, turned and cropped as the file says: so the orientation of its EXIF block, which only
/// repeats that, is not applied a second time.
struct MainPicture {
    std::unique_ptr<heif_context, CloseContext> context;
    std::unique_ptr<heif_image_handle, CloseHandle> handle;
};

Result<MainPicture> openPicture(Bytes bytes)
{
    MainPicture picture{std::unique_ptr<heif_context, CloseContext>(heif_context_alloc()), nullptr};
    heif_context_set_maximum_image_size_limit(picture.context.get(), kMaxEdge);
    heif_error error =
        heif_context_read_from_memory_without_copy(picture.context.get(), bytes.data(), bytes.size(), nullptr);
    if (error.code != heif_error_Ok) {
        return failed(error);
    }
    heif_image_handle* handle = nullptr;
    error = heif_context_get_primary_image_handle(picture.context.get(), &handle);
    if (error.code != heif_error_Ok) {
        return failed(error);
    }
    picture.handle.reset(handle);
    return picture;
}

ImageHeader headerOf(const MainPicture& picture)
{
    ImageHeader header;
    header.width = heif_image_handle_get_width(picture.handle.get());
    header.height = heif_image_handle_get_height(picture.handle.get());
    header.frames = std::max(1, heif_context_get_number_of_top_level_images(picture.context.get()));
    return header;
}

Result<Image> decodePicture(const MainPicture& picture, const ImageHeader& header)
{
    heif_image* decoded = nullptr;
    const heif_error error =
        heif_decode_image(picture.handle.get(), &decoded, heif_colorspace_RGB, heif_chroma_interleaved_RGB, nullptr);
    const std::unique_ptr<heif_image, CloseImage> owner(decoded);
    if (error.code != heif_error_Ok) {
        return failed(error);
    }
    int stride = 0;
    const std::uint8_t* plane = heif_image_get_plane_readonly(decoded, heif_channel_interleaved, &stride);
    if (plane == nullptr || heif_image_get_width(decoded, heif_channel_interleaved) != header.width ||
        heif_image_get_height(decoded, heif_channel_interleaved) != header.height) {
        return fail(ErrorCode::ParseError, "the HEIC or AVIF file's pixels have not the size that its header says");
    }
    Image image = blankImage(header);
    const auto rowBytes = static_cast<std::size_t>(header.width) * 3;
    for (int y = 0; y < header.height; ++y) {
        std::memcpy(image.rgb.data() + static_cast<std::size_t>(y) * rowBytes,
                    plane + static_cast<std::ptrdiff_t>(y) * stride, rowBytes);
    }
    return image;
}

Result<ImageHeader> readHeifHeader(Bytes bytes)
{
    try {
        const auto picture = openPicture(bytes);
        if (!picture) {
            return fail(picture.error());
        }
        return headerOf(*picture);
    } catch (const std::exception& error) { // libheif is C++ behind its C functions
        return fail(ErrorCode::ParseError, std::string("the HEIC or AVIF file cannot be read: ") + error.what());
    }
}

Result<Image> decodeHeif(Bytes bytes, const ImageHeader& header)
{
    try {
        const auto picture = openPicture(bytes);
        if (!picture) {
            return fail(picture.error());
        }
        return decodePicture(*picture, header);
    } catch (const std::exception& error) {
        return fail(ErrorCode::ParseError, std::string("the HEIC or AVIF file cannot be decoded: ") + error.what());
    }
}

} // namespace

const Codec& heifCodec()
{
    static constexpr Codec codec{readHeifHeader, decodeHeif};
    return codec;
}

} // namespace modscope::codec
