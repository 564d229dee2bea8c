#include "core/store/dialect.h"
#include "core/store/text.h"

#include <chrono>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <soci/sqlite3/soci-sqlite3.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace modscope {

namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kQuickCheckBytes = 32U
                                            << 20U; ///< larger files are checked by `queue verify`: opening stays fast

std::string uriOf(const std::string& path, bool readOnly, bool immutable)
{
    std::string uri = "file:";
    for (const char c : fs::absolute(path).string()) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
                           c == '.' || c == '-' || c == '_';
        uri += plain ? std::string(1, c) : "%" + hexByte(static_cast<unsigned char>(c));
    }
    return uri + (immutable ? "?immutable=1" : readOnly ? "?mode=ro" : "?mode=rwc");
}

std::string bootId()
{
    std::ifstream file("/proc/sys/kernel/random/boot_id");
    std::string id;
    std::getline(file, id);
    return id;
}

sqlite_api::sqlite3* sqliteHandle(soci::session& sql)
{
    return static_cast<soci::sqlite3_session_backend*>(sql.get_backend())->conn_;
}

bool folderWritable(const std::string& path)
{
    return ::access(fs::absolute(path).parent_path().c_str(), W_OK) == 0;
}

/// Writing needs the file, and its folder for the log beside it.
bool canWrite(const std::string& path)
{
    return folderWritable(path) && (::access(path.c_str(), W_OK) == 0 || !fs::exists(path));
}

/// WAL files stay beside a database that nobody can write there; without them SQLite reads the file alone.
bool needsImmutable(const std::string& path)
{
    return !folderWritable(path) && !fs::exists(path + "-wal");
}

/// Waits for another process's write. SQLite's own handler sleeps up to a tenth of a second at a time, in which the
/// other one could have written thirty times.
int waitForTurn(void* /*unused*/, int times)
{
    constexpr int kTurnMs = 2;
    constexpr int kPatienceMs = 30'000;
    std::this_thread::sleep_for(std::chrono::milliseconds(kTurnMs));
    return times < kPatienceMs / kTurnMs ? 1 : 0;
}

class SqliteRows final : public RowStream {
public:
    SqliteRows(soci::session& sql, const std::string& select) : m_database(sqliteHandle(sql))
    {
        sqlite_api::sqlite3_stmt* prepared = nullptr;
        check(sqlite_api::sqlite3_prepare_v2(m_database, select.c_str(), -1, &prepared, nullptr));
        m_statement.reset(prepared);
    }

    bool next() override
    {
        const int result = sqlite_api::sqlite3_step(m_statement.get());
        if (result != SQLITE_ROW && result != SQLITE_DONE) {
            check(result);
        }
        return result == SQLITE_ROW;
    }
    std::int64_t number(int column) const override
    {
        return sqlite_api::sqlite3_column_int64(m_statement.get(), column);
    }
    std::string_view text(int column) const override
    {
        const auto* bytes = static_cast<const char*>(sqlite_api::sqlite3_column_blob(m_statement.get(), column));
        return {bytes, static_cast<std::size_t>(sqlite_api::sqlite3_column_bytes(m_statement.get(), column))};
    }

private:
    void check(int result) const
    {
        if (result != SQLITE_OK) {
            throw soci::sqlite3_soci_error(sqlite_api::sqlite3_errmsg(m_database), result);
        }
    }

    struct Finalize {
        void operator()(sqlite_api::sqlite3_stmt* statement) const { sqlite_api::sqlite3_finalize(statement); }
    };

    sqlite_api::sqlite3* m_database;
    std::unique_ptr<sqlite_api::sqlite3_stmt, Finalize> m_statement;
};

