#include "core/nn/item_preparer.h"

#include "core/base/file.h"
#include "core/text/utf8.h"

#include <chrono>
#include <new>
#include <string>
#include <utility>

namespace modscope {

namespace {

// A picture above this is decoded while no other such picture is: 24 million pixels are 72 MB, the limit is 540.
constexpr std::uint64_t kLargePixels = 24'000'000;

double millisecondsSince(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

Error named(const std::string& picture, Error error)
{
    error.message = picture + ": " + error.message;
    return error;
}

} // namespace

ItemPreparer::ItemPreparer(std::shared_ptr<const Tokenizer> tokenizer, ImageProcessor processor, DecodeOptions limits)
    : m_tokenizer(std::move(tokenizer)), m_processor(processor), m_limits(limits)
{
    m_limits.orientation = m_processor.config().orientation;
}

Result<PreparedPicture> ItemPreparer::decodeAndResize(std::span<const std::byte> bytes) const
{
    const auto header = readImageHeader(bytes, m_limits);
    if (!header) {
        return fail(header.error());
    }
    std::unique_lock large(m_largePicture, std::defer_lock);
    if (static_cast<std::uint64_t>(header->width) * static_cast<std::uint64_t>(header->height) > kLargePixels) {
        large.lock();
    }
    const auto decoded = decodeImage(bytes, m_limits);
    if (!decoded) {
        return fail(decoded.error());
    }
    auto square = m_processor.toSquare(decoded->image);
    if (!square) {
        return fail(square.error());
    }
    return PreparedPicture{std::move(*square), decoded->image.width, decoded->image.height, decoded->header.frames};
}

Result<PreparedPicture> ItemPreparer::preparePicture(const Sample& sample) const
try {
    if (!sample.hasImage()) {
        return fail(ErrorCode::NoContent, "There is no picture to look at");
    }
    if (sample.imageBytes != nullptr) {
        return decodeAndResize(*sample.imageBytes).map_error([](Error error) {
            return named("pasted picture", std::move(error));
        });
    }
    const auto bytes = readFile(sample.imagePath, m_limits.maxBytes);
    if (!bytes) {
        return fail(bytes.error());
    }
    return decodeAndResize(*bytes).map_error(
        [&sample](Error error) { return named(sample.imagePath.string(), std::move(error)); });
} catch (const std::bad_alloc&) {
    return fail(ErrorCode::OutOfMemory, sample.imagePath.string() + ": there is not enough memory for this picture");
}

Result<PreparedItem> ItemPreparer::prepare(const Sample& sample) const
{
    PreparedItem item;
    item.present = {sample.hasText(), sample.hasImage()};
    if (!item.present.text && !item.present.image) {
        return fail(ErrorCode::NoContent, "There is neither text nor a picture to judge");
    }
    if (!isUtf8(sample.text)) {
        return fail(ErrorCode::ParseError, "The text is not UTF-8");
    }
    if (item.present.image) {
        const auto start = std::chrono::steady_clock::now();
        auto picture = preparePicture(sample);
        if (!picture) {
            return fail(picture.error());
        }
        item.square = std::move(picture->square);
        item.imageFrames = picture->frames;
        item.timings.decodeMs = millisecondsSince(start);
    }
    if (item.present.text) {
        const auto start = std::chrono::steady_clock::now();
        item.tokens = m_tokenizer->encode(sample.text);
        item.timings.tokenizeMs = millisecondsSince(start);
    }
    return item;
}

} // namespace modscope
