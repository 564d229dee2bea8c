#include "tests/support/test_data.h"
#include "ui/controllers/status_text.h"

#include <QTest>

using namespace modscope;
using namespace modscope::ui;

class TestStatusText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void anAddressNamesTheMachine_data()
    {
        QTest::addColumn<QString>("location");
        QTest::addColumn<QString>("host");
        QTest::newRow("plain") << QStringLiteral("postgresql://db.example.org/review")
                               << QStringLiteral("db.example.org");
        QTest::newRow("user, password, port") << QStringLiteral("postgresql://ann:se@cret@db.example.org:5433/review")
                                              << QStringLiteral("db.example.org");
        QTest::newRow("in the query") << QStringLiteral("postgresql:///review?host=db.example.org&port=1")
                                      << QStringLiteral("db.example.org");
        QTest::newRow("socket") << QStringLiteral("postgresql://ann@/review?host=/run/postgresql") << QString();
        QTest::newRow("socket, quoted") << QStringLiteral("postgresql://%2Frun%2Fpostgresql/review") << QString();
        QTest::newRow("two machines") << QStringLiteral("postgresql://one:1,two:2/review")
                                      << QStringLiteral("one:1,two");
    }

    void anAddressNamesTheMachine()
    {
        QFETCH(const QString, location);
        QFETCH(const QString, host);
        qunsetenv("PGHOST");
        QCOMPARE(databaseHost(location), host);
    }

    void withoutAnAddressTheEnvironmentNamesTheMachine()
    {
        qputenv("PGHOST", "db.example.org");
        QCOMPARE(databaseHost(QStringLiteral("postgresql:///review")), QStringLiteral("db.example.org"));
        qunsetenv("PGHOST");
    }
};

QTEST_GUILESS_MAIN(TestStatusText)
#include "tst_status_text.moc"