class SqliteDialect final : public Dialect {
public:
    void open(soci::session& sql, const Location& location, bool readOnly) const override
    {
        // A store belongs to one thread: without this SQLite would lock a mutex for every column it hands out. Other
        // users of SQLite in the process that began before keep their setting, which is only slower.
        static const int configured = sqlite_api::sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
        static_cast<void>(configured);
        const bool writes = !readOnly && canWrite(location.target);
        const std::string uri = uriOf(location.target, !writes, !writes && needsImmutable(location.target));
        sql.open("sqlite3", "dbname=" + uri);
        sqlite_api::sqlite3_busy_handler(sqliteHandle(sql), waitForTurn, nullptr);
        sql << "PRAGMA foreign_keys = ON";
        if (writes) {
            std::string mode;
            sql << "PRAGMA journal_mode = WAL", soci::into(mode);
            sql << "PRAGMA synchronous = FULL"; // each commit is flushed: what was answered survives a power cut
        }
        sql << "PRAGMA cache_size = -65536";
        sql << "PRAGMA temp_store = MEMORY";
    }

    Error errorOf(const std::exception& error, const std::string& where) const override
    {
        const auto* known = dynamic_cast<const soci::sqlite3_soci_error*>(&error);
        const int result = known == nullptr ? SQLITE_ERROR : known->result() & 0xFF;
        switch (result) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {ErrorCode::IoError, where + ": another program has been writing for too long; nothing was changed"};
        case SQLITE_FULL:
            return {ErrorCode::IoError, where + ": the disk is full; nothing was changed"};
        case SQLITE_READONLY:
        case SQLITE_PERM:
            return {ErrorCode::PermissionDenied, where + ": the file cannot be written"};
        case SQLITE_CORRUPT:
            return {ErrorCode::ParseError, where + ": the database is damaged: " + error.what()};
        case SQLITE_NOTADB:
            return {ErrorCode::ParseError, where + ": not a Modscope review store"};
        case SQLITE_CANTOPEN:
            return {ErrorCode::IoError, where + ": cannot be opened: " + error.what()};
        case SQLITE_IOERR:
            return {ErrorCode::IoError, where + ": reading or writing failed: " + error.what()};
        default:
            return {ErrorCode::Internal, where + ": " + error.what()};
        }
    }

    bool worthRepeating(const std::exception& /*error*/) const override { return false; }

    void beginWrite(soci::session& sql) const override { sql << "BEGIN IMMEDIATE"; }
    void beginRead(soci::session& sql) const override { sql << "BEGIN"; }

    std::string definition(std::string_view statement) const override
    {
        return replaced(replaced(std::string(statement), "{id}", "INTEGER PRIMARY KEY"), "{keyed}", " WITHOUT ROWID");
    }

    std::vector<std::string> ownDefinitions(int version) const override
    {
        if (version != 1) {
            return {};
        }
        return {
            "PRAGMA application_id = 1299145827", // "Modc", shown by file(1)
            "CREATE VIRTUAL TABLE words USING fts5(item_key, text, ocr_text, content = 'content', content_rowid = "
            "'item',"
            " tokenize = \"unicode61 remove_diacritics 0\")",
            "CREATE TRIGGER content_added AFTER INSERT ON content BEGIN"
            " INSERT INTO words(rowid, item_key, text, ocr_text)"
            " VALUES (new.item, new.item_key, new.text, new.ocr_text); END",
            "CREATE TRIGGER content_read AFTER UPDATE OF ocr_text ON content BEGIN"
            " INSERT INTO words(words, rowid, item_key, text, ocr_text)"
            " VALUES ('delete', old.item, old.item_key, old.text, old.ocr_text);"
            " INSERT INTO words(rowid, item_key, text, ocr_text)"
            " VALUES (new.item, new.item_key, new.text, new.ocr_text); END",
        };
    }

    bool hasTable(soci::session& sql, const std::string& name) const override
    {
        int count = 0;
        sql << "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = :name", soci::use(name),
            soci::into(count);
        return count > 0;
    }

    bool hasAnyTable(soci::session& sql) const override
    {
        int count = 0;
        sql << "SELECT count(*) FROM sqlite_schema", soci::into(count);
        return count > 0;
    }

    Result<std::string> backUp(soci::session& sql, const Location& location, int version) const override
    {
        const std::string target = location.target + ".before-v" + std::to_string(version) + ".db";
        if (fs::exists(target)) {
            return fail(ErrorCode::InvalidArgument, target + ": a copy from an earlier update is in the way");
        }
        sql << "VACUUM INTO :target", soci::use(target);
        return target;
    }

    Result<void> check(soci::session& sql, const Location& location) const override
    {
        std::error_code ignored;
        if (fs::file_size(location.target, ignored) > kQuickCheckBytes) {
            return {};
        }
        std::string verdict;
        sql << "PRAGMA quick_check(1)", soci::into(verdict);
        return verdict == "ok" ? Result<void>()
                               : fail(ErrorCode::ParseError, location.shown + ": the database is damaged: " + verdict);
    }

    bool writable(soci::session& sql, const Location& /*location*/) const override
    {
        return sqlite_api::sqlite3_db_readonly(sqliteHandle(sql), "main") == 0;
    }

    TimeMs now(soci::session& /*sql*/) const override
    {
        return std::chrono::duration_cast<std::chrono::milliseconds>(
                   std::chrono::system_clock::now().time_since_epoch())
            .count();
    }

    LeaseClock leaseClock(soci::session& /*sql*/) const override
    {
        timespec time{};
        ::clock_gettime(CLOCK_BOOTTIME, &time); // goes on while the machine sleeps, never jumps
        return {bootId(), static_cast<TimeMs>(time.tv_sec) * 1000 + time.tv_nsec / 1'000'000};
    }

    std::string idList(std::span<const ItemId> ids) const override { return "[" + joined(ids) + "]"; }
    std::string_view idTable() const override { return "json_each(:ids) AS ids"; }
    std::string lockRows(std::string_view /*table*/) const override { return {}; }     // BEGIN IMMEDIATE has
    std::string lockFreeRows(std::string_view /*table*/) const override { return {}; } // the whole database
    void lockNumbering(soci::session& /*sql*/) const override {}

    void insert(soci::session& sql,
                const std::string& table,
                const std::vector<Column>& columns,
                std::string_view onConflict) const override
    {
        std::string names;
        std::string places;
        for (const Column& column : columns) {
            names += (names.empty() ? "" : ", ") + column.name;
            places += (places.empty() ? ":" : ", :") + column.name;
        }
        soci::statement statement(sql);
        bool some = false;
        for (const Column& column : columns) {
            std::visit(
                [&](const auto& values) {
                    some = !values.empty();
                    if (some) {
                        statement.exchange(soci::use(values, column.name));
                    }
                },
                column.values);
        }
        if (!some) {
            return;
        }
        statement.alloc();
        statement.prepare("INSERT INTO " + table + "(" + names + ") VALUES (" + places + ")" + std::string(onConflict));
        statement.define_and_bind();
        statement.execute(true);
    }

    std::unique_ptr<RowStream> stream(soci::session& sql, const std::string& select) const override
    {
        return std::make_unique<SqliteRows>(sql, select);
    }

    std::string_view searchStatement() const override
    {
        return "SELECT rowid FROM words WHERE words MATCH :words ORDER BY rowid";
    }

    std::string searchWords(const std::vector<std::string>& words) const override
    {
        std::string query;
        for (const std::string& word : words) {
            query += (query.empty() ? "\"" : " AND \"") + word + "\""; // wordsOf() leaves no quotes in a word
        }
        return query;
    }

    void announce(soci::session& /*sql*/) const override {}

    bool changedByOthers(soci::session& sql) override
    {
        std::int64_t version = 0;
        sql << "PRAGMA data_version", soci::into(version);
        return std::exchange(m_dataVersion, version) != version;
    }

private:
    std::int64_t m_dataVersion = 0;
};

} // namespace

std::unique_ptr<Dialect> makeSqliteDialect()
{
    return std::make_unique<SqliteDialect>();
}

} // namespace modscope
