#pragma once

#include <QString>

namespace modscope::ui {

class Theme;

/// The one style sheet of the application, in the theme's colours and at its scale.
[[nodiscard]] QString styleSheet(const Theme& theme);

} // namespace modscope::ui
