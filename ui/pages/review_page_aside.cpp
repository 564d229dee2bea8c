// What lies beside the item or over it while it stays claimed: the grid, two duplicates, the team, something to read.
#include "ui/pages/own_view.h"
#include "ui/pages/review_centre.h"
#include "ui/pages/review_compare_pane.h"
#include "ui/pages/review_page.h"
#include "ui/pages/team_view.h"
#include "ui/widgets/duplicate_strip.h"
#include "ui/widgets/item_history_panel.h"
#include "ui/widgets/policy_panel.h"

#include <QStackedWidget>

#include <algorithm>

namespace modscope::ui {

bool ReviewPage::isComparing() const
{
    return m_stack != nullptr && m_stack->currentWidget() == m_compare;
}

void ReviewPage::openGrid()
{
    cover();
    m_work->review.leaveForGrid(seen());
}

void ReviewPage::leaveGrid()
{
    m_work->review.resume();
}

void ReviewPage::compare()
{
    const ReviewTaskView& task = *m_work->review.task();
    cover();
    const ReviewItemId chosen = m_centre->duplicates()->currentDuplicate();
    const auto duplicate = std::find_if(task.duplicates.begin(), task.duplicates.end(),
                                        [chosen](const DuplicateView& one) { return one.id == chosen; });
    m_compare->open(task, duplicate != task.duplicates.end() ? *duplicate : task.duplicates.front(), m_mask);
    m_stack->setCurrentWidget(m_compare);
    m_registry->refresh();
    setFocus(Qt::OtherFocusReason);
}

void ReviewPage::leaveAside()
{
    m_compare->close();
    m_stack->setCurrentWidget(m_centre);
    m_registry->refresh();
    setFocus(Qt::OtherFocusReason);
}

bool ReviewPage::isAside() const
{
    return isComparing() || m_stack->currentWidget() == m_team || m_stack->currentWidget() == m_own;
}

void ReviewPage::toggleTeam()
{
    if (m_stack->currentWidget() == m_team) {
        leaveAside();
        return;
    }
    cover();
    m_team->open();
    m_stack->setCurrentWidget(m_team);
    m_registry->refresh();
}

bool ReviewPage::isReading() const
{
    return m_policy->isVisible() || m_itemHistory->isVisible();
}

bool ReviewPage::leaveReading()
{
    const bool reading = isReading();
    m_policy->close();
    m_itemHistory->close();
    return reading;
}

} // namespace modscope::ui
