// Identical pictures with identical text are scored once: the others wait for the first one's answers.
#include "ui/controllers/classify_controller.h"

#include <array>
#include <vector>

namespace modscope::ui {

namespace {

bool isComplete(const ClassifyItem& item)
{
    return item.state == ItemState::Scored || item.state == ItemState::Failed;
}

} // namespace

void ClassifyController::followOriginal(ItemId duplicate, ItemId original)
{
    const auto* first = m_items.find(original);
    if (first == nullptr) { // removed meanwhile
        enqueue(std::array{duplicate});
        return;
    }
    m_followers[original].push_back(duplicate);
    answerFollowers(original);
}

void ClassifyController::answerFollowers(ItemId original)
{
    const auto followers = m_followers.find(original);
    const auto* first = m_items.find(original);
    if (followers == m_followers.end() || first == nullptr || !isComplete(*first)) {
        return;
    }
    std::vector<ScoreEvent> answers;
    for (const ItemId id : followers->second) {
        for (std::size_t model = 0; model < first->outcomes.size(); ++model) {
            answers.push_back({id, ScoreEvent::Answer{model, first->outcomes[model]}});
        }
    }
    m_followers.erase(followers);
    m_items.apply(answers);
}

} // namespace modscope::ui
