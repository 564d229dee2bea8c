// What a session takes back, puts back, and does not overwrite.
#include "core/review/session.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

namespace modscope {

namespace {

EventDraft draftAbout(EventKind kind, const ReviewEvent& event)
{
    EventDraft draft;
    draft.kind = kind;
    draft.items = event.items;
    draft.refersTo = event.seq;
    return draft;
}

/// Whether a step of mine before `event` was taken back since, so that the person went past it already.
bool isPassed(const std::optional<LastStep>& takenBack, EventSeq event)
{
    return takenBack && takenBack->event.seq < event;
}

} // namespace

Result<WayBack> ReviewSession::undoable()
{
    const auto takenBack = m_store->redoable();
    if (!takenBack) {
        return fail(takenBack.error());
    }
    WayBack way;
    for (EventSeq before = 0;;) {
        auto last = m_store->undoable(before);
        if (!last) {
            return fail(last.error());
        }
        if (!*last) {
            return way;
        }
        const EventSeq seq = (*last)->event.seq;
        if (!(*last)->onlyReReview || !(m_leftStanding.contains(seq) || isPassed(*takenBack, seq))) {
            way.step = std::move(*last);
            return way;
        }
        way.leftStanding.push_back(std::move((*last)->event));
        before = seq;
    }
}

Result<std::optional<ReviewEvent>> ReviewSession::lastParting(EventSeq since)
{
    EventQuery query;
    query.after = since;
    query.actor = m_store->me().pseudonym;
    query.newestFirst = true;
    std::set<std::string> takenBack;
    std::optional<ReviewEvent> last;
    const auto read = m_store->readEvents(query, [&](const ReviewEvent& event) {
        const auto earlier = event.detail.find("takes_back");
        if (event.kind == EventKind::Grouped && earlier != event.detail.end()) {
            takenBack.insert(earlier->second);
        } else if (event.kind == EventKind::CannotLink && !last && !m_leftStanding.contains(event.seq) &&
                   !takenBack.contains(std::to_string(event.seq))) {
            last = event;
        }
        return Result<void>();
    });
    return read ? Result<std::optional<ReviewEvent>>(std::move(last)) : fail(read.error());
}

Result<std::optional<CommitOutcome>> ReviewSession::undo()
{
    const auto way = undoable();
    if (!way) {
        return fail(way.error());
    }
    if (!way->step) {
        return std::nullopt;
    }
    const ReviewEvent& event = way->step->event;
    if (way->step->onlyReReview) {
        leaveStanding(event.seq);
        return fail(ErrorCode::Mismatch, "somebody else built on your step '" + std::string(name(event.step)) +
                                             "' (event " + std::to_string(event.seq) +
                                             "); a re-review can be asked for instead");
    }
    auto outcome = commit(draftAbout(EventKind::Undone, event), std::nullopt);
    return outcome ? Result<std::optional<CommitOutcome>>(std::move(*outcome)) : fail(outcome.error());
}

Result<std::optional<CommitOutcome>> ReviewSession::redo()
{
    const auto last = redoable();
    if (!last || !*last) {
        return last ? Result<std::optional<CommitOutcome>>(std::nullopt) : fail(last.error());
    }
    auto outcome = commit(draftAbout(EventKind::Redone, (*last)->event), std::nullopt);
    return outcome ? Result<std::optional<CommitOutcome>>(std::move(*outcome)) : fail(outcome.error());
}

Result<ReviewTask> ReviewSession::lookAgain(const ReviewTask& task, const QueueOrder& order)
{
    if (task.lease.token.empty()) {
        return reopen(task.lease.item);
    }
    auto lease = m_store->heartbeat(task.lease);
    if (!lease) {
        return fail(lease.error());
    }
    auto again = taskFor(*lease, task.drawn, order);
    if (again) {
        m_severe.pop_back(); // it was counted when it first came
    }
    return again;
}

Result<std::optional<TimeMs>> ReviewSession::changedSince(const ReviewTask& task)
{
    const ItemId item = task.content.id;
    const auto contents = m_store->contents(std::span(&item, 1));
    const auto statuses = m_store->statuses(std::span(&item, 1));
    if (!contents || !statuses) {
        return fail(contents ? statuses.error() : contents.error());
    }
    const ItemContent& now = contents->front();
    const bool sameScores = task.suggestionHidden || now.scores == task.content.scores;
    if (statuses->front().version == task.status.version && now.ocrText == task.content.ocrText && sameScores) {
        return std::nullopt;
    }
    std::optional<TimeMs> time;
    EventQuery query;
    query.item = item;
    query.newestFirst = true;
    query.limit = 1;
    const auto read = m_store->readEvents(query, [&time](const ReviewEvent& event) -> Result<void> {
        time = event.time;
        return {};
    });
    return read ? Result<std::optional<TimeMs>>(time) : fail(read.error());
}

} // namespace modscope
