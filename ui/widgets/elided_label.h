#pragma once

#include <QLabel>

namespace modscope::ui {

/// A label that gives way: what does not fit is left out in the middle, the whole text is its tooltip.
class ElidedLabel final : public QLabel {
    Q_OBJECT
public:
    using QLabel::QLabel;

    void setFullText(const QString& text);
    [[nodiscard]] const QString& fullText() const { return m_full; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    [[nodiscard]] int padding() const;
    void elide();

    QString m_full;
};

} // namespace modscope::ui
