#include "core/store/event_log.h"
#include "core/store/id_places.h"
#include "core/store/sql_store.h"
#include "core/store/status_rows.h"
#include "core/store/text.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <thread>

namespace modscope {

namespace {

constexpr int kSettleAttempts = 5; ///< to reach the database again after a lost answer
constexpr std::chrono::milliseconds kSettlePause{200};

Result<void> checkDecision(const Decision& decision)
{
    const bool sound = !decision.confidence || (*decision.confidence >= 0 && *decision.confidence <= 1);
    if (!sound) {
        return fail(ErrorCode::InvalidArgument, "the decision's confidence must be between 0 and 1");
    }
    for (const double seconds : {decision.secondsVisible, decision.secondsRevealed}) {
        if (!std::isfinite(seconds) || seconds < 0) {
            return fail(ErrorCode::InvalidArgument, "the decision's seconds must be 0 or more");
        }
    }
    for (const std::string* text : {&decision.reason, &decision.note, &decision.policyVersion}) {
        if (auto utf8 = checkText(*text, "the decision's text"); !utf8) {
            return utf8;
        }
    }
    return {};
}

Result<void> checkDraft(const EventDraft& draft)
{
    const bool ofItems =
        draft.kind == EventKind::Step || draft.kind == EventKind::Undone || draft.kind == EventKind::Redone;
    if (!ofItems && draft.kind != EventKind::Exported) {
        return fail(ErrorCode::InvalidArgument,
                    "an event of the kind '" + std::string(name(draft.kind)) + "' has its own way into the store");
    }
    if (ofItems && draft.items.empty()) {
        return fail(ErrorCode::InvalidArgument, "a step needs at least one item");
    }
    if (std::adjacent_find(draft.items.begin(), draft.items.end(), std::greater_equal<>()) != draft.items.end()) {
        return fail(ErrorCode::InvalidArgument, "a step's items must ascend, each there once");
    }
    for (const auto& [key, value] : draft.detail) {
        const auto sound = checkText(key, "a detail's name");
        if (auto text = sound ? checkText(value, "the detail '" + key + "'") : sound; !text) {
            return text;
        }
    }
    return checkDecision(draft.decision);
}

ReviewEvent eventOf(const EventDraft& draft, const std::string& actor)
{
    ReviewEvent event;
    event.actor = actor;
    event.kind = draft.kind;
    event.step = draft.step;
    event.items = draft.items;
    event.refersTo = draft.refersTo;
    event.decision = draft.decision;
    event.detail = draft.detail;
    return event;
}

/// Takes items through one event inside a transaction.
class Committer {
public:
    Committer(Connection& connection,
              const Reviewer& me,
              std::size_t labels,
              const std::map<std::string, Reviewer>& reviewers,
              const EventDraft& draft)
        : m_connection(connection), m_me(me), m_labels(labels), m_reviewers(reviewers), m_draft(draft),
          m_event(eventOf(draft, me.pseudonym))
    {}

    Result<CommitOutcome> run(const std::optional<Lease>& lease, const std::string& token)
    {
        auto loaded = load(lease);
        if (!loaded) {
            return fail(loaded.error());
        }
        takeNextPlace(m_connection, m_event);
        std::vector<std::pair<std::size_t, ItemStatus>> after;
        for (std::size_t i = 0; i < m_draft.items.size(); ++i) {
            auto status = statusAfter(i);
            if (status) {
                after.emplace_back(i, std::move(*status));
                m_outcome.changed.push_back(m_draft.items[i]);
            } else {
                m_outcome.leftOut.push_back({m_draft.items[i], status.error()});
            }
        }
        if (after.empty() && !m_draft.items.empty()) {
            return fail(m_outcome.leftOut.front().error);
        }
        m_event.items = m_outcome.changed;
        for (const auto& [i, status] : after) {
            saveStatus(m_connection, m_draft.items[i], m_statuses[i], status, m_event.seq);
        }
        releaseChanged();
        appendEvent(m_connection, m_event, token);
        m_outcome.event = m_event.seq;
        return m_outcome;
    }

private:
    Result<void> load(const std::optional<Lease>& lease)
    {
        if (m_draft.items.empty()) {
            return {};
        }
        auto statuses = loadStatuses(m_connection, m_draft.items, RowLock::ForChange);
        if (!statuses) {
            return fail(statuses.error());
        }
        m_statuses = std::move(*statuses);
        readLeases();
        if (lease) {
            if (auto mine = checkLease(*lease); !mine) {
                return mine;
            }
        }
        if (m_draft.kind == EventKind::Step) {
            return {};
        }
        auto histories = readHistories(m_connection, m_draft.items, m_reviewers);
        if (!histories) {
            return fail(histories.error());
        }
        m_histories = std::move(*histories);
        return {};
    }

    void readLeases()
    {
        const LeaseClock clock = m_connection.dialect().leaseClock(m_connection.sql());
        const std::string list = m_connection.dialect().idList(m_draft.items);
        Lease one;
        soci::statement rows = (m_connection.sql().prepare << "SELECT lease.item, lease.holder, lease.token FROM "
                                                           << m_connection.dialect().idTable()
                                                           << " JOIN lease ON lease.item = ids.value"
                                                              " WHERE lease.epoch = :epoch AND lease.ends > :clock",
                                soci::use(list, "ids"), soci::use(clock.epoch, "epoch"), soci::use(clock.now, "clock"),
                                soci::into(one.item), soci::into(one.holder), soci::into(one.token));
        rows.execute();
        while (rows.fetch()) {
            m_leases[one.item] = one;
        }
    }

