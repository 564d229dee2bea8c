#include "ui/controllers/review_controller.h"

#include <algorithm>

namespace modscope::ui {

namespace {

constexpr int kClaimTickMs = 1000;

} // namespace

ReviewController::ReviewController(DeskLink* link, ReviewQueues* queues, ExposureLedger* ledger, QObject* parent)
    : QObject(parent), m_link(link), m_queues(queues), m_ledger(ledger)
{
    connect(link, &DeskLink::opened, this, [this] {
        setStage(ReviewStage::Loading);
        readHistory();
        if (m_active) {
            takeNext();
        }
    });
    connect(link, &DeskLink::closed, this, [this] {
        m_task.reset();
        m_visited.clear();
        m_passed.clear();
        m_history.clear();
        m_historyLimit = kHistoryPage;
        setWaiting(std::nullopt);
        setBusy(false);
        setStage(ReviewStage::Closed);
    });
    connect(link, &DeskLink::reachable, this, &ReviewController::askAgain);
    connect(link, &DeskLink::changed, this, &ReviewController::checkFront);
    connect(queues, &ReviewQueues::currentChanged, this, &ReviewController::queueChanged);
    connect(queues, &ReviewQueues::countsChanged, this, [this] {
        const bool waits = m_stage == ReviewStage::Empty && !m_queues->rows().empty() && m_queues->current() >= 0 &&
                           m_queues->rows().at(static_cast<std::size_t>(m_queues->current())).count > 0;
        if (waits && m_active && !m_busy) {
            takeNext(); // something arrived
        }
    });
    auto* tick = new QTimer(this);
    tick->setInterval(kClaimTickMs);
    connect(tick, &QTimer::timeout, this, &ReviewController::claimChanged);
    tick->start();
    m_heartbeat.setInterval(kHeartbeat);
    connect(&m_heartbeat, &QTimer::timeout, this, &ReviewController::beat);
    m_heartbeat.start();
}

std::vector<PictureToCome> ReviewController::picturesAhead() const
{
    return m_task ? m_task->ahead : std::vector<PictureToCome>();
}

std::optional<Decision> ReviewController::former() const
{
    const bool mine = m_task && m_task->task.lease.token.empty() && m_task->task.status.first;
    return mine ? std::optional(m_task->task.status.first->decision) : std::nullopt;
}

qint64 ReviewController::claimLeftMs() const
{
    if (!m_task || m_task->task.lease.token.empty()) {
        return -1;
    }
    return std::max<qint64>(0, m_task->task.lease.left.count() - m_claimed.elapsed());
}

void ReviewController::setStage(ReviewStage stage)
{
    m_stage = stage;
    Q_EMIT stageChanged();
}

void ReviewController::setBusy(bool busy)
{
    if (m_busy != busy) {
        m_busy = busy;
        Q_EMIT busyChanged();
    }
}

void ReviewController::setActive(bool active)
{
    m_active = active;
    if (active && m_stage == ReviewStage::Loading && !m_busy && !m_task) {
        takeNext();
    }
}

void ReviewController::takeNext()
{
    if (!m_link->isOpen()) {
        return;
    }
    setBusy(true);
    m_link->ask(
        [queue = m_queues->currentQueue(), passed = m_passed](ReviewDesk& desk) { return desk.next(queue, passed); },
        [this](Result<std::optional<DeskTask>> task) {
            setBusy(false);
            if (!task) {
                show(std::nullopt);
                Q_EMIT refused(errorText(task.error()));
                return;
            }
            if (!*task && !m_passed.empty()) {
                m_passed.clear(); // once round: what was leafed past comes again
                takeNext();
                return;
            }
            show(std::move(*task));
        });
}

void ReviewController::show(std::optional<DeskTask> task)
{
    m_task = std::move(task);
    m_claimed.start();
    m_input = false;
    m_outdated = false;
    if (m_task) {
        const auto known = std::find(m_visited.begin(), m_visited.end(), m_task->view.id);
        m_place = static_cast<std::size_t>(known - m_visited.begin());
        if (known == m_visited.end()) {
            m_visited.push_back(m_task->view.id);
        }
    }
    setStage(m_task ? ReviewStage::Item : ReviewStage::Empty);
    Q_EMIT claimChanged();
}

void ReviewController::leave(const Seen& seen)
{
    if (!m_task) {
        return;
    }
    m_ledger->add(seen, m_task->view.priority.risk, false);
    if (!m_waiting || m_waiting->item != m_task->view.id) { // a step that waits still needs the claim
        giveBack(m_task->task.lease);
    }
    m_task.reset();
    m_stage = ReviewStage::Loading; // what the page shows stays until something else is there to be shown
}

void ReviewController::giveBack(const Lease& lease)
{
    m_link->ask(
        [lease](ReviewDesk& desk) -> Result<int> {
            desk.release(lease);
            return 0;
        },
        [](const Result<int>&) {});
}

void ReviewController::goNext(const Seen& seen)
{
    if (m_busy || m_stage != ReviewStage::Item) {
        return;
    }
    m_passed.push_back(m_task->view.id);
    leave(seen);
    takeNext();
}

void ReviewController::goPrevious(const Seen& seen)
{
    if (m_busy || !canGoPrevious()) {
        return;
    }
    if (m_task) {
        m_passed.push_back(m_task->view.id);
    }
    goTo(m_task ? m_visited[m_place - 1] : m_visited.back(), seen);
}

void ReviewController::goTo(ReviewItemId item, const Seen& seen)
{
    if (m_busy || !m_link->isOpen() || (m_task && m_task->view.id == item)) {
        return;
    }
    setBusy(true);
    m_link->ask([item, queue = m_queues->currentQueue()](ReviewDesk& desk) { return desk.take(item, queue); },
                [this, item, seen](Result<DeskTask> task) {
                    setBusy(false);
                    if (!task) { // what is in front stays, and the way back leads past the item that is not to be had
                        const auto place = std::find(m_visited.begin(), m_visited.end(), item) - m_visited.begin();
                        m_place -= std::erase(m_visited, item) > 0 && static_cast<std::size_t>(place) < m_place ? 1 : 0;
                        Q_EMIT refused(errorText(task.error()));
                        return;
                    }
                    leave(seen);
                    show(std::move(*task));
                });
}

void ReviewController::queueChanged()
{
    if (m_busy) { // an item is on its way and would stay claimed unseen: it is left when it is here
        QTimer::singleShot(kBusyRetryMs, this, &ReviewController::queueChanged);
        return;
    }
    m_passed.clear();
    if (!m_link->isOpen() || !m_active || isResting()) {
        return;
    }
    leave(m_seen ? m_seen() : Seen{});
    takeNext();
}

void ReviewController::pause()
{
    if (m_stage == ReviewStage::Item) {
        setStage(ReviewStage::Paused);
    }
}

void ReviewController::takeBreak(const Seen& seen)
{
    if (m_stage == ReviewStage::Closed || m_busy) {
        return;
    }
    leave(seen);
    m_ledger->breakTaken();
    setStage(ReviewStage::Break);
}

void ReviewController::leaveForGrid(const Seen& seen)
{
    if (m_link->isOpen() && !m_busy) {
        leave(seen);
        setStage(ReviewStage::Grid);
    }
}

void ReviewController::resume()
{
    const bool ended = m_stage == ReviewStage::Empty || isResting();
    if (m_busy || !ended) {
        return;
    }
    if (m_stage == ReviewStage::Paused && claimLeftMs() != 0) {
        setStage(ReviewStage::Item);
        return;
    }
    if (m_stage == ReviewStage::Paused || m_stage == ReviewStage::Break) {
        m_ledger->breakTaken();
    }
    m_task.reset();
    takeNext();
}

void ReviewController::readHistory()
{
    m_link->ask([limit = m_historyLimit](ReviewDesk& desk) { return desk.ownSteps(limit); },
                [this](Result<std::vector<OwnStep>> steps) {
                    if (steps) {
                        m_history = std::move(*steps);
                        Q_EMIT historyChanged();
                    }
                });
}

// Without input for the length of a lease the item goes back to the others: whoever left the desk holds nothing.
void ReviewController::beat()
{
    const bool mine = m_task && !m_task->task.lease.token.empty();
    if (!mine || !m_input || m_busy) {
        return;
    }
    m_input = false;
    m_link->ask([lease = m_task->task.lease](ReviewDesk& desk) { return desk.heartbeat(lease); },
                [this](const Result<Lease>& lease) {
                    if (lease && m_task && m_task->task.lease.token == lease->token) {
                        m_task->task.lease.left = lease->left;
                        m_claimed.restart();
                        Q_EMIT claimChanged();
                    } else if (!lease && lease.error().code == ErrorCode::Mismatch) {
                        Q_EMIT notSaved(errorText(lease.error()), true);
                    }
                });
}

} // namespace modscope::ui
