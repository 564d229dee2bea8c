#pragma once

#include "core/ocr/ocr_pool.h"

#include <memory>
#include <string>

namespace CLI {
class App;
}

namespace modscope::cli {

/// The options of commands that can read the text of pictures, as typed.
struct OcrChoice {
    std::string mode = "off"; ///< off, auto or always
    std::string languages;    ///< "eng+deu"; empty: chosen by OcrOptions
};

void addOcrOptions(CLI::App& command, OcrChoice& choice);

[[nodiscard]] OcrMode ocrMode(const OcrChoice& choice);
/// Errors: as OcrReader::open().
[[nodiscard]] Result<OcrReader> openOcrReader(const OcrChoice& choice);
/// No pool when OCR is off. Errors: as OcrPool::open().
/// @param threads  0 = one reader a core
[[nodiscard]] Result<std::unique_ptr<OcrPool>> openOcrPool(const OcrChoice& choice, int threads);

} // namespace modscope::cli
