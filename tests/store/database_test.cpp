#include "tests/store/database_test.h"

#include "tests/support/test_data.h"

#include <QTest>

namespace modscope::test {

std::string DatabaseTest::newLocation()
{
    return onPostgresql() ? m_server->newDatabase()
                          : (m_folder->path() / ("queue" + std::to_string(++m_files) + ".db")).string();
}

bool DatabaseTest::onPostgresql()
{
    QFETCH_GLOBAL(const QString, database);
    return database == QLatin1String("PostgreSQL");
}

void DatabaseTest::initTestCase_data()
{
    QTest::addColumn<QString>("database");
    QTest::newRow("SQLite") << "SQLite";
    QTest::newRow("PostgreSQL") << "PostgreSQL";
}

void DatabaseTest::initTestCase()
{
    m_folder = std::make_unique<TemporaryFolder>();
    m_server = std::make_unique<PostgresServer>();
    QVERIFY2(m_server->problem().empty(), m_server->problem().c_str());
}

void DatabaseTest::cleanupTestCase()
{
    m_server.reset();
}

void DatabaseTest::init()
{
    failOnWarnings();
}

Result<ItemId> decideNext(ReviewStore& store, const std::vector<ItemId>& candidates, Answer racist)
{
    auto lease = store.claim(candidates);
    if (!lease || !*lease) {
        return lease ? fail(ErrorCode::NotFound, "nothing to claim") : fail(lease.error());
    }
    EventDraft draft;
    draft.items = {(*lease)->item};
    draft.decision = answer({racist, Answer::No});
    auto outcome = store.commit(draft, **lease);
    return outcome ? Result<ItemId>((*lease)->item) : fail(outcome.error());
}

} // namespace modscope::test
