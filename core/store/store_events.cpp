#include "core/store/event_log.h"
#include "core/store/sql_store.h"

namespace modscope {

namespace {

// These find candidates; whether one may really be taken back is asked of core/review.
constexpr const char* kUndoable =
    "SELECT event.seq FROM event WHERE event.actor = :me AND event.kind = 'step' AND EXISTS"
    " (SELECT 1 FROM event_item mine WHERE mine.seq = event.seq AND mine.live = 1 AND NOT EXISTS"
    "  (SELECT 1 FROM event_item later WHERE later.item = mine.item AND later.seq > mine.seq AND later.live = 1))"
    " ORDER BY event.seq DESC LIMIT 1";
// Only what was undone since my last step: a new step ends the way back, as in every editor.
constexpr const char* kRedoable =
    "SELECT event.refers_to FROM event WHERE event.actor = :me AND event.kind = 'undone'"
    " AND event.seq > (SELECT coalesce(max(seq), 0) FROM event WHERE actor = :me AND kind = 'step') AND EXISTS"
    " (SELECT 1 FROM event_item mine WHERE mine.seq = event.refers_to AND mine.live = 0 AND NOT EXISTS"
    "  (SELECT 1 FROM event_item later WHERE later.item = mine.item AND later.seq > mine.seq AND later.live = 1))"
    " ORDER BY event.seq DESC LIMIT 1";

} // namespace

Result<std::optional<ReviewEvent>> SqlStore::newestWith(const std::string& statement, EventKind kind)
{
    if (auto all = reviewers(); !all) {
        return fail(all.error());
    }
    return m_connection->read([&]() -> Result<std::optional<ReviewEvent>> {
        EventSeq seq = 0;
        m_connection->sql() << statement, soci::use(m_me.pseudonym, "me"), soci::into(seq);
        if (!m_connection->sql().got_data()) {
            return std::nullopt;
        }
        auto event = readEventRow(*m_connection, seq);
        if (!event) {
            return fail(event.error());
        }
        const auto histories = readHistories(*m_connection, event->items, m_reviewers);
        if (!histories) {
            return fail(histories.error());
        }
        for (const auto& history : *histories) {
            if (kind == EventKind::Undone ? mayUndo(history, seq, m_me) : mayRedo(history, seq, m_me)) {
                return std::move(*event);
            }
        }
        return std::nullopt;
    });
}

Result<std::optional<ReviewEvent>> SqlStore::undoable()
{
    return newestWith(kUndoable, EventKind::Undone);
}

Result<std::optional<ReviewEvent>> SqlStore::redoable()
{
    return newestWith(kRedoable, EventKind::Redone);
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
