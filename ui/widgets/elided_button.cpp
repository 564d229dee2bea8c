#include "ui/widgets/elided_button.h"

#include <QStyleOptionButton>
#include <QStylePainter>

namespace modscope::ui {

namespace {

constexpr int kSmallestButton = 48;

} // namespace

ElidedButton::ElidedButton(QWidget* parent) : QPushButton(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

QSize ElidedButton::minimumSizeHint() const
{
    return {kSmallestButton, sizeHint().height()};
}

void ElidedButton::paintEvent(QPaintEvent* /*event*/)
{
    QStylePainter painter(this);
    QStyleOptionButton option;
    initStyleOption(&option);
    const QRect room = style()->subElementRect(QStyle::SE_PushButtonContents, &option, this);
    option.text = option.fontMetrics.elidedText(text(), Qt::ElideMiddle, room.width());
    painter.drawControl(QStyle::CE_PushButton, option);
}

} // namespace modscope::ui
