#pragma once

#include "core/base/error.h"
#include "core/review/item.h"
#include "core/store/location.h"

#include <memory>
#include <soci/soci.h>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

// Private to this room: everything in which SQLite and PostgreSQL differ.

namespace modscope {

/// The clock that leases run by. A moment counts only inside its epoch: after a reboot no old lease is alive.
struct LeaseClock {
    std::string epoch;
    TimeMs now = 0;
};

/// One column of rows to insert, all of one length.
struct Column {
    std::string name;
    std::variant<std::vector<std::int64_t>, std::vector<std::string>> values;
};

/// The rows of one SELECT through the database's own interface: SOCI's copies each value several times, which is most
/// of the time of a million rows. What is NULL reads as 0 or empty. Throws what SOCI throws.
class RowStream {
public:
    virtual ~RowStream() = default;

    [[nodiscard]] virtual bool next() = 0; ///< false after the last row
    [[nodiscard]] virtual std::int64_t number(int column) const = 0;
    [[nodiscard]] virtual std::string_view text(int column) const = 0; ///< good until next()
};

class Dialect {
public:
    virtual ~Dialect() = default;

    /// Connects. Throws what SOCI throws.
    virtual void open(soci::session& sql, const Location& location, bool readOnly) const = 0;
    /// What a failure means to a person; `where` is the store's name.
    [[nodiscard]] virtual Error errorOf(const std::exception& error, const std::string& where) const = 0;
    /// Whether the same transaction may simply be run again (a deadlock).
    [[nodiscard]] virtual bool worthRepeating(const std::exception& error) const = 0;

    virtual void beginWrite(soci::session& sql) const = 0;
    /// One unchanging picture of the database over several reads.
    virtual void beginRead(soci::session& sql) const = 0;

    /// Turns the few words that differ in table definitions: {id}, {keyed}.
    [[nodiscard]] virtual std::string definition(std::string_view statement) const = 0;
    /// Numbered steps of the schema that only this database has: full-text search, roles.
    [[nodiscard]] virtual std::vector<std::string> ownDefinitions(int version) const = 0;
    [[nodiscard]] virtual bool hasTable(soci::session& sql, const std::string& name) const = 0;
    [[nodiscard]] virtual bool hasAnyTable(soci::session& sql) const = 0;
    /// Copies the store aside ahead of a migration. @return where to, or what the person should have done
    [[nodiscard]] virtual Result<std::string> backUp(soci::session& sql,
                                                     const Location& location,
                                                     int version) const = 0;
    /// A short check of the file. Errors: ParseError naming the damage.
    [[nodiscard]] virtual Result<void> check(soci::session& sql, const Location& location) const = 0;
    [[nodiscard]] virtual bool writable(soci::session& sql, const Location& location) const = 0;

    [[nodiscard]] virtual TimeMs now(soci::session& sql) const = 0;
    [[nodiscard]] virtual LeaseClock leaseClock(soci::session& sql) const = 0;

    /// A list of ids as the text of one parameter, and the table expression "ids(value, key)" that reads the parameter
    /// :ids; `key` counts in the list's order.
    [[nodiscard]] virtual std::string idList(std::span<const ItemId> ids) const = 0;
    [[nodiscard]] virtual std::string_view idTable() const = 0;
    /// Ends a SELECT whose rows of `table` are about to be changed.
    [[nodiscard]] virtual std::string lockRows(std::string_view table) const = 0;
    /// The same, passing over rows that somebody else is changing.
    [[nodiscard]] virtual std::string lockFreeRows(std::string_view table) const = 0;
    /// Lets one import or group change at a time number its rows.
    virtual void lockNumbering(soci::session& sql) const = 0;

    virtual void insert(soci::session& sql,
                        const std::string& table,
                        const std::vector<Column>& columns,
                        std::string_view onConflict = {}) const = 0;

    /// Runs a SELECT without parameters inside a transaction. The session does nothing else before the stream is gone.
    [[nodiscard]] virtual std::unique_ptr<RowStream> stream(soci::session& sql, const std::string& select) const = 0;

    /// SELECT of item ids whose words match :words, and what to give it.
    [[nodiscard]] virtual std::string_view searchStatement() const = 0;
    [[nodiscard]] virtual std::string searchWords(const std::vector<std::string>& words) const = 0;

    /// Tells other connections, when the transaction commits.
    virtual void announce(soci::session& sql) const = 0;
    /// Whether others have committed since the last call.
    [[nodiscard]] virtual bool changedByOthers(soci::session& sql) = 0;
};

[[nodiscard]] std::unique_ptr<Dialect> makeSqliteDialect();
[[nodiscard]] std::unique_ptr<Dialect> makePostgresqlDialect();

} // namespace modscope
