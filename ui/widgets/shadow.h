#pragma once

#include <QPainter>

namespace modscope::ui {

class Theme;

/// Room for the shadow on each side of what paintRaised() draws.
inline constexpr int kShadowWidth = 18;

/// Draws a raised surface with border and soft shadow; the surface is `rect` less kShadowWidth on each side.
void paintRaised(QPainter& painter, const Theme& theme, const QRect& rect, qreal radius);

} // namespace modscope::ui
