#include "app/cli/captioned_source.h"

#include "core/data/prediction_table.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace modscope::cli {

namespace {

constexpr std::array<const char*, 2> kColumns{"ocr_text", "ocr_confidence"};

} // namespace

CaptionedSource::CaptionedSource(SampleSource source, OcrMode mode, std::unique_ptr<OcrPool> pool)
    : m_source(std::move(source)), m_mode(mode), m_pool(std::move(pool)), m_columns(m_source.columns())
{
    if (m_mode != OcrMode::Off) {
        m_columns.insert(m_columns.end(), kColumns.begin(), kColumns.end());
    }
}

Result<CaptionedSource> CaptionedSource::open(SampleSource source, OcrMode mode, std::unique_ptr<OcrPool> pool)
{
    for (const char* column : kColumns) {
        const auto& columns = source.columns();
        if (mode != OcrMode::Off && std::find(columns.begin(), columns.end(), column) != columns.end()) {
            return fail(ErrorCode::Mismatch,
                        std::string("the input already has a column ") + column + "; rename it, or leave out --ocr");
        }
    }
    return CaptionedSource(std::move(source), mode, std::move(pool));
}

Result<std::optional<SourceItem>> CaptionedSource::next(const std::stop_token& stop)
{
    if (m_mode == OcrMode::Off) {
        return m_source.next();
    }
    if (auto filled = readAhead(); !filled) {
        return fail(filled.error());
    }
    if (m_ahead.empty()) {
        return std::nullopt;
    }
    Ahead& first = m_ahead.front();
    constexpr std::chrono::milliseconds kPatience{50};
    while (first.reading && first.reading->wait_for(kPatience) != std::future_status::ready) {
        if (stop.stop_requested()) {
            return fail(ErrorCode::Cancelled, "Cancelled while the text of a picture was read");
        }
    }
    SourceItem item = std::move(first.item);
    if (first.reading) {
        addReading(item, first.reading->get());
    } else {
        item.fields.resize(m_columns.size());
    }
    m_ahead.pop_front();
    return item;
}

Result<void> CaptionedSource::readAhead()
{
    while (!m_ended && m_ahead.size() < 2 * m_pool->workers()) {
        auto item = m_source.next();
        if (!item) {
            return fail(item.error());
        }
        if (!*item) {
            m_ended = true;
            break;
        }
        Ahead ahead{std::move(**item), std::nullopt};
        const Sample& sample = ahead.item.sample;
        if (!ahead.item.error && wantsReading(m_mode, sample.hasText(), sample.hasImage())) {
            ahead.reading = m_pool->submit({sample.imagePath, sample.imageBytes});
        }
        m_ahead.push_back(std::move(ahead));
    }
    return {};
}

void addReading(SourceItem& item, const Result<OcrText>& reading)
{
    if (!reading) {
        const std::string place = item.place.empty() ? "" : item.place + ": ";
        item.error = Error{reading.error().code, place + reading.error().message};
        item.fields.resize(item.fields.size() + kColumns.size());
        return;
    }
    item.fields.push_back(reading->text);
    item.fields.push_back(shortestDecimal(reading->confidence));
    item.reading = OcrFields{reading->text, reading->confidence};
    if (!item.sample.hasText()) {
        item.sample.text = reading->text;
    }
}

} // namespace modscope::cli
