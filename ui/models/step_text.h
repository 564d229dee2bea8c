#pragma once

#include "core/review/decision.h"
#include "core/review/event.h"
#include "core/review/item.h"

#include <QString>

#include <string>
#include <vector>

namespace modscope::ui {

/// What a step was, in few words: "Religion", "skipped".
/// @param answers  of a decision, parallel to `labels`; empty for one whose answers are not shown
[[nodiscard]] QString stepText(Step step, const std::vector<Answer>& answers, const std::vector<std::string>& labels);
/// Listed in resources/icons.txt; empty: a tick.
[[nodiscard]] QString stepIcon(Step step);
/// What an event that is no step did to an item: "imported"; empty for one that says nothing of it.
[[nodiscard]] QString eventText(EventKind kind);
/// "under 1 min", "4 min", "3 h", "2 days"
[[nodiscard]] QString durationText(qint64 ms);

} // namespace modscope::ui
