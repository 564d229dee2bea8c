#include "core/review/state.h"
#include "core/store/event_log.h"
#include "core/store/sql_store.h"
#include "core/store/status_rows.h"

#include <limits>

namespace modscope {

namespace {

// These find candidates and where to go on looking; what may really be done is asked of core/review.
constexpr const char* kNothingLater =
    " NOT EXISTS (SELECT 1 FROM event_item later WHERE later.item = mine.item AND later.seq > mine.seq"
    " AND later.live = 1)";

/// Steps of mine that nobody took back in part or whole, with an item that nobody built on or that is settled.
std::string undoCandidates()
{
    std::string settled;
    for (std::size_t i = 0; i < kItemStates; ++i) {
        if (allowed(static_cast<ItemState>(i), Step::AskReReview)) {
            settled += (settled.empty() ? "" : ", ") + std::to_string(i);
        }
    }
    return "SELECT event.seq, event.seq FROM event WHERE event.actor = :me AND event.kind = 'step'"
           " AND event.seq < :before"
           " AND NOT EXISTS (SELECT 1 FROM event_item back WHERE back.seq = event.seq AND back.live = 0)"
           " AND EXISTS (SELECT 1 FROM event_item mine JOIN item ON item.id = mine.item WHERE mine.seq = event.seq"
           " AND (item.state IN (" +
           settled + ") OR" + kNothingLater + ")) ORDER BY event.seq DESC LIMIT 1";
}

/// Only what was undone since my last step: a new step ends the way back, as in every editor.
std::string redoCandidates()
{
    return "SELECT event.seq, event.refers_to FROM event WHERE event.actor = :me AND event.kind = 'undone'"
           " AND event.seq < :before"
           " AND event.seq > (SELECT coalesce(max(seq), 0) FROM event WHERE actor = :me AND kind = 'step')"
           " AND EXISTS (SELECT 1 FROM event_item mine WHERE mine.seq = event.refers_to AND mine.live = 0 AND" +
           std::string(kNothingLater) + ") ORDER BY event.seq DESC LIMIT 1";
}

} // namespace

Result<LastStep> SqlStore::weigh(EventSeq seq, EventKind kind)
{
    auto event = readEventRow(*m_connection, seq);
    if (!event) {
        return fail(event.error());
    }
    const auto histories = readHistories(*m_connection, event->items, m_reviewers);
    const auto statuses = loadStatuses(*m_connection, event->items);
    if (!histories || !statuses) {
        return fail(histories ? statuses.error() : histories.error());
    }
    LastStep last{std::move(*event), {}, false};
    std::vector<ItemId> settled;
    for (std::size_t i = 0; i < last.event.items.size(); ++i) {
        const auto& history = (*histories)[i];
        if (kind == EventKind::Undone ? mayUndo(history, seq, m_me) : mayRedo(history, seq, m_me)) {
            last.items.push_back(last.event.items[i]);
        } else if (kind == EventKind::Undone && mayAskInstead(history, seq, m_me, (*statuses)[i].state)) {
            settled.push_back(last.event.items[i]);
        }
    }
    if (last.items.empty()) {
        last.items = std::move(settled);
        last.onlyReReview = true;
    }
    return last;
}

Result<std::optional<LastStep>> SqlStore::lastStep(const std::string& candidates, EventKind kind, EventSeq before)
{
    if (auto all = reviewers(); !all) {
        return fail(all.error());
    }
    return m_connection->read([&]() -> Result<std::optional<LastStep>> {
        EventSeq end = before > 0 ? before : std::numeric_limits<EventSeq>::max();
        for (;;) {
            EventSeq seq = 0;
            soci::session& sql = m_connection->sql();
            sql << candidates, soci::use(m_me.pseudonym, "me"), soci::use(end, "before"), soci::into(end),
                soci::into(seq);
            if (!sql.got_data()) {
                return std::nullopt;
            }
            auto last = weigh(seq, kind);
            if (!last) {
                return fail(last.error());
            }
            if (!last->items.empty()) {
                return std::move(*last);
            }
        }
    });
}

Result<std::optional<LastStep>> SqlStore::undoable(EventSeq before)
{
    return lastStep(undoCandidates(), EventKind::Undone, before);
}

Result<std::optional<LastStep>> SqlStore::redoable()
{
    return lastStep(redoCandidates(), EventKind::Redone);
}

Result<void> SqlStore::readEvents(const EventQuery& query, const std::function<Result<void>(const ReviewEvent&)>& each)
{
    return m_connection->read([&] { return readEventRows(*m_connection, query, each); });
}

Result<EventSeq> SqlStore::lastEvent()
{
    return m_connection->read([&]() -> Result<EventSeq> {
        EventSeq last = 0;
        m_connection->sql() << "SELECT seq FROM chain WHERE id = 1", soci::into(last);
        return last;
    });
}

Result<bool> SqlStore::changed()
{
    const bool own = m_connection->takeOwnChange();
    return m_connection->peek([&]() -> Result<bool> {
        const bool others = m_connection->dialect().changedByOthers(m_connection->sql());
        return own || others;
    });
}

} // namespace modscope
