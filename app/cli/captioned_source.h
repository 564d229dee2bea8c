#pragma once

#include "app/cli/sample_source.h"
#include "core/ocr/ocr_pool.h"

#include <deque>
#include <future>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace modscope::cli {

/// A source whose pictures are read ahead by OCR, while the items before them are scored. With OCR on, columns and
/// fields end with ocr_text and ocr_confidence (empty where a picture was not read), and an item without text gets the
/// reading as its text. A picture that cannot be read makes its item's error.
class CaptionedSource {
public:
    /// @param pool  nothing when the mode is Off
    /// Errors: Mismatch if the input has a column of these names itself.
    [[nodiscard]] static Result<CaptionedSource> open(SampleSource source, OcrMode mode, std::unique_ptr<OcrPool> pool);

    [[nodiscard]] const std::vector<std::string>& columns() const { return m_columns; }
    /// As SampleSource::next(). After a stop, which is answered within 50 ms, Cancelled.
    [[nodiscard]] Result<std::optional<SourceItem>> next(const std::stop_token& stop);
    [[nodiscard]] std::optional<double> fraction() const { return m_source.fraction(); }

private:
    struct Ahead {
        SourceItem item;
        std::optional<std::future<Result<OcrText>>> reading;
    };

    CaptionedSource(SampleSource source, OcrMode mode, std::unique_ptr<OcrPool> pool);
    [[nodiscard]] Result<void> readAhead();

    SampleSource m_source;
    OcrMode m_mode;
    std::unique_ptr<OcrPool> m_pool;
    std::vector<std::string> m_columns;
    std::deque<Ahead> m_ahead;
    bool m_ended = false;
};

/// Gives an item what OCR read in its picture.
void addReading(SourceItem& item, const Result<OcrText>& reading);

} // namespace modscope::cli
