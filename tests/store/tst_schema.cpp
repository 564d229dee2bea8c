#include "core/store/schema.h"
#include "tests/store/database_test.h"
#include "tests/store/raw_sql.h"

#include <QTest>

#include <array>

// Older and newer schemas. Today's is the older one here: the later step is made up.

using namespace modscope;
using namespace modscope::test;

namespace {

constexpr std::array kSecond = {
    std::string_view("ALTER TABLE item ADD COLUMN mood TEXT NOT NULL DEFAULT 'calm'"),
    std::string_view("CREATE TABLE mood(id {id}, name TEXT NOT NULL)"),
};
constexpr std::array kBroken = {
    std::string_view("ALTER TABLE item ADD COLUMN mood TEXT NOT NULL DEFAULT 'calm'"),
    std::string_view("CREATE TABLE mood(id {id}, name TEXT NOT NULL"),
};

Result<void> update(const std::string& location, std::span<const std::string_view> second, bool readOnly = false)
{
    auto connection = Connection::open(*parseLocation(location), readOnly);
    if (!connection) {
        return fail(connection.error());
    }
    const std::array steps = {schemaSteps()[0], second};
    return prepareSchema(**connection, false, readOnly, steps);
}

} // namespace

class TestSchema : public DatabaseTest {
    Q_OBJECT

    /// A store with work in it. @return how its items stand
    static std::vector<ItemStatus> makeStore(const std::string& location)
    {
        auto store = mustOpen(location, "Ada", true);
        const auto ids = store->import(textRows(3), "some")->ids;
        (void)decideNext(*store, ids, Answer::Yes);
        return *store->statuses(ids);
    }

    static std::vector<ItemStatus> statuses(const std::string& location)
    {
        return *mustOpen(location)->statuses(std::vector<ItemId>{1, 2, 3});
    }

private Q_SLOTS:
    void aNewerSchemaIsRefused()
    {
        const std::string location = newLocation();
        makeStore(location);
        MUST(update(location, kSecond));
        const auto store = openStore({location, "Ada", {}});
        QCOMPARE(store.error().code, ErrorCode::Unsupported);
        QVERIFY(store.error().message.find("schema 2, this one knows 1") != std::string::npos);
    }

    void anOlderSchemaIsBroughtUpToDateAndCopiedFirst()
    {
        const std::string location = newLocation();
        const auto before = makeStore(location);
        MUST(update(location, kSecond));
        runSql(location, "UPDATE item SET mood = 'glad'"); // the column is there
        runSql(location, "INSERT INTO mood(id, name) VALUES (1, 'glad')");
        MUST(update(location, kSecond)); // once is enough
        if (!onPostgresql()) {           // a server's own backup is its keeper's
            const std::string copy = location + ".before-v2.db";
            QCOMPARE(statuses(copy) == before, true); // today's schema: it opens
            QCOMPARE(firstDifference(copy), std::string());
        }
        runSql(location, "DELETE FROM modscope_schema WHERE version = 2"); // as today's schema it is still whole
        QCOMPARE(statuses(location) == before, true);
        QCOMPARE(firstDifference(location), std::string());
    }

    void anUpdateThatFailsChangesNothing()
    {
        const std::string location = newLocation();
        const auto before = makeStore(location);
        const auto failed = update(location, kBroken);
        QVERIFY(!failed.has_value());
        QVERIFY2(failed.error().message.find("syntax") != std::string::npos ||
                     failed.error().message.find("incomplete") != std::string::npos,
                 failed.error().message.c_str());
        QCOMPARE(statuses(location) == before, true);
        bool column = true;
        try {
            runSql(location, "UPDATE item SET mood = 'glad'");
        } catch (const std::exception&) {
            column = false;
        }
        QVERIFY2(!column, "the first half of the step stayed");
    }

    void aCopyThatIsInTheWayStopsTheUpdate()
    {
        if (onPostgresql()) {
            QSKIP("the server's keeper makes the copies");
        }
        const std::string location = newLocation();
        const auto before = makeStore(location);
        std::filesystem::copy_file(location, location + ".before-v2.db");
        const auto refused = update(location, kSecond);
        QCOMPARE(refused.error().code, ErrorCode::InvalidArgument);
        QVERIFY(refused.error().message.find(".before-v2.db") != std::string::npos);
        QCOMPARE(statuses(location) == before, true);
    }

    void whoMayOnlyReadDoesNotUpdate()
    {
        const std::string location = newLocation();
        const auto before = makeStore(location);
        QCOMPARE(update(location, kSecond, true).error().code, ErrorCode::PermissionDenied);
        QCOMPARE(statuses(location) == before, true);
    }
};

QTEST_GUILESS_MAIN(TestSchema)
#include "tst_schema.moc"
