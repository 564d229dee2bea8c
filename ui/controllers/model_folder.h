#pragma once

#include <QString>

namespace modscope::ui {

/// Whether a file or folder on disk looks like a run or a checkpoint, by the names in it: for drops.
[[nodiscard]] bool looksLikeModel(const QString& path);
/// Whether it is a file of Python's pickle format, which can run code when it is opened.
[[nodiscard]] bool isPickled(const QString& path);

} // namespace modscope::ui
