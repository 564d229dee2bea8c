#pragma once

class QWidget;

namespace modscope::ui {

/// Brings a widget's layout margins, spacing, icon size and fixed sizes to a scale. What they are at the first call is
/// taken as 100 % and remembered on the widget, so that scaling there and back leaves nothing behind.
void applyScale(QWidget* widget, int percent);

} // namespace modscope::ui
