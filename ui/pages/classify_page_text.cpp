// The text of the item in front: typed, pasted, or read in its picture.
#include "ui/pages/classify_centre.h"
#include "ui/pages/classify_page.h"
#include "ui/settings/settings.h"
#include "ui/widgets/text_card.h"

namespace modscope::ui {

void ClassifyPage::connectText()
{
    connect(m_centre->textCard(), &TextCard::textEdited, this, &ClassifyPage::editText);
    connect(&m_work->classify, &ClassifyController::textRead, this, [this](ItemId id) {
        if (id == currentItem()) {
            m_work->explainer.textEdited(); // where its scores come from has changed with the text
        }
    });
    connect(&m_work->classify, &ClassifyController::nothingRead, this, [this](ItemId, const QString& reason) {
        Q_EMIT toastRaised(reason.isEmpty() ? tr("OCR found no text in this picture.")
                                            : tr("The text was not read: %1").arg(reason),
                           {});
    });
    connect(m_settings, &Settings::ocrChanged, &m_work->classify, &ClassifyController::setOcr);
    m_work->classify.setOcr(m_settings->preferences().ocr);
}

// Words belong to the picture in front when it has none; otherwise they are an item of their own: nothing is
// overwritten.
void ClassifyPage::useText(const QString& text)
{
    const auto* item = current();
    if (item == nullptr || !item->sample.text.empty() || item->inputError) {
        m_work->classify.addText(text);
        return;
    }
    m_centre->textCard()->updateText(text);
    editText(text);
}

void ClassifyPage::editText(const QString& text)
{
    m_work->classify.setText(currentItem(), text);
    m_work->explainer.textEdited();
}

} // namespace modscope::ui
