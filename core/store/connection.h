#pragma once

#include "core/base/error.h"
#include "core/store/dialect.h"

#include <memory>
#include <optional>
#include <soci/soci.h>
#include <type_traits>
#include <utility>

// Private to this room.

namespace modscope {

/// One database session and its transactions. What SOCI throws becomes an Error here. After a lost connection the next
/// transaction connects again.
class Connection {
public:
    [[nodiscard]] static Result<std::unique_ptr<Connection>> open(const Location& location, bool readOnly);

    [[nodiscard]] soci::session& sql() { return m_sql; }
    [[nodiscard]] Dialect& dialect() { return *m_dialect; }
    [[nodiscard]] const Location& location() const { return m_location; }

    /// Runs `work` (a callable that returns a Result) in a transaction: committed if it succeeds, else rolled back.
    template <typename Work>
    [[nodiscard]] std::invoke_result_t<Work> write(Work&& work)
    {
        return transact(true, work);
    }
    /// Runs `work` against one picture of the database.
    template <typename Work>
    [[nodiscard]] std::invoke_result_t<Work> read(Work&& work)
    {
        return transact(false, work);
    }
    /// Runs `work` outside any transaction.
    template <typename Work>
    [[nodiscard]] std::invoke_result_t<Work> peek(Work&& work)
    {
        if (auto there = connect(); !there) {
            return fail(there.error());
        }
        try {
            return work();
        } catch (const std::exception& error) {
            return fail(failed(error));
        }
    }
    /// The connection broke while a transaction was being committed: it may be in or not.
    [[nodiscard]] bool lostInCommit() const { return m_lostInCommit; }
    /// Whether we committed a change, or connected anew, since the last call.
    [[nodiscard]] bool takeOwnChange() { return std::exchange(m_ownChange, false); }

private:
    static constexpr int kAttempts = 5; ///< at a transaction that met a deadlock

    Connection(Location location, bool readOnly, std::unique_ptr<Dialect> dialect);
    [[nodiscard]] Result<void> connect();
    /// What went wrong; a lost connection is remembered.
    [[nodiscard]] Error failed(const std::exception& error);
    void begin(bool writes);
    void commit(bool writes);
    /// Rolls back and tells what happened. @return nothing when the transaction should simply run again
    [[nodiscard]] std::optional<Error> after(const std::exception& error, int attempt);
    void rollBack() noexcept;

    template <typename Work>
    std::invoke_result_t<Work> transact(bool writes, Work& work)
    {
        for (int attempt = 1;; ++attempt) {
            if (auto there = connect(); !there) {
                return fail(there.error());
            }
            try {
                begin(writes);
                auto result = work();
                if (result) {
                    commit(writes);
                } else {
                    rollBack();
                }
                return result;
            } catch (const std::exception& error) {
                if (auto final = after(error, attempt)) {
                    return fail(std::move(*final));
                }
            }
        }
    }

    Location m_location;
    bool m_readOnly;
    std::unique_ptr<Dialect> m_dialect;
    soci::session m_sql;
    bool m_connected = false;
    bool m_committing = false;
    bool m_lostInCommit = false;
    bool m_ownChange = false;
};

} // namespace modscope
