#include "ui/models/text_note.h"

#include "ui/models/visible_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace modscope::ui {

namespace {

struct NoteText {
    Q_DECLARE_TR_FUNCTIONS(TextNote)
};

QString percent(float share)
{
    return QLocale().toString(std::lround(share * 100));
}

// "Tesseract (eng). 2 doubtful words were left out."
QString details(const OcrText& reading)
{
    QString text = NoteText::tr("Tesseract (%1).", "its languages").arg(visibleText(reading.languages));
    if (reading.droppedWords > 0) {
        text +=
            u' ' + NoteText::tr("%n doubtful word(s) were left out.", nullptr, static_cast<int>(reading.droppedWords));
    }
    return text;
}

// Why a picture that was read has no text.
TextNote noTextNote(const Result<OcrText>& reading)
{
    if (reading) {
        return {NoteText::tr("OCR found no text"), details(*reading)};
    }
    const bool missing = reading.error().code == ErrorCode::Unavailable;
    return {missing ? NoteText::tr("OCR files missing: type the text yourself") : NoteText::tr("OCR could not read it"),
            visibleText(reading.error().message)};
}

TextNote tableNote(const ClassifyItem& item, const OcrText* reading)
{
    TextNote note{NoteText::tr("From CSV"), item.origin};
    if (reading != nullptr && !reading->words.empty()) {
        note.tip +=
            u'\n' +
            NoteText::tr("OCR reads, %1% sure: %2").arg(percent(reading->confidence), visibleText(reading->text));
    }
    return note;
}

} // namespace

TextNote textNote(const ClassifyItem& item)
{
    if (item.beingRead) {
        return {NoteText::tr("Reading the text"), {}};
    }
    const OcrText* reading = item.reading && item.reading->has_value() ? &**item.reading : nullptr;
    switch (item.textOrigin) {
    case TextOrigin::Ocr:
        return reading == nullptr ? TextNote{}
                                  : TextNote{NoteText::tr("Read by OCR, %1% sure").arg(percent(reading->confidence)),
                                             details(*reading)};
    case TextOrigin::Table:
        return tableNote(item, reading);
    case TextOrigin::Unset:
        return item.reading && !item.sample.hasText() ? noTextNote(*item.reading) : TextNote{};
    case TextOrigin::Person:
        break;
    }
    return {};
}

} // namespace modscope::ui
