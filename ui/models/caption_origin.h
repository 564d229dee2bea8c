#pragma once

#include <QString>

namespace modscope::ui {

/// Where the words of an item come from.
enum class CaptionOrigin {
    None,    ///< there are none
    Caption, ///< they came with the item
    Picture, ///< OCR read them
    Agree,   ///< both, and they say the same
    Differ,  ///< both, and they do not
};

/// Caption and OCR agree when they are equal after NFKC and case folding and with all white space as one space.
[[nodiscard]] CaptionOrigin captionOrigin(const QString& caption, const QString& ocrText);

} // namespace modscope::ui
