#include "ui/models/suggestions.h"

#include <algorithm>

namespace modscope::ui {

std::vector<std::optional<float>> suggestions(const ReviewTaskView& task)
{
    std::vector<std::optional<float>> found(task.labels.size());
    if (task.scoresHidden) {
        return found;
    }
    for (const ClassScores& scores : task.scores) {
        const auto label = std::find(task.labels.begin(), task.labels.end(), scores.label);
        if (label == task.labels.end()) {
            continue;
        }
        auto& suggested = found[static_cast<std::size_t>(label - task.labels.begin())];
        for (const ModelScore& score : scores.models) {
            if (score.flagged) {
                suggested = std::max(suggested.value_or(0), score.probability);
            }
        }
    }
    return found;
}

} // namespace modscope::ui
