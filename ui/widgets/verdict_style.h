#pragma once

#include "ui/models/classify_item.h"
#include "ui/theme/palette.h"

#include <QString>

namespace modscope::ui {

/// Icon and colours of an item's verdict or state.
struct VerdictStyle {
    QString icon;
    Token color = Token::Text2;
    Token soft = Token::Sunken; ///< behind text in `color`
};

[[nodiscard]] VerdictStyle verdictStyle(ItemState state, Verdict verdict);

} // namespace modscope::ui
