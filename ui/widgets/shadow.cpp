#include "ui/widgets/shadow.h"

#include "ui/theme/theme.h"

#include <array>

namespace modscope::ui {

void paintRaised(QPainter& painter, const Theme& theme, const QRect& rect, qreal radius)
{
    constexpr std::array<int, 4> kLayers{2, 6, 11, 16}; // how far each layer reaches, pixels
    const QRectF surface = QRectF(rect).adjusted(kShadowWidth, kShadowWidth, -kShadowWidth, -kShadowWidth);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    QColor shade(Qt::black);
    shade.setAlphaF(theme.scheme() == Scheme::Light ? 0.025F : 0.10F);
    painter.setBrush(shade);
    for (const int reach : kLayers) {
        painter.drawRoundedRect(surface.adjusted(-reach, 2 - reach, reach, 2 + reach), radius + reach, radius + reach);
    }
    painter.setPen(theme.color(Token::Line));
    painter.setBrush(theme.color(Token::Raised));
    painter.drawRoundedRect(surface.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    painter.restore();
}

} // namespace modscope::ui
