#pragma once

#include <QImage>
#include <QSize>
#include <QString>

#include <vector>

class QPainter;
class QRect;

namespace modscope::ui {

class Theme;

/// What is drawn of a picture: the same picture at falling sizes, so that painting never scales far.
struct CanvasPicture {
    std::vector<QImage> levels;     ///< empty: no picture
    std::vector<QImage> greyLevels; ///< parallel to levels
    QImage covered;
    QSize size;   ///< of the file, pixels
    QString chip; ///< "frame 1 of 24"; may be empty
};

/// How long a covered picture stays open while it is held.
inline constexpr int kRevealLimitMs = 8000;

/// The smallest level at least `width` device pixels wide; the largest where none is.
/// Precondition: levels is not empty.
[[nodiscard]] const QImage& levelFor(const std::vector<QImage>& levels, double width);

/// Words in place of a picture, below an icon, in the middle of `rect`.
void paintPictureMessage(
    QPainter& painter, const Theme& theme, const QRect& rect, const QString& icon, const QString& text);

} // namespace modscope::ui
