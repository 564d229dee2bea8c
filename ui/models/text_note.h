#pragma once

#include "ui/models/classify_item.h"

#include <QString>

namespace modscope::ui {

/// What stands beside an item's text: where it comes from and how sure that is.
struct TextNote {
    QString chip; ///< "Read by OCR, 94% sure"; empty: nothing to say
    QString tip;  ///< the whole of it

    bool operator==(const TextNote&) const = default;
};

[[nodiscard]] TextNote textNote(const ClassifyItem& item);

} // namespace modscope::ui
