#include "core/store/location.h"
#include "tests/support/test_data.h"

#include <QTest>

// Where a store is: files, addresses, and what of them people see.

using namespace modscope;

class TestLocation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void filesAreTheirPaths()
    {
        const Location plain{Location::Kind::Sqlite, "a b?c.db", "a b?c.db"};
        QVERIFY(*parseLocation("a b?c.db") == plain);
        QCOMPARE(parseLocation("sqlite:///data/a.db")->target, std::string("/data/a.db"));
    }

    void passwordsAreNotShown_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QString>("shown");
        QTest::newRow("none") << "postgresql://ada@host/review"
                              << "postgresql://ada@host/review";
        QTest::newRow("in front") << "postgresql://ada:se:cr@et@host:5432/review"
                                  << "postgresql://ada@host:5432/review";
        QTest::newRow("behind") << "postgres://host/review?password=secret"
                                << "postgres://host/review";
        QTest::newRow("a port is none") << "postgresql://host:5432/review"
                                        << "postgresql://host:5432/review";
    }

    void passwordsAreNotShown()
    {
        QFETCH(const QString, address);
        QFETCH(const QString, shown);
        QCOMPARE(QString::fromStdString(parseLocation(address.toStdString())->shown), shown);
    }

    void aSilentNetworkIsGivenUpUnlessTheAddressSaysOtherwise()
    {
        const std::string limits = "connect_timeout=10&tcp_user_timeout=30000&keepalives_idle=30";
        QCOMPARE(parseLocation("postgresql://host/db")->target, "postgresql://host/db?" + limits);
        QCOMPARE(parseLocation("postgresql://host/db?connect_timeout=99")->target,
                 "postgresql://host/db?" + limits + "&connect_timeout=99"); // the later one counts
    }
};

QTEST_GUILESS_MAIN(TestLocation)
#include "tst_location.moc"
