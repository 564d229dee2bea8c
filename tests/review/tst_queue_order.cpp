#include "core/review/queue_order.h"
#include "tests/support/test_data.h"

#include <QTest>

using namespace modscope;

class TestQueueOrder : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void weightsAreRead()
    {
        const auto order = parseOrder("risk 2 uncertainty disagreement 0.5");
        QVERIFY(order.has_value());
        QCOMPARE(order->risk, 2.0);
        QCOMPARE(order->uncertainty, 1.0);
        QCOMPARE(order->disagreement, 0.5);
        QCOMPARE(order->age, 0.0);
        QVERIFY(parseOrder("") == QueueOrder{});
        QVERIFY(parseOrder("oldest")->oldestFirst);
    }

    void theTextLeadsBackToTheOrder_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char* text : {"risk", "oldest", "risk 2 uncertainty", "age 0.25 duplicates 3", "disagreement"}) {
            QTest::newRow(text) << QByteArray(text);
        }
    }

    void theTextLeadsBackToTheOrder()
    {
        QFETCH(const QByteArray, text);
        const auto order = parseOrder(text.toStdString());
        QVERIFY(order.has_value());
        QCOMPARE(QByteArray::fromStdString(toText(*order)), text);
    }

    void nonsenseIsNamed_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("named");
        QTest::newRow("unknown") << QByteArray("riskk") << QByteArray("'riskk'");
        QTest::newRow("no number") << QByteArray("risk two") << QByteArray("'two'");
        QTest::newRow("negative") << QByteArray("risk -1") << QByteArray("'-1'");
        QTest::newRow("not finite") << QByteArray("risk inf") << QByteArray("'inf'");
        QTest::newRow("no weight") << QByteArray("risk 0") << QByteArray("nothing a weight");
        QTest::newRow("oldest and more") << QByteArray("oldest risk") << QByteArray("'oldest'");
    }

    void nonsenseIsNamed()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QByteArray, named);
        const auto order = parseOrder(text.toStdString());
        QVERIFY(!order);
        QCOMPARE(order.error().code, ErrorCode::ParseError);
        QVERIFY2(order.error().message.find(named.toStdString()) != std::string::npos, order.error().message.c_str());
    }
};

QTEST_GUILESS_MAIN(TestQueueOrder)
#include "tst_queue_order.moc"
