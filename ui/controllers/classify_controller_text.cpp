// Where the text of items comes from: people, and OCR.
#include "ui/controllers/classify_controller.h"

#include <algorithm>
#include <array>
#include <utility>

namespace modscope::ui {

namespace {

OcrPicture pictureOf(const Sample& sample)
{
    return {sample.imagePath, sample.imageBytes};
}

bool hasWords(const OcrReading& reading)
{
    return reading->has_value() && !(*reading)->words.empty();
}

} // namespace

void ClassifyController::setOcr(const OcrPreferences& ocr)
{
    m_ocrMode = ocr.when == OcrWhen::Never    ? OcrMode::Off
                : ocr.when == OcrWhen::Always ? OcrMode::Always
                                              : OcrMode::Auto;
    std::vector<std::string> languages;
    for (const QString& language : ocr.languages.split(u'+', Qt::SkipEmptyParts)) {
        languages.push_back(language.toStdString());
    }
    m_captions.setLanguages(std::move(languages));
}

bool ClassifyController::wantsText(const ClassifyItem& item) const
{
    return !item.reading && item.textOrigin != TextOrigin::Person &&
           wantsReading(m_ocrMode, item.sample.hasText(), item.sample.hasImage());
}

void ClassifyController::requestReadings(std::span<const ItemId> ids)
{
    for (const ItemId id : ids) {
        const Sample& sample = m_items.find(id)->sample;
        const auto purpose = sample.hasText() ? ReadPurpose::Beside : ReadPurpose::BeforeScoring;
        m_captions.add({id, pictureOf(sample), purpose});
    }
    m_items.setBeingRead(ids, true);
    if (!ids.empty()) {
        startPulse();
    }
}

void ClassifyController::setText(ItemId id, const QString& text)
{
    m_captions.drop(std::array{id});
    m_items.setBeingRead(std::array{id}, false);
    m_queue->drop(std::array{id});
    m_queue->forget(id);
    m_edited.insert(id);
    m_items.setText(id, text.toStdString(), TextOrigin::Person);
}

void ClassifyController::readAgain(std::span<const ItemId> ids)
{
    m_captions.forgetFailure(); // its files may be there by now
    const auto request = [this](ItemId id) {
        const auto* item = m_items.find(id);
        if (item == nullptr || item->inputError || !item->sample.hasImage()) {
            return;
        }
        m_captions.addFirst({id, pictureOf(item->sample), ReadPurpose::Again});
        m_items.setBeingRead(std::array{id}, true);
    };
    std::for_each(ids.rbegin(), ids.rend(), request); // in front of all others, in their own order
    startPulse();
    refreshStatus();
}

void ClassifyController::takeReadings()
{
    auto reads = std::exchange(m_readings, {});
    for (auto& read : m_captions.take()) {
        reads.push_back(std::move(read));
    }
    for (auto& read : reads) {
        const auto* item = m_items.find(read.id);
        if (item != nullptr && item->state == ItemState::Scoring && read.purpose == ReadPurpose::Again) {
            m_readings.push_back(std::move(read)); // its answers would be of the former text
        } else if (item != nullptr) {
            useReading(read);
        }
    }
    startScoring();
}

void ClassifyController::useReading(const PictureRead& read)
{
    if (read.purpose == ReadPurpose::Again) {
        replaceText(read.id, read.reading);
        return;
    }
    m_items.setReading(read.id, read.reading);
    if (read.purpose == ReadPurpose::Beside) {
        return;
    }
    // Without words, or when OCR failed, the picture is scored alone; the text card says so.
    if (hasWords(read.reading)) {
        m_items.setText(read.id, (*read.reading)->text, TextOrigin::Ocr);
        Q_EMIT textRead(read.id);
    }
    enqueue(std::array{read.id});
}

void ClassifyController::replaceText(ItemId id, const OcrReading& reading)
{
    const OcrReading former = m_items.find(id)->reading;
    m_items.setReading(id, hasWords(reading) || !former ? reading : former);
    if (!hasWords(reading)) {
        if (isPending(*m_items.find(id))) { // it waited for its first reading when the person asked
            enqueue(std::array{id});
        }
        Q_EMIT nothingRead(id, *reading ? QString() : QString::fromStdString(reading->error().message));
        return;
    }
    m_queue->forget(id);
    m_items.setText(id, (*reading)->text, TextOrigin::Ocr);
    scoreAgain(std::array{id});
    Q_EMIT textRead(id);
}

} // namespace modscope::ui
