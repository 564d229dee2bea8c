#include "tests/store/database_test.h"
#include "tests/store/raw_sql.h"

#include <QTest>

// Whatever is changed behind a store's back is found, and named by the event or the item it belongs to.

using namespace modscope;
using namespace modscope::test;

class TestVerifyStore : public DatabaseTest {
    Q_OBJECT

private Q_SLOTS:
    void tamperingIsNamed_data()
    {
        QTest::addColumn<QString>("statement");
        QTest::addColumn<QString>("told");
        QTest::newRow("changed answer") << "UPDATE event SET json = replace(json, '\"yn\"', '\"nn\"') WHERE seq = 4"
                                        << "event 4: was changed";
        QTest::newRow("deleted event") << "DELETE FROM event WHERE seq = 4"
                                       << "event 4: is missing";
        QTest::newRow("cut end") << "DELETE FROM event WHERE seq = 6"
                                 << "event 6: the record ends before it";
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
        QTest::newRow("changed policy") << "UPDATE policy SET markdown = '# Others' WHERE version = 'v1'"
                                        << "event 6: the policy 'v1' that it published was changed";
        QTest::newRow("deleted policy") << "DELETE FROM policy"
                                        << "event 6: the policy 'v1' that it published was deleted";
    }

    void tamperingIsNamed()
    {
        QFETCH(const QString, statement);
        QFETCH(const QString, told);
        const std::string location = newLocation();
        auto store = mustOpen(location, "Ada", true);
        const auto ids = store->import(textRows(3), "some")->ids; // event 2; 3 to 5 decide
        for (int i = 0; i < 3; ++i) {
            MUST(decideNext(*store, ids, Answer::Yes));
        }
        MUST(store->publishPolicy({"v1", "# Rules", 0})); // 6
        store.reset();
        QCOMPARE(firstDifference(location), std::string());
        runSql(location, statement.toStdString());
        const std::string found = firstDifference(location);
        QVERIFY2(QString::fromStdString(found).contains(told), found.c_str());
    }

    void aDecisionByAPolicyThatWasDeletedStaysReadable()
    {
        const std::string location = newLocation();
        auto store = mustOpen(location, "Ada", true);
        const auto ids = store->import(textRows(1), "some")->ids;
        MUST(store->publishPolicy({"v1", "# Rules", 0}));
        EventDraft draft;
        draft.items = ids;
        draft.decision = answer({Answer::Yes, Answer::No});
        draft.decision.policyVersion = "v1";
        MUST(store->commit(draft, std::nullopt));
        runSql(location, "DELETE FROM policy");
        auto again = mustOpen(location);
        QCOMPARE(again->policies()->size(), 0U);
        QCOMPARE(again->statuses(ids)->front().first->decision.policyVersion, std::string("v1"));
        draft.decision.answers[0] = Answer::No; // and work goes on
        MUST(again->commit(draft, std::nullopt));
    }
};

QTEST_GUILESS_MAIN(TestVerifyStore)
#include "tst_verify_store.moc"
