#pragma once

#include "ui/models/verdict.h"

#include <vector>

namespace modscope::ui {

/// How strongly an item's picture is covered: by what the models say of it, as far as the person may know that.
enum class CoverBand {
    Low,    ///< every model says clearly that no class applies
    Normal, ///< all others, and every item whose scores are hidden or not there: the cover tells nothing of them
    Top,    ///< a class is as probable as a severe item's (ReviewRules::severeFrom)
};

/// @param scores      empty where they are hidden or there are none
/// @param severeFrom  probability
[[nodiscard]] CoverBand coverBand(const std::vector<ClassScores>& scores, double severeFrom);

} // namespace modscope::ui
