// What becomes of one item while somebody looks at it, and what became of it before.
#include "ui/controllers/review_desk.h"

#include <algorithm>
#include <set>

namespace modscope::ui {

Result<DeskTask> ReviewDesk::lookAgain(const ReviewTask& task, const Queue& queue)
{
    auto again = m_session.lookAgain(task, queue.order);
    return again ? ready(std::move(*again), queue) : fail(again.error());
}

Result<TimeMs> ReviewDesk::changedAfter(const OwnStep& step)
{
    if (step.step != Step::Decide) {
        return 0;
    }
    if (const auto known = m_changedAfter.find(step.event); known != m_changedAfter.end()) {
        return known->second;
    }
    EventQuery query;
    query.item = step.item;
    query.actor = m_session.store().me().pseudonym;
    query.before = step.event;
    query.newestFirst = true;
    std::set<EventSeq> undone;
    std::set<EventSeq> redone;
    TimeMs former = 0;
    const auto read = m_session.store().readEvents(query, [&](const ReviewEvent& event) -> Result<void> {
        if (event.kind == EventKind::Redone && !undone.contains(event.refersTo)) {
            redone.insert(event.refersTo);
        } else if (event.kind == EventKind::Undone && !redone.contains(event.refersTo)) {
            undone.insert(event.refersTo);
        }
        const bool decides = event.kind == EventKind::Step && event.step == Step::Decide && !undone.contains(event.seq);
        former = former == 0 && decides ? event.time : former;
        return {};
    });
    if (!read) {
        return fail(read.error());
    }
    const TimeMs after = former == 0 ? 0 : std::max<TimeMs>(1, step.time - former);
    m_changedAfter[step.event] = after;
    return after;
}

Result<std::vector<ItemMoment>> ReviewDesk::itemHistory(ReviewItemId item)
{
    ReviewStore& store = m_session.store();
    EventQuery query;
    query.item = item;
    std::vector<ItemMoment> moments;
    std::unordered_map<EventSeq, std::size_t> places;
    const auto read = store.readEvents(query, [&](const ReviewEvent& event) -> Result<void> {
        if (event.kind == EventKind::Undone || event.kind == EventKind::Redone) {
            if (const auto place = places.find(event.refersTo); place != places.end()) {
                moments[place->second].undone = event.kind == EventKind::Undone;
            }
            return {};
        }
        places[event.seq] = moments.size();
        const bool mine = event.actor == store.me().pseudonym;
        moments.push_back(
            {event.time, event.kind, event.step, mine ? event.decision.answers : std::vector<Answer>(), mine, false});
        return {};
    });
    return read ? Result<std::vector<ItemMoment>>(std::move(moments)) : fail(read.error());
}

} // namespace modscope::ui
