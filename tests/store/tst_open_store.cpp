#include "core/store/verify_store.h"
#include "tests/store/store_support.h"
#include "tests/support/test_data.h"

#include <QRegularExpression>
#include <QTest>

#include <fstream>
#include <soci/soci.h>

// Stores that are damaged, foreign, newer, tampered with, read-only or gone.

using namespace modscope;
using namespace modscope::test;

namespace {

namespace fs = std::filesystem;

Result<std::unique_ptr<ReviewStore>> tryOpen(const fs::path& path, bool create = false)
{
    StoreOptions options;
    options.location = path.string();
    options.reviewerName = "Ada";
    if (create) {
        options.create = memeProject();
    }
    return openStore(options);
}

void runSql(const fs::path& path, const std::string& statement)
{
    soci::session sql("sqlite3", "dbname=" + path.string());
    sql << statement;
}

void write(const fs::path& path, const std::string& bytes)
{
    std::ofstream(path, std::ios::binary) << bytes;
}

std::string readAll(const fs::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void decideAll(ReviewStore& store, const std::vector<ItemId>& ids)
{
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const auto lease = store.claim(ids);
        QVERIFY(lease && *lease);
        EventDraft draft;
        draft.items = {(*lease)->item};
        draft.decision = answer({Answer::Yes, Answer::No});
        QVERIFY(store.commit(draft, **lease).has_value());
    }
}

std::string firstDifference(const std::string& location)
{
    const auto report = verifyStore({location, "Ada", std::nullopt, true});
    if (!report) {
        return "no report: " + report.error().message;
    }
    return report->firstDifference ? report->firstDifference->message : "";
}

} // namespace

class TestOpenStore : public QObject {
    Q_OBJECT

    std::unique_ptr<TemporaryFolder> m_folder;
    [[nodiscard]] fs::path path(const char* name) const { return m_folder->path() / name; }

private Q_SLOTS:
    void init()
    {
        failOnWarnings();
        m_folder = std::make_unique<TemporaryFolder>();
    }

    void whatIsNoStoreIsRefusedAndLeftAsItIs()
    {
        write(path("notes.txt"), "these are notes, not a database");
        for (const bool create : {false, true}) {
            const auto store = tryOpen(path("notes.txt"), create);
            QCOMPARE(store.error().code, ErrorCode::ParseError);
            QVERIFY(store.error().message.find("not a Modscope review store") != std::string::npos);
        }
        QCOMPARE(readAll(path("notes.txt")), std::string("these are notes, not a database"));
        runSql(path("other.db"), "CREATE TABLE bookmarks(url TEXT)");
        QCOMPARE(tryOpen(path("other.db"), true).error().code, ErrorCode::ParseError);
        QCOMPARE(tryOpen(path("missing.db")).error().code, ErrorCode::NotFound);
        QCOMPARE(fs::exists(path("missing.db")), false);
        QCOMPARE(tryOpen(m_folder->path(), true).error().code, ErrorCode::InvalidArgument);
    }

    void aNewerSchemaIsRefused()
    {
        mustOpen(path("a.db").string(), "Ada", true).reset();
        runSql(path("a.db"), "INSERT INTO modscope_schema VALUES (99, 0)");
        const auto store = tryOpen(path("a.db"));
        QCOMPARE(store.error().code, ErrorCode::Unsupported);
        QVERIFY(store.error().message.find("schema 99") != std::string::npos);
    }

