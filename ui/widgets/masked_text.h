#pragma once

#include "ui/models/caption_mask.h"

#include <QTextBrowser>

#include <vector>

namespace modscope::ui {

class Theme;

/// A text whose masked words are hatched blocks as wide as the words. Copying gives "[masked]", a screen reader hears
/// "masked word"; pressing a block shows that one word until the button is let go.
class MaskedText final : public QTextBrowser {
    Q_OBJECT
public:
    explicit MaskedText(const Theme* theme, QWidget* parent = nullptr);

    /// @param text  as it came; characters that nobody sees are spelled out
    void setText(const QString& text, const std::vector<TextSpan>& spans);
    /// All words at once, while the unmask key is held.
    void unmask(bool shows);
    [[nodiscard]] bool isUnmasked() const { return m_unmasked; }
    [[nodiscard]] bool hasMaskedWords() const { return !m_spans.empty(); }
    /// What is on the screen, with "[masked]" for a block.
    [[nodiscard]] QString shownText() const;
    /// Where the block of a masked word stands in the viewport; empty when the word is shown.
    [[nodiscard]] QRectF blockRect(int span) const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    [[nodiscard]] QMimeData* createMimeDataFromSelection() const override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void render();
    [[nodiscard]] bool isShown(int span) const { return m_unmasked || span == m_openSpan; }
    [[nodiscard]] int spanAt(const QPoint& position) const;

    const Theme* m_theme;
    QString m_text;
    std::vector<TextSpan> m_spans;
    bool m_unmasked = false;
    int m_openSpan = -1; ///< the one that the mouse holds open
};

} // namespace modscope::ui
