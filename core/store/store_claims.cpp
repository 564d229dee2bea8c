#include "core/review/state.h"
#include "core/store/event_log.h"
#include "core/store/sql_store.h"

namespace modscope {

namespace {

constexpr TimeMs kLeaseMs = std::chrono::milliseconds(kLeaseLength).count();

/// "0, 2, 3": the states in which an item can be given to a reviewer.
std::string claimableStates()
{
    std::string list;
    for (std::size_t i = 0; i < kItemStates; ++i) {
        if (claimable(static_cast<ItemState>(i))) {
            list += (list.empty() ? "" : ", ") + std::to_string(i);
        }
    }
    return list;
}

struct FreeItem {
    ItemId id = 0;
    EventSeq version = 0;
};

/// The first candidate that nobody holds. Its row is locked, so that two claims never see the same one as free.
std::optional<FreeItem> firstFree(Connection& connection,
                                  const std::string& candidates,
                                  ReviewerId me,
                                  const LeaseClock& clock)
{
    static const std::string kStates = claimableStates();
    static const std::string kRemoved = std::to_string(static_cast<int>(ItemState::Removed));
    const Dialect& dialect = connection.dialect();
    soci::session& sql = connection.sql();
    const TimeMs now = dialect.now(sql);
    FreeItem free;
    sql << "SELECT item.id, item.version FROM " + std::string(dialect.idTable()) +
               " JOIN item ON item.id = ids.value WHERE (item.state IN (" + kStates +
               ") OR (item.golden = 1 AND item.state <> " + kRemoved +
               "))"
               " AND NOT EXISTS (SELECT 1 FROM lease WHERE lease.item = item.id AND lease.epoch = :epoch"
               " AND lease.ends > :clock)"
               " AND NOT EXISTS (SELECT 1 FROM declined WHERE declined.item = item.id AND declined.reviewer = :me"
               " AND declined.until > :now) ORDER BY ids.key LIMIT 1" +
               dialect.lockFreeRows("item"),
        soci::use(candidates, "ids"), soci::use(clock.epoch, "epoch"), soci::use(clock.now, "clock"),
        soci::use(me, "me"), soci::use(now, "now"), soci::into(free.id), soci::into(free.version);
    return sql.got_data() ? std::optional(free) : std::nullopt;
}

/// False when somebody else's lease, committed after this transaction looked, is in the way.
bool writeLease(soci::session& sql, const Lease& lease, const LeaseClock& clock)
{
    const TimeMs ends = clock.now + kLeaseMs;
    soci::statement insert =
        (sql.prepare << "INSERT INTO lease(item, holder, token, epoch, ends, version)"
                        " VALUES (:item, :holder, :token, :epoch, :ends, :version) ON CONFLICT (item) DO UPDATE"
                        " SET holder = excluded.holder, token = excluded.token, epoch = excluded.epoch,"
                        " ends = excluded.ends, version = excluded.version"
                        " WHERE lease.epoch <> excluded.epoch OR lease.ends <= :clock",
         soci::use(lease.item, "item"), soci::use(lease.holder, "holder"), soci::use(lease.token, "token"),
         soci::use(clock.epoch, "epoch"), soci::use(ends, "ends"), soci::use(lease.version, "version"),
         soci::use(clock.now, "clock"));
    insert.execute(true);
    return insert.get_affected_rows() == 1;
}

} // namespace

Result<std::optional<Lease>> SqlStore::claim(std::span<const ItemId> candidates)
{
    if (auto may = mayWrite(); !may) {
        return fail(may.error());
    }
    if (candidates.empty()) {
        return std::nullopt;
    }
    const std::string list = m_connection->dialect().idList(candidates);
    // Each round loses a race for another item, so there are at most as many rounds as candidates.
    for (std::size_t round = 0; round <= candidates.size(); ++round) {
        bool raced = false;
        auto lease = m_connection->write([&]() -> Result<std::optional<Lease>> {
            raced = false;
            const LeaseClock clock = m_connection->dialect().leaseClock(m_connection->sql());
            const auto free = firstFree(*m_connection, list, m_me.id, clock);
            if (!free) {
                return std::nullopt;
            }
            Lease taken{free->id, m_me.id, randomToken(), free->version, kLeaseLength};
            raced = !writeLease(m_connection->sql(), taken, clock);
            return raced ? std::nullopt : std::optional(taken);
        });
        if (!lease || !raced) {
            return lease;
        }
    }
    return std::nullopt;
}

Result<Lease> SqlStore::heartbeat(const Lease& lease)
{
    if (auto may = mayWrite(); !may) {
        return fail(may.error());
    }
    return m_connection->write([&]() -> Result<Lease> {
        const LeaseClock clock = m_connection->dialect().leaseClock(m_connection->sql());
        const TimeMs ends = clock.now + kLeaseMs;
        soci::statement update =
            (m_connection->sql().prepare << "UPDATE lease SET ends = :ends WHERE item = :item AND token = :token"
                                            " AND epoch = :epoch AND ends > :clock",
             soci::use(ends), soci::use(lease.item), soci::use(lease.token), soci::use(clock.epoch),
             soci::use(clock.now));
        update.execute(true);
        if (update.get_affected_rows() != 1) {
            return fail(ErrorCode::Mismatch, "item " + std::to_string(lease.item) + " is not yours any more");
        }
        Lease longer = lease;
        longer.left = kLeaseLength;
        return longer;
    });
}

Result<void> SqlStore::release(const Lease& lease)
{
    if (auto may = mayWrite(); !may) {
        return may;
    }
    return m_connection->write([&]() -> Result<void> {
        m_connection->sql() << "DELETE FROM lease WHERE item = :item AND token = :token", soci::use(lease.item),
            soci::use(lease.token);
        return {};
    });
}

Result<std::vector<Lease>> SqlStore::leases()
{
    return m_connection->read([&]() -> Result<std::vector<Lease>> {
        const LeaseClock clock = m_connection->dialect().leaseClock(m_connection->sql());
        std::vector<Lease> found;
        Lease one;
        TimeMs ends = 0;
        soci::statement rows =
            (m_connection->sql().prepare << "SELECT item, holder, token, version, ends FROM lease"
                                            " WHERE epoch = :epoch AND ends > :clock ORDER BY item",
             soci::use(clock.epoch), soci::use(clock.now), soci::into(one.item), soci::into(one.holder),
             soci::into(one.token), soci::into(one.version), soci::into(ends));
        rows.execute();
        while (rows.fetch()) {
            one.left = std::chrono::milliseconds(ends - clock.now);
            found.push_back(one);
        }
        return found;
    });
}

} // namespace modscope
