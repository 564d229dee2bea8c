#include "core/store/schema.h"

#include "core/base/log.h"

#include <filesystem>

namespace modscope {

namespace {

constexpr const char* kVersionTable = "modscope_schema";

/// 0: an empty database.
Result<int> versionOf(Connection& connection)
{
    return connection.read([&]() -> Result<int> {
        soci::session& sql = connection.sql();
        if (connection.dialect().hasTable(sql, kVersionTable)) {
            int version = 0;
            sql << "SELECT max(version) FROM modscope_schema", soci::into(version);
            return version;
        }
        if (connection.dialect().hasAnyTable(sql)) {
            return fail(ErrorCode::ParseError, connection.location().shown + ": not a Modscope review store");
        }
        return 0;
    });
}

Result<void> take(Connection& connection, int version, std::span<const std::string_view> statements)
{
    return connection.write([&]() -> Result<void> {
        soci::session& sql = connection.sql();
        const Dialect& dialect = connection.dialect();
        // Somebody else may have been faster since the version was read.
        if (dialect.hasTable(sql, kVersionTable)) {
            int now = 0;
            sql << "SELECT max(version) FROM modscope_schema", soci::into(now);
            if (now >= version) {
                return {};
            }
        }
        for (const std::string_view statement : statements) {
            sql << dialect.definition(statement);
        }
        for (const std::string& statement : dialect.ownDefinitions(version)) {
            sql << statement;
        }
        const TimeMs time = dialect.now(sql);
        sql << "INSERT INTO modscope_schema(version, applied) VALUES (:version, :time)", soci::use(version),
            soci::use(time);
        return {};
    });
}

} // namespace

Result<void> prepareSchema(Connection& connection, bool mayCreate, bool readOnly, SchemaSteps steps)
{
    const int newest = static_cast<int>(steps.size());
    const auto version = versionOf(connection);
    if (!version) {
        return fail(version.error());
    }
    const std::string& shown = connection.location().shown;
    if (*version > newest) {
        return fail(ErrorCode::Unsupported, shown + ": made by a newer Modscope (schema " + std::to_string(*version) +
                                                ", this one knows " + std::to_string(newest) + ")");
    }
    if (*version == 0 && !mayCreate) {
        return fail(ErrorCode::NotFound, shown + ": no review store is there");
    }
    if (*version < newest && readOnly) {
        return fail(ErrorCode::PermissionDenied,
                    shown + ": its schema must be updated first, by somebody who may write");
    }
    for (int next = *version + 1; next <= newest; ++next) {
        if (next > 1) {
            auto copy = connection.peek(
                [&] { return connection.dialect().backUp(connection.sql(), connection.location(), next); });
            if (!copy) {
                return fail(copy.error());
            }
            log::info("review store: schema " + std::to_string(next) + "; the copy from before: " + *copy);
        }
        if (auto done = take(connection, next, steps[static_cast<std::size_t>(next) - 1]); !done) {
            return done;
        }
    }
    return {};
}

} // namespace modscope
