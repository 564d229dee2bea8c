#pragma once

#include <QList>
#include <QPixmap>

namespace modscope::ui {

class Theme;

/// A drawn landscape beside the same one as it looks covered, to choose the blur by.
/// @param sigmas  of each blur, as a share of the picture's longer side
[[nodiscard]] QPixmap coverPreview(const Theme& theme, const QList<double>& sigmas, bool grey, qreal devicePixelRatio);

} // namespace modscope::ui
