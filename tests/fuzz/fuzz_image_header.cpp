#include "core/image/image_processor.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

/// libheif 1.15 does not give a damaged AV1 packet back to dav1d: 40 bytes a file, not ours to free.
extern "C" const char* __lsan_default_suppressions()
{
    return "leak:libdav1d.so";
} // NOLINT: the sanitizer's name

/// Any bytes through every decoder, with limits small enough to stay fast: a picture that decodes must be whole, and
/// decoding only what the encoder sees must give the same bytes and fail on the same files.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::span<const std::byte> bytes(reinterpret_cast<const std::byte*>(data), size);
    modscope::ImageProcessorConfig config;
    config.side = 16;
    const modscope::ImageProcessor processor(config);
    modscope::DecodeOptions options;
    options.maxPixels = 1U << 16U;
    options.orientation = config.orientation;
    const auto decoded = modscope::decodeImage(bytes, options);
    const auto square = processor.decodeToSquare(bytes, options);
    if (decoded.has_value() != square.has_value()) {
        std::abort();
    }
    if (decoded && processor.toSquare(decoded->image).value() != square->image) {
        std::abort();
    }
    return 0;
}
