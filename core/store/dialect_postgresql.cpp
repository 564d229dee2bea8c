#include "core/store/dialect.h"
#include "core/store/text.h"

#include <array>
#include <optional>
#include <soci/postgresql/soci-postgresql.h>
#include <utility>

namespace modscope {

namespace {

PGconn* postgresHandle(soci::session& sql)
{
    return static_cast<soci::postgresql_session_backend*>(sql.get_backend())->conn_;
}

/// One value of an array literal.
std::string element(std::int64_t value)
{
    return std::to_string(value);
}

std::string element(const std::string& value)
{
    return "\"" + replaced(replaced(value, "\\", "\\\\"), "\"", "\\\"") + "\"";
}

template <typename Value>
std::string arrayOf(const std::vector<Value>& values)
{
    std::string text = "{";
    for (const Value& value : values) {
        text += (text.size() == 1 ? "" : ",") + element(value);
    }
    return text + "}";
}

/// Roles belong to the whole server and need a right that not everybody has; without it the program alone checks who
/// may do what.
std::string roleStatement(const std::string& role, const std::string& grants)
{
    return "DO $$ BEGIN"
           " IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '" +
           role + "') THEN CREATE ROLE " + role + "; END IF; " + grants +
           " EXCEPTION WHEN insufficient_privilege OR duplicate_object THEN"
           " RAISE NOTICE 'no right to set up the role " +
           role + "'; END $$";
}

/// SQL that turns ASCII punctuation into spaces, as wordsOf() splits; else the parser would keep addresses and the like
/// whole.
std::string plainWords(const std::string& text)
{
    return "regexp_replace(" + text + R"(, '[][ !"#$&''()*+,./:;<=>?@\\^_`{|}~%-]+', ' ', 'g'))";
}

soci::postgresql_soci_error errorFrom(PGconn* connection, const PGresult* result)
{
    const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    return {PQerrorMessage(connection), state == nullptr ? "08006" : state}; // the code of a broken connection
}

/// A number as the server sends it in binary: two's complement, big-endian.
std::int64_t bigEndian(std::string_view bytes)
{
    const bool negative = !bytes.empty() && (static_cast<unsigned char>(bytes.front()) & 0x80U) != 0;
    std::uint64_t value = negative ? ~std::uint64_t{0} : 0;
    for (const char byte : bytes) {
        value = value << 8U | static_cast<unsigned char>(byte);
    }
    return static_cast<std::int64_t>(value);
}

/// COPY in its binary format, taken row by row while the server works on the next ones.
/// Source: PostgreSQL 15, "COPY", File Formats, Binary Format.
class PostgresqlRows final : public RowStream {
public:
    PostgresqlRows(soci::session& sql, const std::string& select) : m_connection(postgresHandle(sql))
    {
        const Answer begun(PQexec(m_connection, ("COPY (" + select + ") TO STDOUT (FORMAT binary)").c_str()));
        if (PQresultStatus(begun.get()) != PGRES_COPY_OUT) {
            throw errorFrom(m_connection, begun.get());
        }
        m_open = true;
    }
    ~PostgresqlRows() override
    {
        if (m_open) {
            stop();
        }
    }
    PostgresqlRows(const PostgresqlRows&) = delete;
    PostgresqlRows& operator=(const PostgresqlRows&) = delete;

    bool next() override
    {
        for (;;) {
            char* bytes = nullptr;
            const int length = PQgetCopyData(m_connection, &bytes, 0);
            m_message.reset(bytes);
            if (length < 0) {
                finish();
                return false;
            }
            const std::string_view message(bytes, static_cast<std::size_t>(length));
            if (split(message.substr(std::exchange(m_headerLength, 0)))) {
                return true;
            }
        }
    }
    std::int64_t number(int column) const override { return bigEndian(text(column)); }
    std::string_view text(int column) const override { return m_fields[static_cast<std::size_t>(column)]; }

private:
    struct Release {
        void operator()(char* bytes) const { PQfreemem(bytes); }
        void operator()(PGresult* result) const { PQclear(result); }
        void operator()(PGcancel* cancel) const { PQfreeCancel(cancel); }
    };
    using Answer = std::unique_ptr<PGresult, Release>;

    /// A row is its number of fields and each one's length and bytes. @return false for what is no row: the trailer, or
    /// nothing after the header
    bool split(std::string_view row)
    {
        constexpr std::size_t kCountBytes = 2;
        constexpr std::size_t kLengthBytes = 4;
        const std::int64_t count = bigEndian(row.substr(0, kCountBytes));
        m_fields.clear();
        for (std::size_t at = kCountBytes; static_cast<std::int64_t>(m_fields.size()) < count;) {
            const std::int64_t length = bigEndian(row.substr(at, kLengthBytes)); // -1: NULL
            at += kLengthBytes;
            m_fields.push_back(row.substr(at, length < 0 ? 0 : static_cast<std::size_t>(length)));
            at += m_fields.back().size();
        }
        return count > 0;
    }

