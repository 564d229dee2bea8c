#pragma once

#include <QPixmap>

namespace modscope::ui {

class Theme;

/// A drawn landscape beside the same one as it looks covered, to choose the blur by.
/// @param sigma  of the blur, as a share of the picture's longer side
[[nodiscard]] QPixmap coverPreview(const Theme& theme, double sigma, bool grey, qreal devicePixelRatio);

} // namespace modscope::ui
