// The item in front while others work on it too, its past, and what it is no duplicate of.
#include "ui/controllers/review_controller.h"

#include <algorithm>

namespace modscope::ui {

void ReviewController::checkFront()
{
    if (!m_task || m_outdated) {
        return;
    }
    m_link->ask([task = m_task->task](ReviewDesk& desk) { return desk.session().changedSince(task); },
                [this, item = m_task->view.id,
                 version = m_task->task.lease.version](const Result<std::optional<TimeMs>>& since) {
                    const bool there = m_task && m_task->view.id == item && m_task->task.lease.version == version;
                    if (there && since && *since) {
                        m_outdated = true;
                        Q_EMIT itemChanged(**since);
                    }
                });
}

void ReviewController::lookAgain()
{
    if (m_busy || !m_task || !m_link->isOpen()) {
        return;
    }
    setBusy(true);
    m_link->ask([task = m_task->task,
                 queue = m_queues->currentQueue()](ReviewDesk& desk) { return desk.lookAgain(task, queue); },
                [this](Result<DeskTask> task) {
                    setBusy(false);
                    if (!m_task) {
                        return;
                    }
                    if (!task) {
                        Q_EMIT refused(errorText(task.error()));
                        leave(m_seen ? m_seen() : Seen{});
                        takeNext();
                        return;
                    }
                    m_task = std::move(*task);
                    m_claimed.start();
                    m_outdated = false;
                    Q_EMIT lookedAgain();
                    Q_EMIT claimChanged();
                });
}

void ReviewController::readOlderHistory()
{
    m_historyLimit += kHistoryPage;
    readHistory();
}

void ReviewController::readItemHistory(ReviewItemId item)
{
    m_link->ask([item](ReviewDesk& desk) { return desk.itemHistory(item); },
                [this, item](const Result<std::vector<ItemMoment>>& moments) {
                    if (moments) {
                        Q_EMIT itemHistoryRead(item, *moments);
                    } else {
                        Q_EMIT refused(errorText(moments.error()));
                    }
                });
}

void ReviewController::forgetDuplicates(const std::vector<ReviewItemId>& ids)
{
    if (m_task) {
        std::erase_if(m_task->view.duplicates, [&ids](const DuplicateView& view) {
            return std::find(ids.begin(), ids.end(), view.id) != ids.end();
        });
        Q_EMIT duplicatesParted(ids);
    }
    m_link->look();
}

void ReviewController::markNotSame(ReviewItemId one, ReviewItemId other)
{
    m_link->ask(
        [one, other](ReviewDesk& desk) -> Result<int> {
            const auto done = desk.session().store().markNotDuplicates(one, other);
            return done ? Result<int>(0) : fail(done.error());
        },
        [this, other](const Result<int>& done) {
            if (!done) {
                Q_EMIT notSaved(errorText(done.error()), false);
                return;
            }
            forgetDuplicates({other});
        });
}

void ReviewController::splitGroup(const std::vector<ReviewItemId>& apart)
{
    m_link->ask(
        [apart](ReviewDesk& desk) -> Result<int> {
            const auto done = desk.session().store().splitGroup(apart);
            return done ? Result<int>(0) : fail(done.error());
        },
        [this, apart](const Result<int>& done) {
            if (!done) {
                Q_EMIT notSaved(errorText(done.error()), false);
                return;
            }
            forgetDuplicates(apart);
            Q_EMIT groupSplit(static_cast<int>(apart.size()));
        });
}

} // namespace modscope::ui
