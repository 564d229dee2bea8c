#include "core/store/connection.h"

#include <utility>

namespace modscope {

Connection::Connection(Location location, bool readOnly, std::unique_ptr<Dialect> dialect)
    : m_location(std::move(location)), m_readOnly(readOnly), m_dialect(std::move(dialect))
{}

Result<std::unique_ptr<Connection>> Connection::open(const Location& location, bool readOnly)
{
    auto dialect = location.kind == Location::Kind::Sqlite ? makeSqliteDialect() : makePostgresqlDialect();
    std::unique_ptr<Connection> connection(new Connection(location, readOnly, std::move(dialect)));
    if (auto there = connection->connect(); !there) {
        return fail(there.error());
    }
    return connection;
}

Result<void> Connection::connect()
{
    if (m_connected) {
        return {};
    }
    try {
        m_sql.close();
        m_dialect->open(m_sql, m_location, m_readOnly);
    } catch (const std::exception& error) {
        return fail(m_dialect->errorOf(error, m_location.shown));
    }
    m_connected = true;
    m_ownChange = true; // what others did meanwhile was announced to nobody
    return {};
}

void Connection::begin(bool writes)
{
    m_committing = false;
    m_lostInCommit = false;
    if (writes) {
        m_dialect->beginWrite(m_sql);
    } else {
        m_dialect->beginRead(m_sql);
    }
}

void Connection::commit(bool writes)
{
    m_committing = writes;
    m_sql << "COMMIT";
    m_ownChange = m_ownChange || writes;
}

Error Connection::failed(const std::exception& error)
{
    Error told = m_dialect->errorOf(error, m_location.shown);
    m_connected = told.code != ErrorCode::Unavailable;
    return told;
}

std::optional<Error> Connection::after(const std::exception& error, int attempt)
{
    Error told = failed(error);
    if (!m_connected) {
        m_lostInCommit = m_committing;
        return told;
    }
    rollBack();
    return m_dialect->worthRepeating(error) && attempt < kAttempts ? std::nullopt : std::optional(std::move(told));
}

void Connection::rollBack() noexcept
{
    try {
        m_sql << "ROLLBACK";
    } catch (const std::exception&) {
        // The database has rolled back already (a full disk), or the connection is gone: the next use finds out.
        return;
    }
}

} // namespace modscope
