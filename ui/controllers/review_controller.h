#pragma once

#include "ui/controllers/desk_link.h"
#include "ui/controllers/exposure_ledger.h"
#include "ui/controllers/review_queues.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QTimer>

#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace modscope::ui {

/// What stands in the middle of the page.
enum class ReviewStage {
    Closed,  ///< no store is open
    Loading, ///< on the way to an item
    Item,    ///< task() is in front
    Empty,   ///< nothing waits for this person in the queue
    Paused,  ///< covered, the claim is kept
    Break,   ///< covered, the claim was given back
    Grid,    ///< many items are looked at, none is claimed
};

/// A step that the store has recorded.
struct SavedStep {
    Step step = Step::Decide;
    Decision decision;
    ReviewItemId item = 0; ///< that was in front; 0: many from the grid
    int items = 0;         ///< that changed
    int leftOut = 0;       ///< that could not take it
};

/// The item in front of a reviewer and what is said of it. Every wish is one call on the store's thread; while one is
/// on its way, further ones are not taken (isBusy()). Nothing is told as saved before the store has said so.
class ReviewController : public QObject {
    Q_OBJECT
public:
    ReviewController(DeskLink* link, ReviewQueues* queues, ExposureLedger* ledger, QObject* parent = nullptr);

    [[nodiscard]] ReviewStage stage() const { return m_stage; }
    [[nodiscard]] bool isBusy() const { return m_busy; }
    /// The item in front; null without one.
    [[nodiscard]] const ReviewTaskView* task() const { return m_task ? &m_task->view : nullptr; }
    [[nodiscard]] std::vector<PictureToCome> picturesAhead() const;
    /// How I decided the item in front before, when I change my mind.
    [[nodiscard]] std::optional<Decision> former() const;
    /// Milliseconds until the claim ends; -1 without one.
    [[nodiscard]] qint64 claimLeftMs() const;
    [[nodiscard]] const std::vector<OwnStep>& history() const { return m_history; }
    /// There are steps before the last one of history().
    [[nodiscard]] bool hasOlderHistory() const { return m_history.size() >= m_historyLimit; }
    void readOlderHistory();
    /// The item in front is different now from what is shown of it: lookAgain() before deciding.
    [[nodiscard]] bool isOutdated() const { return m_task && m_outdated; }
    /// How many items wait here for a step to be recorded, because the store cannot be reached. It is asked for again,
    /// once, each time the store is back; nothing else is recorded before.
    [[nodiscard]] int waiting() const { return m_waiting ? m_waiting->items : 0; }
    /// What waits is not wanted any more; the answers stay a draft.
    void forgetWaiting() { setWaiting(std::nullopt); }

    /// What was seen of the item in front, for when it is left without a wish of the page's: another queue was chosen.
    void setSeenSource(std::function<Seen()> seen) { m_seen = std::move(seen); }
    /// The page is in front or not; the first time it is, an item is claimed.
    void setActive(bool active);
    /// A key or the mouse was used: the claim is renewed with the next heartbeat.
    void noteInput() { m_input = true; }

    /// @param together  duplicates that share the decision
    void submit(const Decision& decision, const std::vector<ReviewItemId>& together, const Seen& seen);
    /// Keeps the decision and asks somebody else as well.
    void askSecondOpinion(const Decision& decision, const Seen& seen);
    void skip(const QString& reason, const Seen& seen);
    void escalate(const QString& reason, const std::vector<ReviewItemId>& together, const Seen& seen);
    void handOver(const Seen& seen);
    /// The decision has a reason.
    void adjudicate(const Decision& decision, const Seen& seen);
    /// Both opinions are void; the item waits again.
    void withdrawBoth(const Seen& seen);
    /// One decision on many items: one event, one undo.
    void decideMany(const std::vector<ReviewItemId>& items, const Decision& decision);
    /// Another person is asked to look again at items that I decided and others built on.
    void askReReview(const std::vector<ReviewItemId>& items);
    void undo(const Seen& seen);
    void redo(const Seen& seen);

