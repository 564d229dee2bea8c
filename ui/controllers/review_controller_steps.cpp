// The steps that a reviewer takes: each one call to the store's thread, told as saved when the store has said so.
#include "ui/controllers/review_controller.h"

#include <utility>

namespace modscope::ui {

void ReviewController::record(std::vector<Step> steps,
                              Decision decision,
                              const std::vector<ReviewItemId>& together,
                              const Seen& seen)
{
    if (!m_task || m_busy || m_stage != ReviewStage::Item) {
        return;
    }
    setBusy(true);
    decision.secondsVisible = seen.secondsVisible;
    decision.secondsRevealed = seen.secondsRevealed;
    decision.disclosure = seen.disclosure;
    if (!m_link->facts().policies.empty()) {
        decision.policyVersion = m_link->facts().policies.back().version;
    }
    const Step step = steps.back();
    const double risk = m_task->view.priority.risk;
    const std::vector<ReviewItemId> also(together.begin(), together.end());
    m_link->ask(
        [task = m_task->task, steps = std::move(steps), decision, also, queue = m_queues->currentQueue(),
         passed = m_passed](ReviewDesk& desk) { return desk.record(task, steps, decision, also, queue, passed); },
        [this, step, decision, risk, seen, item = m_task->view.id,
         claimed = !m_task->task.lease.token.empty()](Result<StepOutcome> done) {
            setBusy(false);
            if (!done && done.error().code == ErrorCode::Mismatch && !claimed) {
                checkFront(); // a decision that was opened again: it changed meanwhile, and the page says when
            }
            if (!done) {
                Q_EMIT notSaved(errorText(done.error()), claimed && done.error().code == ErrorCode::Mismatch);
                return;
            }
            const bool decided = step == Step::Decide || step == Step::AskSecondOpinion || step == Step::Adjudicate;
            m_ledger->add(seen, risk, decided);
            const int changed = static_cast<int>(done->outcome.changed.size());
            const int leftOut = static_cast<int>(done->outcome.leftOut.size());
            if (!done->next && !m_passed.empty()) {
                m_passed.clear();
                takeNext();
            } else {
                show(std::move(done->next));
            }
            Q_EMIT saved({step, decision, item, changed, leftOut});
            if (!done->nextFound) {
                Q_EMIT refused(errorText(done->nextFound.error()));
            }
            readHistory();
            m_link->look();
            m_ledger->considerBreak();
        });
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
    if (m_busy || items.empty()) {
        return;
    }
    setBusy(true);
    m_link->ask([items, step, decision](ReviewDesk& desk) { return desk.recordMany(items, step, decision); },
                [this, step, decision](const Result<CommitOutcome>& done) {
                    setBusy(false);
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
    if (undo && !taken.outcome.changed.empty() && !isResting()) {
        goTo(taken.outcome.changed.front(), seen);
    }
}

void ReviewController::askReReview(const std::vector<ReviewItemId>& items)
{
    recordMany(items, Step::AskReReview, {});
}

} // namespace modscope::ui
