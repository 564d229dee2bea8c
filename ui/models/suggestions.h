#pragma once

#include "ui/models/review_task_view.h"

#include <optional>
#include <vector>

namespace modscope::ui {

/// The model's suggestions, parallel to the task's labels: the highest probability of a model that flags the class;
/// unset where none does, or they are hidden.
[[nodiscard]] std::vector<std::optional<float>> suggestions(const ReviewTaskView& task);

} // namespace modscope::ui
