#include "ui/widgets/tick_box.h"

#include "ui/theme/theme.h"

#include <QPainter>

namespace modscope::ui {

void paintTickBox(QPainter& painter, const Theme& theme, const QRect& box, const QColor& ink, bool ticked)
{
    const QRectF square = QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(QPen(ink, 1.2));
    painter.setBrush(ticked ? ink : theme.color(Token::Surface));
    painter.drawRoundedRect(square, theme.px(3), theme.px(3));
    if (ticked) {
        const qreal unit = square.width() / 10;
        painter.setPen(QPen(theme.color(Token::Surface), theme.px(1.8), Qt::SolidLine, Qt::RoundCap));
        painter.drawPolyline(QPolygonF{square.topLeft() + QPointF(2.2 * unit, 5.2 * unit),
                                       square.topLeft() + QPointF(4.2 * unit, 7.2 * unit),
                                       square.topLeft() + QPointF(7.9 * unit, 3 * unit)});
    }
}

} // namespace modscope::ui
