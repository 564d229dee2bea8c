#pragma once

#include "core/review/known_answers.h"
#include "core/review/own_value.h"
#include "ui/models/caption_mask.h"
#include "ui/models/team_table.h"

#include <QString>

#include <string>
#include <vector>

namespace modscope::ui {

/// "7 of 8 known items as agreed; see the one that differs"; empty when none was answered.
[[nodiscard]] QString knownSentence(const std::vector<KnownAnswer>& known);
/// "Your decisions corrected 31 model errors and raised recall for Religion by 0.03 (0.00 to 0.06)."; empty when
/// nothing was decided that a model scored.
[[nodiscard]] QString valueSentence(const OwnValue& value, const std::vector<std::string>& labels);

/// One's own work in words, private to oneself: known items and where an answer differs, then what the decisions of the
/// week did for the model's labels. What is not defined is said to be so.
/// @param mask  covers targeted terms in the items' texts
[[nodiscard]] std::vector<TeamCard> ownCards(const std::vector<KnownAnswer>& known,
                                             const OwnValue& value,
                                             const std::vector<std::string>& labels,
                                             const CaptionMask& mask);

} // namespace modscope::ui
