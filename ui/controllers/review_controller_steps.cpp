// The steps that a reviewer takes: each one call to the store's thread, told as saved when the store has said so.
#include "ui/controllers/review_controller.h"

#include <memory>
#include <utility>

namespace modscope::ui {

bool ReviewController::isInFront(ReviewItemId item) const
{
    return m_stage == ReviewStage::Item && m_task && m_task->view.id == item;
}

void ReviewController::record(std::vector<Step> steps,
                              Decision decision,
                              const std::vector<ReviewItemId>& together,
                              const Seen& seen)
{
    if (!m_task || m_busy || m_waiting || m_stage != ReviewStage::Item) {
        return;
    }
    decision.secondsVisible = seen.secondsVisible;
    decision.secondsRevealed = seen.secondsRevealed;
    decision.disclosure = seen.disclosure;
    if (!m_link->facts().policies.empty()) {
        decision.policyVersion = m_link->facts().policies.back().version;
    }
    send({m_task->task, std::move(steps), std::move(decision), together}, seen, m_task->view.priority.risk, false);
}

void ReviewController::send(StepWish wish, const Seen& seen, double risk, bool late)
{
    setBusy(true);
    const Step step = wish.steps.back();
    const bool goesOn = isInFront(wish.task.content.id);
    const auto following = goesOn ? std::optional(m_queues->currentQueue()) : std::nullopt;
    const auto shared = std::make_shared<StepWish>(std::move(wish)); // only one of the two threads has it at a time
    m_link->ask(
        [shared, following, passed = m_passed, late](ReviewDesk& desk) {
            return late ? desk.recordLate(*shared, following, passed) : desk.record(*shared, following, passed);
        },
        [this, shared, step, seen, risk](Result<StepOutcome> done) {
            setBusy(false);
            finishStep(*shared, step, std::move(done), seen, risk);
        });
}

void ReviewController::finishStep(
    const StepWish& wish, Step step, Result<StepOutcome> done, const Seen& seen, double risk)
{
    const ReviewItemId item = wish.task.content.id;
    if (!done && done.error().code == ErrorCode::Unavailable) {
        setWaiting(Waiting{1 + static_cast<int>(wish.together.size()), item,
                           [this, wish, seen, risk] { send(wish, seen, risk, true); }});
        return;
    }
    if (!done && done.error().code == ErrorCode::Mismatch && wish.task.lease.token.empty()) {
        checkFront(); // a decision that was opened again: it changed meanwhile, and the page says when
    }
    if (!done) {
        const bool claimed = !wish.task.lease.token.empty();
        Q_EMIT notSaved(errorText(done.error()),
                        claimed && done.error().code == ErrorCode::Mismatch && isInFront(item));
        return;
    }
    const bool decided = step == Step::Decide || step == Step::AskSecondOpinion || step == Step::Adjudicate;
    m_ledger->add(seen, risk, decided);
    if (isInFront(item)) {
        if (!done->next && !m_passed.empty()) {
            m_passed.clear();
            takeNext();
        } else {
            show(std::move(done->next));
        }
    } else {
        if (done->next) { // nobody sees it now
            giveBack(done->next->task.lease);
        }
        if (m_task && m_task->view.id == item) { // paused meanwhile, and its claim is used
            m_task.reset();
            setStage(ReviewStage::Break);
        }
    }
    Q_EMIT saved({step, wish.decision, item, static_cast<int>(done->outcome.changed.size()),
                  static_cast<int>(done->outcome.leftOut.size())});
    if (!done->nextFound) {
        Q_EMIT refused(errorText(done->nextFound.error()));
    }
    readHistory();
    m_link->look();
    m_ledger->considerBreak();
}

void ReviewController::setWaiting(std::optional<Waiting> waiting)
{
    const int before = this->waiting();
    m_waiting = std::move(waiting);
    if (this->waiting() != before) {
        Q_EMIT waitingChanged();
    }
}

void ReviewController::askAgain()
{
    if (m_busy) { // the answer that tells that the store is back is still being dealt with
        QTimer::singleShot(kBusyRetryMs, this, &ReviewController::askAgain);
        return;
    }
    if (m_waiting && m_link->isReachable()) {
        const auto again = std::move(m_waiting->again);
        setWaiting(std::nullopt);
        again();
    }
}

void ReviewController::submit(const Decision& decision, const std::vector<ReviewItemId>& together, const Seen& seen)
{
    record({Step::Decide}, decision, together, seen);
}

void ReviewController::askSecondOpinion(const Decision& decision, const Seen& seen)
{
    record({Step::Decide, Step::AskSecondOpinion}, decision, {}, seen);
}

void ReviewController::skip(const QString& reason, const Seen& seen)
{
    Decision decision;
    decision.reason = reason.toStdString();
    record({Step::Skip}, decision, {}, seen);
}

void ReviewController::escalate(const QString& reason, const std::vector<ReviewItemId>& together, const Seen& seen)
{
    Decision decision;
    decision.reason = reason.toStdString();
    record({Step::Escalate}, decision, together, seen);
}

void ReviewController::handOver(const Seen& seen)
{
    record({Step::HandOver}, {}, {}, seen);
}

void ReviewController::adjudicate(const Decision& decision, const Seen& seen)
{
    record({Step::Adjudicate}, decision, {}, seen);
}

void ReviewController::withdrawBoth(const Seen& seen)
{
    record({Step::Withdraw}, {}, {}, seen);
}

void ReviewController::decideMany(const std::vector<ReviewItemId>& items, const Decision& decision)
{
    recordMany(items, Step::Decide, decision);
}

void ReviewController::recordMany(const std::vector<ReviewItemId>& items, Step step, const Decision& decision)
{
    if (m_busy || m_waiting || items.empty()) {
        return;
    }
    setBusy(true);
    m_link->ask([items, step, decision](ReviewDesk& desk) { return desk.recordMany(items, step, decision); },
                [this, items, step, decision](const Result<CommitOutcome>& done) {
                    setBusy(false);
                    if (!done && done.error().code == ErrorCode::Unavailable) {
                        setWaiting(Waiting{static_cast<int>(items.size()), 0,
                                           [this, items, step, decision] { recordMany(items, step, decision); }});
                        return;
                    }
                    if (!done) {
                        Q_EMIT notSaved(errorText(done.error()), false);
                        return;
                    }
                    Q_EMIT manyDecided(done->changed);
                    Q_EMIT saved({step, decision, 0, static_cast<int>(done->changed.size()),
                                  static_cast<int>(done->leftOut.size())});
                    readHistory();
                    m_link->look();
                });
}

void ReviewController::undo(const Seen& seen)
{
    takeBack(true, seen);
}

void ReviewController::redo(const Seen& seen)
{
    takeBack(false, seen);
}

void ReviewController::takeBack(bool undo, const Seen& seen)
{
    if (m_busy || !m_link->isOpen()) {
        return;
    }
    setBusy(true);
    m_link->ask([undo](ReviewDesk& desk) { return undo ? desk.undo() : desk.redo(); },
                [this, undo, seen](const Result<std::optional<TakenBack>>& done) {
                    setBusy(false);
                    if (!done) {
                        Q_EMIT notSaved(errorText(done.error()), false);
                    } else if (!*done) {
                        Q_EMIT refused(undo ? tr("There is nothing to undo.") : tr("There is nothing to redo."));
                    } else if (!(*done)->reReview.empty()) {
                        Q_EMIT reReviewOffered(**done);
                    } else {
                        finishTakeBack(undo, **done, seen);
                    }
                });
}

// The item comes back into view, so that the person sees what was taken back.
void ReviewController::finishTakeBack(bool undo, const TakenBack& taken, const Seen& seen)
{
    Q_EMIT tookBack(undo, taken);
    readHistory();
    m_link->look();
    if (taken.parting && m_stage == ReviewStage::Item) {
        lookAgain(); // with its duplicates
    }
    if (undo && !taken.outcome.changed.empty() && !isResting()) {
        goTo(taken.outcome.changed.front(), seen);
    }
}

void ReviewController::askReReview(const std::vector<ReviewItemId>& items)
{
    recordMany(items, Step::AskReReview, {});
}

} // namespace modscope::ui
