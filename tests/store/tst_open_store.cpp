#include "tests/store/database_test.h"
#include "tests/store/raw_sql.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <fstream>

// Stores that are damaged, foreign or gone.

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

void write(const fs::path& path, const std::string& bytes)
{
    std::ofstream(path, std::ios::binary) << bytes;
}

std::string readAll(const fs::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
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
        runSql(path("other.db").string(), "CREATE TABLE bookmarks(url TEXT)");
        QCOMPARE(tryOpen(path("other.db"), true).error().code, ErrorCode::ParseError);
        QCOMPARE(tryOpen(path("missing.db")).error().code, ErrorCode::NotFound);
        QCOMPARE(fs::exists(path("missing.db")), false);
        QCOMPARE(tryOpen(m_folder->path(), true).error().code, ErrorCode::InvalidArgument);
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
        for (std::size_t i = 0; i < ids.size(); ++i) {
            MUST(decideNext(*store, ids, Answer::Yes));
        }
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
