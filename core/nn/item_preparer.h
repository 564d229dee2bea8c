#pragma once

#include "core/data/prediction.h"
#include "core/data/sample.h"
#include "core/image/image_processor.h"
#include "core/nn/classifier.h"
#include "core/text/tokenizer.h"

#include <cstddef>
#include <memory>
#include <mutex>
#include <span>

namespace modscope {

/// A sample after everything that comes before the engine.
struct PreparedItem {
    TokenIds tokens; ///< empty without text
    Image square;    ///< empty without a picture
    Presence present;
    int imageFrames = 0;
    PredictionTimings timings;
};

/// Reads, decodes, resizes and tokenises. Threads: const; any number at once.
class ItemPreparer {
public:
    ItemPreparer(std::shared_ptr<const Tokenizer> tokenizer, ImageProcessor processor, DecodeOptions limits);

    /// Errors: NoContent with neither text nor picture; ParseError for a text that is not UTF-8; what reading and
    /// decoding the picture reports; OutOfMemory.
    [[nodiscard]] Result<PreparedItem> prepare(const Sample& sample) const;
    /// Errors: NoContent without a picture, else as prepare().
    [[nodiscard]] Result<PreparedPicture> preparePicture(const Sample& sample) const;

private:
    [[nodiscard]] Result<PreparedPicture> decodeAndResize(std::span<const std::byte> bytes) const;

    std::shared_ptr<const Tokenizer> m_tokenizer;
    ImageProcessor m_processor;
    DecodeOptions m_limits;
    mutable std::mutex m_largePicture; // held while a picture of many megapixels is in memory: one at a time
};

} // namespace modscope
