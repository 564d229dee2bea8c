#pragma once

#include "ui/models/caption_mask.h"

#include <QWidget>

class QLabel;

namespace modscope::ui {

class Card;
class MaskedText;
class Theme;

/// "Text": the caption of an item, what OCR read where that differs, and a chip that says where the words come from.
class CaptionView final : public QWidget {
    Q_OBJECT
public:
    explicit CaptionView(const Theme* theme, QWidget* parent = nullptr);

    /// The list of words to hide; an empty one hides none.
    void setMask(const CaptionMask& mask);
    void setTexts(const QString& caption, const QString& ocrText);
    /// The key named in "Hold T to unmask".
    void setUnmaskKey(const QString& key);
    [[nodiscard]] MaskedText* caption() const { return m_caption; }
    [[nodiscard]] MaskedText* ocr() const { return m_ocr; }

public Q_SLOTS:
    void unmask(bool shows);

private:
    void refresh();

    Card* m_card;
    QLabel* m_hint;
    QLabel* m_empty;
    MaskedText* m_caption;
    QLabel* m_ocrTitle;
    MaskedText* m_ocr;
    QLabel* m_chip;
    CaptionMask m_mask;
    QString m_captionText;
    QString m_ocrText;
    QString m_key;
};

} // namespace modscope::ui
