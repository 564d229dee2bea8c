#include "core/review/status.h"
#include "core/review/status_json.h"
#include "tests/support/test_data.h"

#include <QTest>

using namespace modscope;

namespace {

const std::vector<Answer> kYesNo = {Answer::Yes, Answer::No};
const std::vector<Answer> kNoUnsure = {Answer::No, Answer::Unsure};

Opinion opinion(ReviewerId reviewer, const std::vector<Answer>& answers)
{
    Opinion one;
    one.reviewer = reviewer;
    one.time = 1'700'000'000'123;
    one.decision.answers = answers;
    one.decision.note = "\"quoted\" \xE2\x80\xAE";
    one.decision.confidence = 0.1;
    one.decision.secondsVisible = 1.0 / 3;
    one.decision.disclosure = Disclosure::Revealed;
    return one;
}

/// Two people differ, a third settled it.
ItemStatus settledStatus()
{
    ItemStatus status;
    status.state = ItemState::Final;
    status.first = opinion(1, kYesNo);
    status.second = opinion(2, kNoUnsure);
    status.settled = opinion(3, kYesNo);
    status.skips = 2;
    status.audit = true;
    status.golden = true;
    status.goldenAnswers = kYesNo;
    status.declined = {{1, 5000}, {2, Declined::kForever}};
    return status;
}

} // namespace

class TestStatusJson : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void aStatusReadsBackAsItWas()
    {
        const ItemStatus status = settledStatus();
        QVERIFY(statusFromJson(statusJson(status)) == status);
        QCOMPARE(QByteArray::fromStdString(statusJson({})), QByteArray(R"({"state":"new"})"));
        QVERIFY(statusFromJson(R"({"state":"new"})") == ItemStatus());
    }

    void whatIsNoStatusIsRefused_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("no JSON") << QByteArray("{");
        QTest::newRow("a list") << QByteArray("[]");
        QTest::newRow("an unknown state") << QByteArray(R"({"state":"lost"})");
        QTest::newRow("an unknown key") << QByteArray(R"({"state":"new","colour":1})");
        QTest::newRow("a wrong type") << QByteArray(R"({"state":"new","skips":"two"})");
        QTest::newRow("an opinion without a decision") << QByteArray(R"({"first":{"decision":[]},"state":"decided"})");
        QTest::newRow("an opinion that is a number") << QByteArray(R"({"first":7,"state":"decided"})");
    }

    void whatIsNoStatusIsRefused()
    {
        QFETCH(const QByteArray, json);
        QCOMPARE(statusFromJson(json.toStdString()).error().code, ErrorCode::ParseError);
    }

    void aStandingThatNoStepLeadsToIsRefused()
    {
        QVERIFY(checkStanding(settledStatus(), 2));
        QVERIFY(!checkStanding(settledStatus(), 3)); // answers for other classes
        ItemStatus status;
        status.state = ItemState::Decided;
        QVERIFY(!checkStanding(status, 2));
        status.first = opinion(1, kYesNo);
        QVERIFY(checkStanding(status, 2));
        status.state = ItemState::Adjudication;
        QVERIFY(!checkStanding(status, 2));
        status.second = opinion(2, kYesNo);
        QVERIFY(!checkStanding(status, 2)); // they agree
        status.second = opinion(2, kNoUnsure);
        QVERIFY(checkStanding(status, 2));
        status.state = ItemState::Final;
        QVERIFY(!checkStanding(status, 2)); // nothing settles them
        status.state = ItemState::Removed;
        QVERIFY(!checkStanding(status, 2));
        status = {};
        status.golden = true;
        QVERIFY(!checkStanding(status, 2));
    }

    void restoringIsAStepOfALead()
    {
        ReviewEvent event;
        event.seq = 9;
        event.step = Step::Restore;
        event.detail["status"] = statusJson(settledStatus());
        ItemStatus expected = settledStatus();
        expected.version = 9;
        for (auto* one : {&expected.first, &expected.second, &expected.settled}) {
            (*one)->event = 9;
        }
        const Reviewer lead{4, "reviewer-4", "Lea", Role::Lead};
        QVERIFY(applyStep({}, event, lead, 2) == expected);
        const Reviewer other{5, "reviewer-5", "Max", Role::Reviewer};
        QCOMPARE(applyStep({}, event, other, 2).error().code, ErrorCode::PermissionDenied);
        QCOMPARE(applyStep(expected, event, lead, 2).error().code, ErrorCode::InvalidArgument); // not a new item
        event.detail.clear();
        QCOMPARE(applyStep({}, event, lead, 2).error().code, ErrorCode::InvalidArgument);
    }
};

QTEST_GUILESS_MAIN(TestStatusJson)
#include "tst_status_json.moc"