    void finish()
    {
        m_open = false;
        std::optional<soci::postgresql_soci_error> failure;
        while (const Answer answer{PQgetResult(m_connection)}) {
            if (PQresultStatus(answer.get()) != PGRES_COMMAND_OK && !failure) {
                failure = errorFrom(m_connection, answer.get());
            }
        }
        if (failure) {
            throw soci::postgresql_soci_error(*failure);
        }
    }

    /// The reader had enough: what is on its way must be taken before the connection can be used again.
    void stop() noexcept
    {
        const std::unique_ptr<PGcancel, Release> cancel(PQgetCancel(m_connection));
        std::array<char, 256> why{}; // libpq's recommended length
        (void)PQcancel(cancel.get(), why.data(), static_cast<int>(why.size()));
        for (char* bytes = nullptr; PQgetCopyData(m_connection, &bytes, 0) >= 0;) {
            m_message.reset(bytes);
        }
        while (const Answer answer{PQgetResult(m_connection)}) {
        }
    }

    PGconn* m_connection;
    bool m_open = false;
    std::size_t m_headerLength = 19; ///< signature, flags and the length of an extension that no version has
    std::unique_ptr<char, Release> m_message;
    std::vector<std::string_view> m_fields; ///< into the message
};

class PostgresqlDialect final : public Dialect {
public:
    void open(soci::session& sql, const Location& location, bool readOnly) const override
    {
        sql.open("postgresql", location.target);
        // What a notice tells comes back as an error too; it must not be printed between a program's own lines.
        PQsetNoticeProcessor(
            postgresHandle(sql), [](void*, const char*) {}, nullptr);
        sql << "SET client_min_messages = warning";
        sql << "SET application_name = 'modscope'";
        sql << "SET lock_timeout = '30s'";
        if (readOnly) {
            sql << "SET default_transaction_read_only = on";
        }
        sql << "LISTEN modscope_events";
    }

    Error errorOf(const std::exception& error, const std::string& where) const override
    {
        const auto* known = dynamic_cast<const soci::postgresql_soci_error*>(&error);
        const std::string state = known == nullptr ? "" : known->sqlstate();
        const auto* plain = dynamic_cast<const soci::soci_error*>(&error);
        const std::string why = replaced(plain == nullptr ? error.what() : plain->get_error_message(), "\n", " ");
        // The server's own words end a connection with a class of errors; a broken socket has none.
        const bool lost = state.starts_with("08") || state.starts_with("57P") ||
                          state.find_first_not_of(std::string_view(" \0", 2)) == std::string::npos ||
                          why.find("connection") != std::string::npos;
        if (known != nullptr && lost) {
            return {ErrorCode::Unavailable, where + ": the connection is lost: " + why};
        }
        if (known == nullptr && why.find("authentication failed") != std::string::npos) {
            return {ErrorCode::PermissionDenied, where + ": the server refuses the password: " + why};
        }
        if (known == nullptr && plain != nullptr) { // SOCI has no class of its own for a failed connection
            return {ErrorCode::Unavailable, where + ": cannot be reached: " + why};
        }
        if (state == "42501" || state == "25006") {
            return {ErrorCode::PermissionDenied, where + ": " + why};
        }
        if (state.starts_with("53") || state.starts_with("58")) {
            return {ErrorCode::IoError, where + ": the server is out of room: " + why};
        }
        if (state == "55P03") {
            return {ErrorCode::IoError, where + ": another program has been writing for too long; nothing was changed"};
        }
        return {ErrorCode::Internal, where + ": " + why};
    }

    bool worthRepeating(const std::exception& error) const override
    {
        const auto* known = dynamic_cast<const soci::postgresql_soci_error*>(&error);
        return known != nullptr && (known->sqlstate() == "40P01" || known->sqlstate() == "40001");
    }

    void beginWrite(soci::session& sql) const override { sql << "BEGIN"; }
    void beginRead(soci::session& sql) const override { sql << "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"; }

    std::string definition(std::string_view statement) const override
    {
        return replaced(replaced(std::string(statement), "{id}", "BIGINT PRIMARY KEY"), "{keyed}", "");
    }

    std::vector<std::string> ownDefinitions(int version) const override
    {
        if (version != 1) {
            return {};
        }
        const std::string all = "item_key || ' ' || text || ' ' || ocr_text";
        return {
            "ALTER TABLE content ADD COLUMN words tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, " +
                plainWords(all) + ")) STORED",
            "CREATE INDEX content_words ON content USING gin(words)",
            // Nobody but the owner can change or delete the record.
            roleStatement("modscope_reviewer",
                          "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO modscope_reviewer;"
                          " REVOKE UPDATE, DELETE ON event, content, policy, project_label FROM modscope_reviewer;"
                          " GRANT UPDATE (ocr_text, pdq, pdq_quality) ON content TO modscope_reviewer;"
                          " REVOKE INSERT, UPDATE, DELETE ON reviewer, setting, policy, modscope_schema"
                          " FROM modscope_reviewer;"),
            roleStatement("modscope_lead",
                          "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO modscope_lead;"
                          " REVOKE UPDATE, DELETE ON event FROM modscope_lead;"),
            roleStatement("modscope_auditor", "GRANT SELECT ON ALL TABLES IN SCHEMA public TO modscope_auditor;"),
        };
    }

