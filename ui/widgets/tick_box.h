#pragma once

#include <QColor>
#include <QRect>

class QPainter;

namespace modscope::ui {

class Theme;

/// A check box as rows and cards draw it: empty, or filled with `ink` and ticked.
void paintTickBox(QPainter& painter, const Theme& theme, const QRect& box, const QColor& ink, bool ticked);

} // namespace modscope::ui
