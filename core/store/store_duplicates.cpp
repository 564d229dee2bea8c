#include "core/store/event_log.h"
#include "core/store/id_places.h"
#include "core/store/item_rows.h"
#include "core/store/sql_store.h"
#include "core/store/status_rows.h"
#include "core/store/text.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <sstream>

namespace modscope {

namespace {

/// Ascending, with the item itself. Errors: NotFound.
Result<std::vector<ItemId>> membersOfGroup(Connection& connection, ItemId item)
{
    std::vector<ItemId> found;
    ItemId id = 0;
    soci::statement rows =
        (connection.sql().prepare << "SELECT id FROM item WHERE id = :item OR (duplicates > 0 AND duplicates ="
                                     " (SELECT duplicates FROM item WHERE id = :item)) ORDER BY id",
         soci::use(item, "item"), soci::into(id));
    rows.execute();
    while (rows.fetch()) {
        found.push_back(id);
    }
    return found.empty() ? Result<std::vector<ItemId>>(noSuchItem(item)) : found;
}

/// What a person said an item is no duplicate of.
std::set<ItemId> partedFrom(Connection& connection, ItemId item)
{
    std::set<ItemId> found;
    ItemId other = 0;
    soci::statement rows = (connection.sql().prepare << "SELECT other FROM not_duplicate WHERE one = :item"
                                                        " UNION SELECT one FROM not_duplicate WHERE other = :item",
                            soci::use(item, "item"), soci::into(other));
    rows.execute();
    while (rows.fetch()) {
        found.insert(other);
    }
    return found;
}

/// The relation of an item's group; empty without one.
std::string relationOfGroup(Connection& connection, ItemId item)
{
    std::string relation;
    connection.sql()
        << "SELECT relation FROM duplicate_group WHERE id = (SELECT duplicates FROM item WHERE id = :item)",
        soci::use(item), soci::into(relation);
    return relation;
}

/// @return its number. Lock the numbering first.
std::int64_t newGroup(Connection& connection, const std::string& relation)
{
    std::int64_t number = 0;
    connection.sql() << "SELECT coalesce(max(id), 0) + 1 FROM duplicate_group", soci::into(number);
    connection.sql() << "INSERT INTO duplicate_group(id, relation) VALUES (:id, :relation)", soci::use(number),
        soci::use(relation);
    return number;
}

/// Puts items into a group, or into none.
void regroup(Connection& connection, const std::vector<ItemId>& items, std::int64_t group, EventSeq event)
{
    const std::string list = connection.dialect().idList(items);
    connection.sql() << "UPDATE item SET duplicates = :number, touched = :event WHERE id IN (SELECT value FROM " +
                            std::string(connection.dialect().idTable()) + ")",
        soci::use(group, "number"), soci::use(event, "event"), soci::use(list, "ids");
}

/// Remembers that two items are no duplicates. @return whether it was not known yet
bool forbidPair(Connection& connection, ItemId one, ItemId other)
{
    const auto [first, second] = std::minmax(one, other);
    soci::statement statement =
        (connection.sql().prepare << "INSERT INTO not_duplicate(one, other) VALUES (:one, :other)"
                                     " ON CONFLICT (one, other) DO NOTHING",
         soci::use(first), soci::use(second));
    statement.execute(true);
    return statement.get_affected_rows() == 1;
}

/// The other way round.
void allowPair(Connection& connection, ItemId one, ItemId other)
{
    const auto [first, second] = std::minmax(one, other);
    connection.sql() << "DELETE FROM not_duplicate WHERE one = :one AND other = :other", soci::use(first),
        soci::use(second);
}

using ItemPair = std::pair<ItemId, ItemId>;

/// "3-7 4-7"
std::string pairsText(const std::vector<ItemPair>& pairs)
{
    std::string text;
    for (const auto& [one, other] : pairs) {
        text += (text.empty() ? "" : " ") + std::to_string(one) + "-" + std::to_string(other);
    }
    return text;
}

std::string detailOf(const ReviewEvent& event, const std::string& key)
{
    const auto found = event.detail.find(key);
    return found == event.detail.end() ? std::string() : found->second;
}

/// What a CannotLink said first, and nobody before it.
std::set<ItemPair> partedBy(const ReviewEvent& event)
{
    std::istringstream apart(detailOf(event, "apart"));
    const std::set<ItemId> out{std::istream_iterator<ItemId>(apart), {}};
    std::set<ItemPair> pairs;
    for (const ItemId one : event.items) {
        for (const ItemId other : event.items) {
            if (one < other && (out.empty() || out.contains(one) != out.contains(other))) {
                pairs.insert({one, other});
            }
        }
    }
    std::istringstream known(detailOf(event, "known"));
    ItemPair pair;
    char dash = 0;
    while (known >> pair.first >> dash >> pair.second) {
        pairs.erase(pair);
    }
    return pairs;
}

/// Whether a parting was taken back already.
Result<bool> isTakenBack(Connection& connection, const ReviewEvent& parting)
{
    bool found = false;
    const EventQuery later{.after = parting.seq, .before = 0, .item = parting.items.front(), .actor = parting.actor};
    const auto read = readEventRows(connection, later, [&](const ReviewEvent& event) {
        found =
            found || (event.kind == EventKind::Grouped && detailOf(event, "takes_back") == std::to_string(parting.seq));
        return Result<void>();
    });
    return read ? Result<bool>(found) : fail(read.error());
}

std::string spacedIds(const std::vector<ItemId>& ids)
{
    std::string text;
    for (const ItemId id : ids) {
        text += (text.empty() ? "" : " ") + std::to_string(id);
    }
    return text;
}

} // namespace

Result<void> SqlStore::readPictures(std::stop_token stop, const std::function<void(const StoredPicture&)>& each)
{
    constexpr std::int64_t kLookEvery = 10'000; // at the stop token
    return m_connection->read([&]() -> Result<void> {
        StoredPicture picture;
        const int removed = static_cast<int>(ItemState::Removed);
        soci::statement rows =
            (m_connection->sql().prepare
                 << "SELECT item.id, item.duplicates, content.image_sha256, content.pdq, content.pdq_quality FROM item"
                    " JOIN content ON content.item = item.id WHERE item.has_picture = 1 AND item.state <> :removed"
                    " ORDER BY item.id",
             soci::use(removed), soci::into(picture.item), soci::into(picture.group), soci::into(picture.sha256),
             soci::into(picture.hash.pdq), soci::into(picture.hash.quality));
        rows.execute();
        for (std::int64_t read = 0; rows.fetch(); ++read) {
            if (read % kLookEvery == 0 && stop.stop_requested()) {
                return fail(ErrorCode::Cancelled, "reading the pictures' hashes was stopped");
            }
            each(picture);
        }
        return {};
    });
}

Result<void> SqlStore::setGroup(std::span<const ItemId> items, std::string_view relation)
{
    std::vector<ItemId> members(items.begin(), items.end());
    std::sort(members.begin(), members.end());
    members.erase(std::unique(members.begin(), members.end()), members.end());
    const std::string kind(relation);
    auto ready = mayWrite();
    ready = ready ? checkText(kind, "the relation") : ready;
    if (!ready || members.size() < 2) {
        return ready ? fail(ErrorCode::InvalidArgument, "a group of duplicates needs two items or more") : ready;
    }
    return m_connection->write([&]() -> Result<void> {
        soci::session& sql = m_connection->sql();
        const Dialect& dialect = m_connection->dialect();
        dialect.lockNumbering(sql);
        if (auto there = loadStatuses(*m_connection, members, RowLock::ForChange); !there) {
            return fail(there.error());
        }
        ItemId one = 0;
        ItemId other = 0;
        const std::string list = dialect.idList(members);
        const std::string ids(dialect.idTable());
        sql << "SELECT one, other FROM not_duplicate WHERE one IN (SELECT value FROM " + ids +
                   ") AND other IN (SELECT value FROM " + ids + ") LIMIT 1",
            soci::use(list, "ids"), soci::into(one), soci::into(other);
        if (sql.got_data()) {
            return fail(ErrorCode::Mismatch, "items " + std::to_string(one) + " and " + std::to_string(other) +
                                                 " are marked as not being duplicates");
        }
        const std::int64_t number = newGroup(*m_connection, kind);
        ReviewEvent event = placedEvent(EventKind::Grouped, members);
        event.detail = {{"group", std::to_string(number)}, {"relation", kind}};
        regroup(*m_connection, members, number, event.seq);
        appendEvent(*m_connection, event, randomToken());
        return {};
    });
}

Result<std::vector<ItemId>> SqlStore::group(ItemId item)
{
    return m_connection->read([&]() -> Result<std::vector<ItemId>> {
        auto members = membersOfGroup(*m_connection, item);
        if (members && members->size() > 1) {
            const auto parted = partedFrom(*m_connection, item);
            std::erase_if(*members, [&parted](ItemId one) { return parted.contains(one); });
        }
        return members;
    });
}

Result<void> SqlStore::markNotDuplicates(ItemId one, ItemId other)
{
    const std::vector<ItemId> pair = {std::min(one, other), std::max(one, other)};
    const auto may = mayWrite();
    if (!may || one == other) {
        return may ? fail(ErrorCode::InvalidArgument, "an item is always its own duplicate") : may;
    }
    return m_connection->write([&]() -> Result<void> {
        if (auto there = loadStatuses(*m_connection, pair); !there) {
            return fail(there.error());
        }
        if (forbidPair(*m_connection, one, other)) {
            record(EventKind::CannotLink, pair, {});
        }
        return {};
    });
}

Result<void> SqlStore::splitGroup(std::span<const ItemId> apart)
{
    std::vector<ItemId> leaving(apart.begin(), apart.end());
    std::sort(leaving.begin(), leaving.end());
    leaving.erase(std::unique(leaving.begin(), leaving.end()), leaving.end());
    const auto may = mayWrite();
    if (!may || leaving.empty()) {
        return may ? fail(ErrorCode::InvalidArgument, "no item was named to be taken out of its group") : may;
    }
    return m_connection->write([&]() -> Result<void> {
        m_connection->dialect().lockNumbering(m_connection->sql());
        const auto all = membersOfGroup(*m_connection, leaving.front());
        if (!all) {
            return fail(all.error());
        }
        if (!std::includes(all->begin(), all->end(), leaving.begin(), leaving.end())) {
            return fail(ErrorCode::InvalidArgument, "the items to be taken out are not of one group of duplicates");
        }
        std::vector<ItemId> staying;
        std::set_difference(all->begin(), all->end(), leaving.begin(), leaving.end(), std::back_inserter(staying));
        if (staying.empty()) {
            return fail(ErrorCode::InvalidArgument, "at least one item must stay in the group");
        }
        if (auto there = loadStatuses(*m_connection, *all, RowLock::ForChange); !there) {
            return fail(there.error());
        }
        std::vector<ItemPair> known;
        for (const ItemId out : leaving) {
            for (const ItemId in : staying) {
                if (!forbidPair(*m_connection, out, in)) {
                    known.emplace_back(std::min(out, in), std::max(out, in));
                }
            }
        }
        ReviewEvent event = placedEvent(EventKind::CannotLink, *all);
        const std::string relation = relationOfGroup(*m_connection, leaving.front());
        event.detail = {{"apart", spacedIds(leaving)}, {"relation", relation}};
        if (!known.empty()) {
            event.detail["known"] = pairsText(known);
        }
        const std::int64_t own = leaving.size() > 1 ? newGroup(*m_connection, relation) : 0;
        regroup(*m_connection, leaving, own, event.seq);
        const std::int64_t kept = staying.size() > 1 ? newGroup(*m_connection, relation) : 0;
        regroup(*m_connection, staying, kept, event.seq);
        appendEvent(*m_connection, event, randomToken());
        return {};
    });
}

Result<void> SqlStore::takeBackParting(EventSeq parting)
{
    if (auto may = mayWrite(); !may) {
        return may;
    }
    return m_connection->write([&]() -> Result<void> {
        m_connection->dialect().lockNumbering(m_connection->sql());
        const auto event = readEventRow(*m_connection, parting);
        if (!event) {
            return fail(event.error());
        }
        const std::string which = "event " + std::to_string(parting);
        if (event->kind != EventKind::CannotLink) {
            return fail(ErrorCode::InvalidArgument, which + " parted no duplicates");
        }
        if (event->actor != m_me.pseudonym) {
            return fail(ErrorCode::PermissionDenied, which + " is somebody else's");
        }
        const auto gone = isTakenBack(*m_connection, *event);
        if (!gone || *gone) {
            return gone ? fail(ErrorCode::Mismatch, which + " was taken back already") : fail(gone.error());
        }
        const auto statuses = loadStatuses(*m_connection, event->items, RowLock::ForChange);
        return statuses ? rejoin(*event) : fail(statuses.error());
    });
}

Result<void> SqlStore::rejoin(const ReviewEvent& parting)
{
    const bool split = parting.detail.contains("apart");
    ReviewEvent event = placedEvent(EventKind::Grouped, parting.items);
    event.detail = {{"takes_back", std::to_string(parting.seq)}};
    for (const ItemId item : split ? parting.items : std::vector<ItemId>()) {
        const auto members = membersOfGroup(*m_connection, item);
        if (!members) {
            return fail(members.error());
        }
        if (!std::ranges::includes(parting.items, *members)) {
            return fail(ErrorCode::Mismatch, "a part of the group has other duplicates since: look at them again");
        }
    }
    for (const auto& [one, other] : partedBy(parting)) {
        allowPair(*m_connection, one, other);
    }
    if (split) {
        const std::string relation = detailOf(parting, "relation");
        const std::int64_t number = newGroup(*m_connection, relation);
        event.detail["group"] = std::to_string(number);
        event.detail["relation"] = relation;
        regroup(*m_connection, parting.items, number, event.seq);
    }
    appendEvent(*m_connection, event, randomToken());
    return {};
}

Result<std::vector<std::pair<ItemId, ItemId>>> SqlStore::notDuplicates()
{
    return m_connection->read([&]() -> Result<std::vector<std::pair<ItemId, ItemId>>> {
        std::vector<std::pair<ItemId, ItemId>> found;
        std::pair<ItemId, ItemId> one;
        soci::statement rows =
            (m_connection->sql().prepare << "SELECT one, other FROM not_duplicate ORDER BY one, other",
             soci::into(one.first), soci::into(one.second));
        rows.execute();
        while (rows.fetch()) {
            found.push_back(one);
        }
        return found;
    });
}

} // namespace modscope