    void aDamagedFileIsNamed()
    {
        auto store = mustOpen(path("a.db").string(), "Ada", true);
        QVERIFY(store->import(textRows(500), "some").has_value());
        store.reset();
        std::string bytes = readAll(path("a.db"));
        QVERIFY(bytes.size() > 100'000);
        for (std::size_t at = 20'480; at < 60'000; ++at) {
            bytes[at] = static_cast<char>(bytes[at] ^ 0x5A);
        }
        write(path("a.db"), bytes);
        const auto damaged = tryOpen(path("a.db"));
        QVERIFY(!damaged.has_value());
        QCOMPARE(damaged.error().code, ErrorCode::ParseError);
        QVERIFY(damaged.error().message.find("a.db: the database is damaged") != std::string::npos);
        write(path("b.db"), readAll(path("a.db")).substr(0, 5000));
        QCOMPARE(tryOpen(path("b.db")).error().code, ErrorCode::ParseError);
    }

    void aTornLogLosesOnlyItsEnd()
    {
        auto store = mustOpen(path("a.db").string(), "Ada", true);
        const auto ids = store->import(textRows(20), "some")->ids;
        const auto before = *store->lastEvent();
        decideAll(*store, ids);
        const std::string data = readAll(path("a.db"));
        const std::string log = readAll(path("a.db-wal"));
        QVERIFY(log.size() > 100'000);
        EventSeq last = 0;
        for (int cut = 1; cut <= 20; ++cut) {
            const std::size_t length = log.size() * static_cast<std::size_t>(cut) / 20 - 7;
            const fs::path copy = path("torn.db");
            write(copy, data);
            write(copy.string() + "-wal", log.substr(0, length));
            const auto torn = tryOpen(copy);
            if (!torn && last == 0) {
                continue; // the cut is ahead of the store's first moment
            }
            QVERIFY2(torn.has_value(), torn ? "" : torn.error().message.c_str());
            const EventSeq seq = *(*torn)->lastEvent();
            QVERIFY(seq >= last);
            last = seq;
            QCOMPARE(firstDifference(copy.string()), std::string());
            fs::remove(copy.string() + "-shm");
        }
        QVERIFY(last > before);
        QVERIFY(last < *store->lastEvent()); // the cut took the last frame
    }

    void aFileThatCannotBeWrittenIsOpenForReading()
    {
        auto store = mustOpen(path("a.db").string(), "Ada", true);
        const auto ids = store->import(textRows(2), "some")->ids;
        store.reset();
        StoreOptions options;
        options.location = "sqlite://" + path("a.db").string();
        options.reviewerName = "Ada";
        options.readOnly = true;
        auto reading = openStore(options);
        QVERIFY2(reading.has_value(), reading ? "" : reading.error().message.c_str());
        QCOMPARE((*reading)->readOnly(), true);
        QCOMPARE((*reading)->contents(ids)->size(), 2U);
        QCOMPARE((*reading)->claim(ids).error().code, ErrorCode::PermissionDenied);
        QCOMPARE((*reading)->import(textRows(1), "x").error().code, ErrorCode::PermissionDenied);
        QCOMPARE((*reading)->setOcrText(ids[0], "x").error().code, ErrorCode::PermissionDenied);
        QCOMPARE((*reading)->addExposure({"2026-11-25", 1, 0, 0, 1, 0}).error().code, ErrorCode::PermissionDenied);
    }

    void tamperingIsNamed_data()
    {
        QTest::addColumn<QString>("statement");
        QTest::addColumn<QString>("told");
        QTest::newRow("changed answer") << "UPDATE event SET json = replace(json, '\"yn\"', '\"nn\"') WHERE seq = 4"
                                        << "event 4: was changed";
        QTest::newRow("deleted event") << "DELETE FROM event WHERE seq = 4"
                                       << "event 4: is missing";
        QTest::newRow("cut end") << "DELETE FROM event WHERE seq = 5"
                                 << "event 5: the record ends before it";
        QTest::newRow("broken link")
            << "UPDATE event SET previous_hash = replace(previous_hash, 'a', 'b') WHERE seq = 3"
            << "event 3: does not follow";
        QTest::newRow("changed text") << "UPDATE content SET image_path = '/other' WHERE item = 2"
                                      << "event 2: the items it imported were changed";
        QTest::newRow("changed state") << "UPDATE item SET state = 4 WHERE id = 1"
                                       << "its row is not what its events make of it";
        QTest::newRow("changed opinion") << "UPDATE opinion SET answers = 'nn' WHERE item = 2"
                                         << "its row is not what its events make of it";
        QTest::newRow("broken record") << "UPDATE event SET json = '{' WHERE seq = 3"
                                       << "event 3: the event is not a JSON object";
    }

    void tamperingIsNamed()
    {
        QFETCH(const QString, statement);
        QFETCH(const QString, told);
        auto store = mustOpen(path("a.db").string(), "Ada", true);
        const auto ids = store->import(textRows(3), "some")->ids; // event 2; 3 to 5 decide
        decideAll(*store, ids);
        store.reset();
        QCOMPARE(firstDifference(path("a.db").string()), std::string());
        runSql(path("a.db"), statement.toStdString());
        const std::string found = firstDifference(path("a.db").string());
        QVERIFY2(QString::fromStdString(found).contains(told), found.c_str());
    }

    void aLostServerIsToldAndNothingIsRecordedTwice()
    {
        PostgresServer server;
        QVERIFY2(server.problem().empty(), server.problem().c_str());
        const std::string location = server.newDatabase();
        auto store = mustOpen(location, "Ada", true);
        const auto ids = store->import(textRows(3), "some")->ids;
        const Lease lease = **store->claim(ids);
        EventDraft draft;
        draft.items = {lease.item};
        draft.decision = answer({Answer::Yes, Answer::No});
        server.stopAtOnce();
        QCOMPARE(store->commit(draft, lease).error().code, ErrorCode::Unavailable);
        QCOMPARE(store->changed().error().code, ErrorCode::Unavailable);
        server.start();
        QVERIFY2(server.problem().empty(), server.problem().c_str());
        const auto outcome = store->commit(draft, lease);
        QVERIFY2(outcome.has_value(), outcome ? "" : outcome.error().message.c_str());
        QCOMPARE(*store->lastEvent(), outcome->event);
        QCOMPARE(store->commit(draft, lease).error().code, ErrorCode::Mismatch); // it is used
        QCOMPARE(firstDifference(location), std::string());
    }

    void aConnectionLostDuringTheCommitIsSettled()
    {
        PostgresServer server;
        QVERIFY2(server.problem().empty(), server.problem().c_str());
        const std::string location = server.newDatabase();
        auto store = mustOpen(location, "Ada", true);
        const auto ids = store->import(textRows(1), "some")->ids;
        const Lease lease = **store->claim(ids);
        EventDraft draft;
        draft.items = ids;
        draft.decision = answer({Answer::Yes, Answer::No});
        // A deferred trigger runs inside COMMIT: the server hangs up there.
        server.run("review1", "CREATE FUNCTION hang_up() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM "
                              "pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'");
        server.run("review1", "CREATE CONSTRAINT TRIGGER hang_up AFTER INSERT ON event DEFERRABLE INITIALLY DEFERRED "
                              "FOR EACH ROW EXECUTE FUNCTION hang_up()");
        const EventSeq before = *store->lastEvent();
        QCOMPARE(store->commit(draft, lease).error().code, ErrorCode::Unavailable);
        QCOMPARE(*store->lastEvent(), before);
        server.run("review1", "DROP TRIGGER hang_up ON event");
        const auto outcome = store->commit(draft, lease);
        QVERIFY2(outcome.has_value(), outcome ? "" : outcome.error().message.c_str());
        QCOMPARE(outcome->event, before + 1);
        QCOMPARE(firstDifference(location), std::string());
    }

    void aServerThatIsNotThereAndAddressesThatAreNoneAreTold()
    {
        StoreOptions options;
        options.reviewerName = "Ada";
        options.location = "postgresql://ada:secret@/review?host=" + m_folder->path().string();
        const auto gone = openStore(options);
        QCOMPARE(gone.error().code, ErrorCode::Unavailable);
        QVERIFY(gone.error().message.find("secret") == std::string::npos);
        for (const char* location : {"", "mysql://host/db", "sqlite://relative.db"}) {
            options.location = location;
            QCOMPARE(openStore(options).error().code, ErrorCode::InvalidArgument);
        }
        options.location = path("a.db").string();
        options.reviewerName = "  ";
        QCOMPARE(openStore(options).error().code, ErrorCode::InvalidArgument);
    }
};

QTEST_GUILESS_MAIN(TestOpenStore)
#include "tst_open_store.moc"
