#pragma once

#include "tests/store/store_support.h"

#include <QObject>

#include <memory>
#include <string>
#include <vector>

/// Evaluates `result` once; fails the test with the error's message.
#define MUST(result)                                                                                                   \
    do {                                                                                                               \
        const auto& outcomeOfMust = (result);                                                                          \
        QVERIFY2(outcomeOfMust.has_value(), outcomeOfMust ? "" : outcomeOfMust.error().message.c_str());               \
    } while (false)

namespace modscope::test {

/// A test whose functions run once on SQLite and once on PostgreSQL.
class DatabaseTest : public QObject {
    Q_OBJECT

protected:
    /// A new, empty place on the database whose turn it is.
    [[nodiscard]] std::string newLocation();
    [[nodiscard]] static bool onPostgresql();
    [[nodiscard]] PostgresServer& server() { return *m_server; }

private Q_SLOTS:
    void initTestCase_data();
    void initTestCase();
    void cleanupTestCase();
    void init();

private:
    std::unique_ptr<PostgresServer> m_server;
    std::unique_ptr<TemporaryFolder> m_folder;
    int m_files = 0;
};

/// Claims the first of the candidates that is free and decides it. @return the item
[[nodiscard]] Result<ItemId> decideNext(ReviewStore& store, const std::vector<ItemId>& candidates, Answer racist);

} // namespace modscope::test
