#include "core/store/event_log.h"
#include "core/store/id_places.h"
#include "core/store/item_rows.h"
#include "core/store/sql_store.h"
#include "core/store/status_rows.h"
#include "core/store/text.h"

#include <algorithm>

namespace modscope {

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
        std::int64_t number = 0;
        sql << "SELECT coalesce(max(id), 0) + 1 FROM duplicate_group", soci::into(number);
        sql << "INSERT INTO duplicate_group(id, relation) VALUES (:id, :relation)", soci::use(number), soci::use(kind);
        ReviewEvent event = placedEvent(EventKind::Grouped, members);
        event.detail = {{"group", std::to_string(number)}, {"relation", kind}};
        sql << "UPDATE item SET duplicates = :number, touched = :event WHERE id IN (SELECT value FROM " + ids + ")",
            soci::use(number, "number"), soci::use(event.seq, "event"), soci::use(list, "ids");
        appendEvent(*m_connection, event, randomToken());
        return {};
    });
}

Result<std::vector<ItemId>> SqlStore::group(ItemId item)
{
    return m_connection->read([&]() -> Result<std::vector<ItemId>> {
        std::vector<ItemId> found;
        ItemId id = 0;
        soci::statement rows =
            (m_connection->sql().prepare << "SELECT id FROM item WHERE id = :item OR (duplicates > 0 AND duplicates ="
                                            " (SELECT duplicates FROM item WHERE id = :item)) ORDER BY id",
             soci::use(item, "item"), soci::into(id));
        rows.execute();
        while (rows.fetch()) {
            found.push_back(id);
        }
        return found.empty() ? Result<std::vector<ItemId>>(noSuchItem(item)) : found;
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
        soci::statement statement =
            (m_connection->sql().prepare << "INSERT INTO not_duplicate(one, other) VALUES (:one, :other)"
                                            " ON CONFLICT (one, other) DO NOTHING",
             soci::use(pair[0]), soci::use(pair[1]));
        statement.execute(true);
        if (statement.get_affected_rows() == 1) {
            record(EventKind::CannotLink, pair, {});
        }
        return {};
    });
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
