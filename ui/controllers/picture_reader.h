#pragma once

#include "core/ocr/ocr_pool.h"

#include <cstddef>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <vector>

namespace modscope::ui {

/// What reads the text of pictures. Behind it is OCR's pool, or a made-up reader in tests.
/// Threads: any.
class PictureReader {
public:
    virtual ~PictureReader() = default;

    /// As OcrPool::submit().
    [[nodiscard]] virtual std::future<Result<OcrText>> submit(OcrPicture picture) = 0;
    /// Pictures that are read at the same time, at least one.
    [[nodiscard]] virtual std::size_t workers() const = 0;
};

/// Opens a reader on a worker. Errors: as OcrReader::open().
/// The languages are Tesseract's names; none: English, or else what is there.
using OpenPictureReader =
    std::function<Result<std::shared_ptr<PictureReader>>(const std::vector<std::string>& languages)>;

/// Tesseract on half of the cores: the others score meanwhile.
[[nodiscard]] Result<std::shared_ptr<PictureReader>> openPictureReader(const std::vector<std::string>& languages);

} // namespace modscope::ui
