#pragma once

#include <QString>

#include <string>

namespace modscope::ui {

/// Text of a file nobody vouches for, made safe to show: control characters and those that turn the writing direction
/// around are spelled out (<U+202E>), so that what is read is what is there. Line ends and tabs stay when `lines` is
/// true.
[[nodiscard]] QString visibleText(const QString& text, bool lines = false);
/// The same of UTF-8.
[[nodiscard]] QString visibleText(const std::string& text, bool lines = false);

} // namespace modscope::ui
