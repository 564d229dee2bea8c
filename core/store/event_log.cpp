#include "core/store/event_log.h"

#include "core/store/id_places.h"
#include "core/store/text.h"

#include <algorithm>
#include <random>

namespace modscope {

namespace {

/// The columns of one event, as they are read.
struct EventRow {
    EventSeq seq = 0;
    std::string json;
    std::string previousHash;
    std::string hash;

    [[nodiscard]] Result<ReviewEvent> event() const
    {
        auto parsed = eventFromJson(json);
        if (!parsed) {
            return fail(ErrorCode::Mismatch, "event " + std::to_string(seq) + ": " + parsed.error().message);
        }
        if (parsed->seq != seq) {
            return fail(ErrorCode::Mismatch,
                        "event " + std::to_string(seq) + " calls itself " + std::to_string(parsed->seq));
        }
        parsed->previousHash = previousHash;
        parsed->hash = hash;
        return parsed;
    }
};

std::string conditionsOf(const EventQuery& query)
{
    std::string conditions = " WHERE event.seq > :after";
    if (query.before > 0) {
        conditions += " AND event.seq < :before";
    }
    if (!query.actor.empty()) {
        conditions += " AND event.actor = :actor";
    }
    if (query.item) {
        conditions += " AND (event.seq IN (SELECT seq FROM event_item WHERE item = :item)"
                      " OR event.seq = (SELECT imported FROM item WHERE id = :item))";
    }
    return conditions + " ORDER BY event.seq" + (query.newestFirst ? " DESC" : "") +
           (query.limit > 0 ? " LIMIT " + std::to_string(query.limit) : "");
}

void writeItems(Connection& connection, const ReviewEvent& event)
{
    if (event.items.empty() || event.kind == EventKind::Imported) {
        return; // a million rows that item.imported says already
    }
    const std::int64_t live = event.kind == EventKind::Step ? 1 : 0;
    connection.dialect().insert(connection.sql(), "event_item",
                                {{"item", event.items},
                                 {"seq", std::vector<std::int64_t>(event.items.size(), event.seq)},
                                 {"live", std::vector<std::int64_t>(event.items.size(), live)}});
    if (event.kind != EventKind::Undone && event.kind != EventKind::Redone) {
        return;
    }
    const int now = event.kind == EventKind::Redone ? 1 : 0;
    const std::string list = connection.dialect().idList(event.items);
    connection.sql() << "UPDATE event_item SET live = :live WHERE seq = :seq AND item IN (SELECT value FROM " +
                            std::string(connection.dialect().idTable()) + ")",
        soci::use(now, "live"), soci::use(event.refersTo, "seq"), soci::use(list, "ids");
}

/// Adds one event to the history of one item.
void play(std::vector<HistoryEntry>& history, const ReviewEvent& event, const Reviewer& actor)
{
    if (event.kind == EventKind::Step) {
        history.push_back({event, actor, true});
        return;
    }
    const auto found = std::find_if(history.begin(), history.end(),
                                    [&](const HistoryEntry& one) { return one.event.seq == event.refersTo; });
    if (found != history.end()) {
        found->live = event.kind == EventKind::Redone;
    }
}

} // namespace

void takeNextPlace(Connection& connection, ReviewEvent& event)
{
    TimeMs last = 0;
    connection.sql() << "SELECT seq, time, hash FROM chain WHERE id = 1" + connection.dialect().lockRows("chain"),
        soci::into(event.seq), soci::into(last), soci::into(event.previousHash);
    ++event.seq;
    event.time = std::max(last, connection.dialect().now(connection.sql()));
}

void appendEvent(Connection& connection, ReviewEvent& event, const std::string& token)
{
    const std::string json = canonicalJson(event);
    event.hash = chainHash(event.previousHash, json);
    const std::string kind(name(event.kind));
    soci::session& sql = connection.sql();
    sql << "INSERT INTO event(seq, time, actor, kind, refers_to, json, previous_hash, hash, token)"
           " VALUES (:seq, :time, :actor, :kind, :refers, :json, :previous, :hash, :token)",
        soci::use(event.seq), soci::use(event.time), soci::use(event.actor), soci::use(kind), soci::use(event.refersTo),
        soci::use(json), soci::use(event.previousHash), soci::use(event.hash), soci::use(token);
    writeItems(connection, event);
    sql << "UPDATE chain SET seq = :seq, time = :time, hash = :hash WHERE id = 1", soci::use(event.seq),
        soci::use(event.time), soci::use(event.hash);
    connection.dialect().announce(sql);
}

void appendSteps(Connection& connection, std::vector<ReviewEvent>& steps)
{
    if (steps.empty()) {
        return;
    }
    std::vector<std::int64_t> seqs;
    std::vector<std::int64_t> items;
    std::vector<std::string> jsons;
    std::vector<std::string> previous;
    std::vector<std::string> hashes;
    std::vector<std::string> tokens;
    const std::string token = randomToken();
    for (ReviewEvent& step : steps) {
        if (!seqs.empty()) {
            step.previousHash = hashes.back();
        }
        jsons.push_back(canonicalJson(step));
        step.hash = chainHash(step.previousHash, jsons.back());
        seqs.push_back(step.seq);
        items.push_back(step.items.front());
        previous.push_back(step.previousHash);
        hashes.push_back(step.hash);
        tokens.push_back(token + "-" + std::to_string(step.seq));
    }
    const std::size_t count = steps.size();
    const ReviewEvent& last = steps.back();
    soci::session& sql = connection.sql();
    connection.dialect().insert(sql, "event",
                                {{"seq", seqs},
                                 {"time", std::vector<std::int64_t>(count, last.time)},
                                 {"actor", std::vector<std::string>(count, last.actor)},
                                 {"kind", std::vector<std::string>(count, std::string(name(EventKind::Step)))},
                                 {"refers_to", std::vector<std::int64_t>(count, 0)},
                                 {"json", std::move(jsons)},
                                 {"previous_hash", std::move(previous)},
                                 {"hash", std::move(hashes)},
                                 {"token", std::move(tokens)}});
    connection.dialect().insert(sql, "event_item",
                                {{"item", items}, {"seq", seqs}, {"live", std::vector<std::int64_t>(count, 1)}});
    sql << "UPDATE chain SET seq = :seq, time = :time, hash = :hash WHERE id = 1", soci::use(last.seq),
        soci::use(last.time), soci::use(last.hash);
    connection.dialect().announce(sql);
}

Result<void> readEventRows(Connection& connection,
                           const EventQuery& query,
                           const std::function<Result<void>(const ReviewEvent&)>& each)
{
    EventRow row;
    const ItemId item = query.item.value_or(0);
    soci::statement rows(connection.sql());
    rows.exchange(soci::into(row.seq));
    rows.exchange(soci::into(row.json));
    rows.exchange(soci::into(row.previousHash));
    rows.exchange(soci::into(row.hash));
    rows.exchange(soci::use(query.after, "after"));
    if (query.before > 0) {
        rows.exchange(soci::use(query.before, "before"));
    }
    if (!query.actor.empty()) {
        rows.exchange(soci::use(query.actor, "actor"));
    }
    if (query.item) {
        rows.exchange(soci::use(item, "item"));
    }
    rows.alloc();
    rows.prepare("SELECT seq, json, previous_hash, hash FROM event" + conditionsOf(query));
    rows.define_and_bind();
    rows.execute();
    while (rows.fetch()) {
        auto event = row.event();
        if (!event) {
            return fail(event.error());
        }
        if (auto taken = each(*event); !taken) {
            return taken;
        }
    }
    return {};
}

Result<ReviewEvent> readEventRow(Connection& connection, EventSeq seq)
{
    std::optional<ReviewEvent> found;
    const EventQuery query{.after = seq - 1, .before = seq + 1, .item = {}, .actor = {}};
    auto read = readEventRows(connection, query, [&](const ReviewEvent& event) {
        found = event;
        return Result<void>();
    });
    if (!read) {
        return fail(read.error());
    }
    return found ? Result<ReviewEvent>(std::move(*found))
                 : fail(ErrorCode::NotFound, "event " + std::to_string(seq) + " does not exist");
}

Result<std::vector<std::vector<HistoryEntry>>> readHistories(Connection& connection,
                                                             std::span<const ItemId> ids,
                                                             const std::map<std::string, Reviewer>& reviewers)
{
    std::vector<std::vector<HistoryEntry>> histories(ids.size());
    const auto places = placesOf(ids);
    const std::string list = connection.dialect().idList(ids);
    ItemId item = 0;
    EventRow row;
    soci::statement rows =
        (connection.sql().prepare << "SELECT event_item.item, event.seq, event.json, event.previous_hash, event.hash"
                                     " FROM "
                                  << connection.dialect().idTable()
                                  << " JOIN event_item ON event_item.item = ids.value"
                                     " JOIN event ON event.seq = event_item.seq"
                                     " WHERE event.kind IN ('step', 'undone', 'redone') ORDER BY event.seq",
         soci::use(list, "ids"), soci::into(item), soci::into(row.seq), soci::into(row.json),
         soci::into(row.previousHash), soci::into(row.hash));
    rows.execute();
    Result<ReviewEvent> event; // one event of many items comes many times in a row
    while (rows.fetch()) {
        if (!event || event->seq != row.seq) {
            event = row.event();
        }
        if (!event) {
            return fail(event.error());
        }
        const auto actor = reviewers.find(event->actor);
        if (actor == reviewers.end()) {
            return fail(ErrorCode::Mismatch, "event " + std::to_string(row.seq) + " is by '" + event->actor +
                                                 "', whom the store does not know");
        }
        play(histories[places.at(item)], *event, actor->second);
    }
    return histories;
}

std::string randomToken()
{
    std::random_device device; // the system's generator: processes never draw alike
    std::string token;
    for (int word = 0; word < 4; ++word) { // each call may wait for the processor's noise: use all of its 32 bits
        const unsigned bits = device();
        for (unsigned shift = 0; shift < 32; shift += 8) {
            token += hexByte(static_cast<unsigned char>(bits >> shift & 0xFFU));
        }
    }
    return token;
}

} // namespace modscope
