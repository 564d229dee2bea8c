#pragma once

#include <QDir>

namespace modscope::bench {

/// Draws `count` different JPEG memes (600 to 1600 pixels wide, a coloured scene, noise, two lines of text) into a
/// folder: the same ones every time. Those that are there already are kept.
/// @return false when a file cannot be written
[[nodiscard]] bool drawMemes(const QDir& folder, int count);

} // namespace modscope::bench