    Result<void> checkLease(const Lease& lease) const
    {
        const auto place = std::lower_bound(m_draft.items.begin(), m_draft.items.end(), lease.item);
        if (place == m_draft.items.end() || *place != lease.item) {
            return fail(ErrorCode::InvalidArgument,
                        "the lease is of item " + std::to_string(lease.item) + ", which is not among the step's items");
        }
        const auto held = m_leases.find(lease.item);
        const auto at = static_cast<std::size_t>(place - m_draft.items.begin());
        if (lease.token.empty()) {
            return m_statuses[at].version == lease.version
                       ? Result<void>()
                       : fail(ErrorCode::Mismatch,
                              "item " + std::to_string(lease.item) + " changed meanwhile; nothing was recorded");
        }
        const bool mine = held != m_leases.end() && held->second.token == lease.token &&
                          held->second.holder == m_me.id && m_statuses[at].version == lease.version;
        return mine ? Result<void>()
                    : fail(ErrorCode::Mismatch,
                           "item " + std::to_string(lease.item) + " is not yours any more; nothing was recorded");
    }

    [[nodiscard]] Result<ItemStatus> statusAfter(std::size_t i) const
    {
        const ItemId item = m_draft.items[i];
        if (const auto held = m_leases.find(item); held != m_leases.end() && held->second.holder != m_me.id) {
            return fail(ErrorCode::Mismatch, "item " + std::to_string(item) + " is held by somebody else");
        }
        if (m_draft.kind == EventKind::Step) {
            return applyStep(m_statuses[i], m_event, m_me, m_labels);
        }
        if (m_draft.kind == EventKind::Exported) {
            return m_statuses[i];
        }
        std::vector<HistoryEntry> history = m_histories[i];
        const bool undo = m_draft.kind == EventKind::Undone;
        const auto may = undo ? mayUndo(history, m_draft.refersTo, m_me) : mayRedo(history, m_draft.refersTo, m_me);
        if (!may) {
            return fail(may.error());
        }
        for (HistoryEntry& entry : history) {
            if (entry.event.seq == m_draft.refersTo) {
                entry.live = !undo;
            }
        }
        return replay(history, m_labels);
    }

    /// A step ends every claim of ours on what it changed.
    void releaseChanged()
    {
        if (m_leases.empty()) {
            return;
        }
        const std::string list = m_connection.dialect().idList(m_outcome.changed);
        m_connection.sql() << "DELETE FROM lease WHERE item IN (SELECT value FROM " +
                                  std::string(m_connection.dialect().idTable()) + ")",
            soci::use(list, "ids");
    }

    Connection& m_connection;
    const Reviewer& m_me;
    std::size_t m_labels;
    const std::map<std::string, Reviewer>& m_reviewers;
    const EventDraft& m_draft;
    ReviewEvent m_event;
    std::vector<ItemStatus> m_statuses;
    std::vector<std::vector<HistoryEntry>> m_histories;
    std::unordered_map<ItemId, Lease> m_leases;
    CommitOutcome m_outcome;
};

} // namespace

Result<CommitOutcome> SqlStore::commit(const EventDraft& draft, const std::optional<Lease>& lease)
{
    const auto may = mayWrite();
    const auto sound = checkDraft(draft);
    if (!may || !sound) {
        return fail(may ? sound.error() : may.error());
    }
    const std::string text = canonicalJson(eventOf(draft, m_me.pseudonym)) + (lease ? lease->token : std::string());
    if (m_unsettled) {
        const auto event = settle(m_unsettled->token);
        if (!event) {
            return fail(event.error());
        }
        const Unsettled last = *std::exchange(m_unsettled, std::nullopt);
        if (*event && last.draft == text) { // asked again: it was recorded the first time
            CommitOutcome outcome = last.outcome;
            outcome.event = **event;
            return outcome;
        }
    }
    if (draft.kind != EventKind::Step) {
        if (auto all = reviewers(); !all) { // a history may be by somebody who came later
            return fail(all.error());
        }
    }
    const std::string token = randomToken();
    CommitOutcome done;
    auto outcome = m_connection->write([&]() -> Result<CommitOutcome> {
        auto taken = Committer(*m_connection, m_me, m_project.labels.size(), m_reviewers, draft).run(lease, token);
        if (taken) {
            done = *taken;
        }
        return taken;
    });
    if (outcome || !m_connection->lostInCommit()) {
        return outcome;
    }
    const auto event = settle(token);
    if (!event) {
        m_unsettled = Unsettled{token, text, done};
        return fail(event.error());
    }
    if (!*event) {
        return outcome;
    }
    done.event = **event;
    return done;
}

Result<std::optional<EventSeq>> SqlStore::settle(const std::string& token)
{
    for (int attempt = 1;; ++attempt) {
        auto found = m_connection->write([&]() -> Result<std::optional<EventSeq>> {
            EventSeq last = 0;
            EventSeq seq = 0;
            // The lost transaction holds the end of the chain until it is over: what is read after that stays true.
            m_connection->sql() << "SELECT seq FROM chain WHERE id = 1" + m_connection->dialect().lockRows("chain"),
                soci::into(last);
            m_connection->sql() << "SELECT coalesce(max(seq), 0) FROM event WHERE token = :token", soci::use(token),
                soci::into(seq);
            return seq > 0 ? std::optional(seq) : std::nullopt;
        });
        if (found || found.error().code != ErrorCode::Unavailable || attempt >= kSettleAttempts) {
            return found;
        }
        std::this_thread::sleep_for(kSettlePause);
    }
}

} // namespace modscope
