#pragma once

#include "core/base/error.h"
#include "core/image/decode.h"
#include "core/image/image.h"
#include "core/ocr/ocr_text.h"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace modscope {

struct OcrOptions {
    std::vector<std::string> languages; ///< empty: English, or else what is there
    std::filesystem::path dataFolder;   ///< with the language files; empty: where packages put them
    DecodeOptions limits;               ///< of pictures that are decoded here; they are always turned upright
};

/// Reads the captions of pictures with Tesseract 5: light and dark strokes apart, the reading that says more wins.
/// Writes nothing to the standard streams. Each reader is one recogniser of about 30 MB.
/// Threads: one at a time; several readers may work at once, each computing on its caller's thread only.
class OcrReader {
public:
    /// Errors: Unavailable without language files (the message names the package); ParseError for a damaged one.
    [[nodiscard]] static Result<OcrReader> open(const OcrOptions& options = {});
    ~OcrReader();
    OcrReader(OcrReader&& other) noexcept;
    OcrReader& operator=(OcrReader&& other) noexcept;

    /// @param picture  RGB8; boxes in the result are in its pixels
    /// Errors: InvalidArgument (no pixel), Cancelled, OutOfMemory, Internal.
    [[nodiscard]] Result<OcrText> read(const Image& picture, const std::stop_token& stop = {});
    /// Decodes, turns upright and reads. Errors: also those of decodeImage().
    [[nodiscard]] Result<OcrText> read(std::span<const std::byte> bytes, const std::stop_token& stop = {});
    /// As above; messages name the file.
    [[nodiscard]] Result<OcrText> readFile(const std::filesystem::path& path, const std::stop_token& stop = {});

    [[nodiscard]] const std::string& languages() const; ///< "eng+deu"

private:
    struct Recogniser;
    explicit OcrReader(std::unique_ptr<Recogniser> recogniser);
    std::unique_ptr<Recogniser> m_recogniser;
};

} // namespace modscope
