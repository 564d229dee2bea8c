#include "ui/widgets/elided_label.h"

namespace modscope::ui {

namespace {

constexpr int kSmallestLabel = 48;

} // namespace

void ElidedLabel::setFullText(const QString& text)
{
    m_full = text;
    setToolTip(text);
    setAccessibleName(text);
    elide();
    updateGeometry();
}

QSize ElidedLabel::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_full) + padding() + 2, QLabel::sizeHint().height()};
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {kSmallestLabel, QLabel::minimumSizeHint().height()};
}

void ElidedLabel::resizeEvent(QResizeEvent* event)
{
    QLabel::resizeEvent(event);
    elide();
}

// Of the style sheet, which a chip has and plain words have not.
int ElidedLabel::padding() const
{
    return QLabel::sizeHint().width() - fontMetrics().horizontalAdvance(text());
}

void ElidedLabel::elide()
{
    setText(fontMetrics().elidedText(m_full, Qt::ElideMiddle, width() - padding()));
}

} // namespace modscope::ui