    bool hasTable(soci::session& sql, const std::string& name) const override
    {
        int count = 0;
        sql << "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema()"
               " AND table_name = :name",
            soci::use(name), soci::into(count);
        return count > 0;
    }

    bool hasAnyTable(soci::session& sql) const override
    {
        int count = 0;
        sql << "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema()",
            soci::into(count);
        return count > 0;
    }

    Result<std::string> backUp(soci::session& /*sql*/, const Location& /*location*/, int /*version*/) const override
    {
        return std::string("the server's own backup (pg_dump)"); // the update is one transaction: all or nothing
    }

    Result<void> check(soci::session& /*sql*/, const Location& /*location*/) const override { return {}; }

    bool writable(soci::session& sql, const Location& /*location*/) const override
    {
        int may = 0;
        sql << "SELECT CASE WHEN has_table_privilege('event', 'INSERT') AND NOT pg_is_in_recovery()"
               " AND current_setting('default_transaction_read_only') = 'off' THEN 1 ELSE 0 END",
            soci::into(may);
        return may == 1;
    }

    TimeMs now(soci::session& sql) const override
    {
        TimeMs time = 0;
        sql << "SELECT CAST(floor(extract(epoch FROM clock_timestamp()) * 1000) AS bigint)", soci::into(time);
        return time;
    }

    LeaseClock leaseClock(soci::session& sql) const override { return {"server", now(sql)}; }

    std::string idList(std::span<const ItemId> ids) const override { return "{" + joined(ids) + "}"; }
    std::string_view idTable() const override
    {
        return "unnest(CAST(:ids AS bigint[])) WITH ORDINALITY AS ids(value, key)";
    }
    std::string lockRows(std::string_view table) const override
    {
        return " FOR NO KEY UPDATE OF " + std::string(table);
    }
    std::string lockFreeRows(std::string_view table) const override { return lockRows(table) + " SKIP LOCKED"; }
    void lockNumbering(soci::session& sql) const override { sql << "LOCK TABLE numbering IN EXCLUSIVE MODE"; }

    void insert(soci::session& sql,
                const std::string& table,
                const std::vector<Column>& columns,
                std::string_view onConflict) const override
    {
        std::string names;
        std::string arrays;
        std::vector<std::string> texts;
        bool some = false;
        for (const Column& column : columns) {
            const bool numbers = std::holds_alternative<std::vector<std::int64_t>>(column.values);
            names += (names.empty() ? "" : ", ") + column.name;
            arrays +=
                (arrays.empty() ? "CAST(:" : ", CAST(:") + column.name + (numbers ? " AS bigint[])" : " AS text[])");
            texts.push_back(std::visit(
                [&](const auto& values) {
                    some = !values.empty();
                    return arrayOf(values);
                },
                column.values));
        }
        if (!some) {
            return;
        }
        soci::statement statement(sql);
        for (std::size_t i = 0; i < columns.size(); ++i) {
            statement.exchange(soci::use(texts[i], columns[i].name));
        }
        statement.alloc();
        statement.prepare("INSERT INTO " + table + "(" + names + ") SELECT * FROM unnest(" + arrays + ")" +
                              std::string(onConflict),
                          soci::details::st_one_time_query);
        statement.define_and_bind();
        statement.execute(true);
    }

    std::unique_ptr<RowStream> stream(soci::session& sql, const std::string& select) const override
    {
        return std::make_unique<PostgresqlRows>(sql, select);
    }

    std::string_view searchStatement() const override
    {
        return "SELECT item FROM content WHERE words @@ plainto_tsquery('simple', :words) ORDER BY item";
    }

    std::string searchWords(const std::vector<std::string>& words) const override
    {
        std::string query;
        for (const std::string& word : words) {
            query += (query.empty() ? "" : " ") + word;
        }
        return query;
    }

    void announce(soci::session& sql) const override { sql << "NOTIFY modscope_events"; }

    bool changedByOthers(soci::session& sql) override
    {
        PGconn* connection = postgresHandle(sql);
        if (PQconsumeInput(connection) == 0) { // takes what has arrived, waits for nothing
            throw soci::postgresql_soci_error(PQerrorMessage(connection), "08006");
        }
        bool changed = false;
        while (PGnotify* note = PQnotifies(connection)) {
            changed = changed || note->be_pid != PQbackendPID(connection);
            PQfreemem(note);
        }
        return changed;
    }
};

} // namespace

std::unique_ptr<Dialect> makePostgresqlDialect()
{
    return std::make_unique<PostgresqlDialect>();
}

} // namespace modscope
