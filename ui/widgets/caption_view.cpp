#include "ui/widgets/caption_view.h"

#include "ui/models/caption_origin.h"
#include "ui/theme/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/masked_text.h"

#include <QLabel>
#include <QVBoxLayout>

namespace modscope::ui {

CaptionView::CaptionView(const Theme* theme, QWidget* parent)
    : QWidget(parent), m_card(new Card(tr("Text"))), m_hint(new QLabel), m_empty(new QLabel(tr("No text."))),
      m_caption(new MaskedText(theme)), m_ocrTitle(new QLabel(tr("Read from the picture"))),
      m_ocr(new MaskedText(theme)), m_chip(new QLabel)
{
    setRole(m_hint, "secondary");
    setRole(m_empty, "secondary");
    setRole(m_ocrTitle, "secondary");
    setRole(m_chip, "chip");
    m_caption->setAccessibleName(tr("Text"));
    m_ocr->setAccessibleName(tr("Read from the picture"));
    m_card->addTitleWidget(m_hint);
    m_card->body()->addWidget(m_empty);
    m_card->body()->addWidget(m_caption);
    m_card->body()->addWidget(m_ocrTitle);
    m_card->body()->addWidget(m_ocr);
    m_card->body()->addWidget(m_chip, 0, Qt::AlignLeading);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_card);
    refresh();
}

void CaptionView::setMask(const CaptionMask& mask)
{
    m_mask = mask;
    refresh();
}

void CaptionView::setTexts(const QString& caption, const QString& ocrText)
{
    m_captionText = caption;
    m_ocrText = ocrText;
    refresh();
}

void CaptionView::setUnmaskKey(const QString& key)
{
    m_key = key;
    refresh();
}

void CaptionView::unmask(bool shows)
{
    m_caption->unmask(shows);
    m_ocr->unmask(shows);
}

void CaptionView::refresh()
{
    unmask(false);
    const CaptionOrigin origin = captionOrigin(m_captionText, m_ocrText);
    const QString first = origin == CaptionOrigin::Picture ? m_ocrText : m_captionText;
    m_caption->setText(first, m_mask.spans(first));
    const bool differs = origin == CaptionOrigin::Differ;
    const QString second = differs ? m_ocrText : QString();
    m_ocr->setText(second, m_mask.spans(second));
    m_empty->setVisible(origin == CaptionOrigin::None);
    m_caption->setVisible(origin != CaptionOrigin::None);
    m_ocrTitle->setVisible(differs);
    m_ocr->setVisible(differs);
    switch (origin) {
    case CaptionOrigin::Agree:
        m_chip->setText(tr("Caption and OCR agree"));
        break;
    case CaptionOrigin::Differ:
        m_chip->setText(tr("Caption and OCR differ"));
        break;
    case CaptionOrigin::Picture:
        m_chip->setText(tr("Read from the picture"));
        break;
    case CaptionOrigin::None:
    case CaptionOrigin::Caption:
        m_chip->clear();
        break;
    }
    m_chip->setVisible(!m_chip->text().isEmpty());
    const bool masked = m_caption->hasMaskedWords() || m_ocr->hasMaskedWords();
    m_hint->setText(m_key.isEmpty() ? tr("Press a block to read it") : tr("Hold %1 to unmask").arg(m_key));
    m_hint->setVisible(masked);
}

} // namespace modscope::ui