    /// Leafs on without deciding; the item is given back.
    void goNext(const Seen& seen);
    [[nodiscard]] bool canGoPrevious() const { return m_task ? m_place > 0 : !m_visited.empty(); }
    void goPrevious(const Seen& seen);
    void goTo(ReviewItemId item, const Seen& seen);
    void pause();
    void takeBreak(const Seen& seen);
    /// Gives the item back for a look at many.
    void leaveForGrid(const Seen& seen);
    /// Back from a pause, a break or the grid, or another look at an empty queue.
    void resume();
    /// Shows the item in front as it is now. When it is not mine any more, the next one comes.
    void lookAgain();
    /// Answered with itemHistoryRead().
    void readItemHistory(ReviewItemId item);
    /// Two items are not duplicates, for ever.
    void markNotSame(ReviewItemId one, ReviewItemId other);
    /// Takes duplicates of the item in front out of its group, for ever.
    void splitGroup(const std::vector<ReviewItemId>& apart);

Q_SIGNALS:
    void stageChanged(); ///< stage(), task() or both
    void busyChanged();
    void historyChanged();
    void claimChanged();
    void waitingChanged();
    /// isOutdated(): somebody or something else changed the item in front at that time.
    void itemChanged(qint64 timeMs);
    void lookedAgain(); ///< task() is as it is now
    void itemHistoryRead(modscope::ui::ReviewItemId item, const std::vector<modscope::ui::ItemMoment>& moments);
    void duplicatesParted(const std::vector<modscope::ui::ReviewItemId>& ids); ///< of task(): they are none any more
    void groupSplit(int items);                                                ///< so many were taken out
    void saved(const modscope::ui::SavedStep& saved);
    /// decideMany() was recorded for these.
    void manyDecided(const std::vector<modscope::ui::ReviewItemId>& changed);
    void tookBack(bool undone, const modscope::ui::TakenBack& taken);
    /// The last step cannot be undone, because somebody built on it: askReReview() is offered instead.
    void reReviewOffered(const modscope::ui::TakenBack& taken);
    /// Nothing was changed. @param lost  somebody else took the item meanwhile
    void notSaved(const QString& reason, bool lost);
    /// What was asked for cannot be had: an item that somebody else holds, nothing to undo.
    void refused(const QString& reason);

private:
    static constexpr int kBusyRetryMs = 20;
    static constexpr std::size_t kHistoryPage = 50; ///< steps read at a time

    /// Nothing is claimed until the person comes back.
    [[nodiscard]] bool isResting() const
    {
        return m_stage == ReviewStage::Paused || m_stage == ReviewStage::Break || m_stage == ReviewStage::Grid;
    }
    void setStage(ReviewStage stage);
    void setBusy(bool busy);
    /// What could not be recorded while the store was away.
    struct Waiting {
        int items = 0;
        ReviewItemId item = 0; ///< whose claim it needs; 0: none
        std::function<void()> again;
    };

    void record(std::vector<Step> steps,
                Decision decision,
                const std::vector<ReviewItemId>& together,
                const Seen& seen);
    void send(StepWish wish, const Seen& seen, double risk, bool late);
    void finishStep(const StepWish& wish, Step step, Result<StepOutcome> done, const Seen& seen, double risk);
    void setWaiting(std::optional<Waiting> waiting);
    void askAgain();
    [[nodiscard]] bool isInFront(ReviewItemId item) const;
    void takeNext();
    void show(std::optional<DeskTask> task);
    /// Gives the item in front back.
    void leave(const Seen& seen);
    void giveBack(const Lease& lease);
    void queueChanged();
    void recordMany(const std::vector<ReviewItemId>& items, Step step, const Decision& decision);
    void takeBack(bool undo, const Seen& seen);
    void finishTakeBack(bool undo, const TakenBack& taken, const Seen& seen);
    void readHistory();
    void checkFront();
    void forgetDuplicates(const std::vector<ReviewItemId>& ids);
    void beat();

    DeskLink* m_link;
    ReviewQueues* m_queues;
    ExposureLedger* m_ledger;
    ReviewStage m_stage = ReviewStage::Closed;
    bool m_busy = false;
    bool m_active = false;
    bool m_input = false;
    std::function<Seen()> m_seen;
    std::optional<DeskTask> m_task;
    std::optional<Waiting> m_waiting;
    QElapsedTimer m_claimed;             ///< since the lease was told to last `lease.left`
    std::vector<ReviewItemId> m_passed;  ///< leafed past in this queue
    std::vector<ReviewItemId> m_visited; ///< in the order they were first in front
    std::size_t m_place = 0;             ///< of the item in front in m_visited
    std::vector<OwnStep> m_history;
    std::size_t m_historyLimit = kHistoryPage;
    bool m_outdated = false;
    QTimer m_heartbeat;
};

} // namespace modscope::ui
