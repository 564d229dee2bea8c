#include "tests/ui/review_desk_test.h"
#include "ui/pages/review_centre.h"
#include "ui/pages/review_inspector.h"
#include "ui/widgets/disclosure_tile.h"
#include "ui/widgets/reason_bar.h"

#include <QSignalSpy>

using namespace modscope;
using namespace modscope::ui;

/// One item: it is looked at, decided, and the step is taken back.
class TestReviewPage : public ReviewDeskTest {
    Q_OBJECT
private Q_SLOTS:
    void aDecisionIsSavedAndTheNextItemComes()
    {
        fill(4);
        Desk desk(m_folder->path(), &m_pool);
        QVERIFY(desk.waitForItem());
        QCOMPARE(desk.item(), ReviewItemId{1});
        QVERIFY(!desk.registry.action(QStringLiteral("review.submit"))->isEnabled()); // nothing is chosen
        desk.press(Qt::Key_Return);
        desk.press(Qt::Key_4);
        QVERIFY(desk.registry.action(QStringLiteral("review.submit"))->isEnabled());
        desk.press(Qt::Key_Return);
        QVERIFY(desk.waitForNext(1));
        QCOMPARE(desk.item(), ReviewItemId{2});
        const ItemStatus status = statusOf(1);
        QCOMPARE(status.state, modscope::ItemState::Decided);
        QCOMPARE(answerLetters(status.first->decision.answers), std::string("nnnyn"));
        QCOMPARE(status.first->decision.disclosure, Disclosure::TextOnly);
        QVERIFY(status.first->decision.suggestionShown);
        QVERIFY(status.first->decision.secondsVisible > 0);
    }

    void aPictureIsCoveredUntilAKeyIsHeld()
    {
        fill(4);
        Desk desk(m_folder->path(), &m_pool);
        QVERIFY(desk.waitForItem());
        desk.press(Qt::Key_0);
        desk.press(Qt::Key_Return);
        QVERIFY(desk.waitForNext(1));
        auto* tile = desk.child<ReviewCentre>()->tile();
        QVERIFY(!tile->isRevealed());
        QTest::keyPress(desk.target(), Qt::Key_Space);
        QTRY_VERIFY_WITH_TIMEOUT(tile->isRevealed(), kPatienceMs); // the clear copy may still be on its way
        QVERIFY(!tile->isColoured());
        QTest::keyPress(desk.target(), Qt::Key_C);
        QVERIFY(tile->isColoured());
        QTest::keyRelease(desk.target(), Qt::Key_C);
        QVERIFY(!tile->isColoured());
        QTest::qWait(50);
        QTest::keyRelease(desk.target(), Qt::Key_Space);
        QVERIFY(!tile->isRevealed());
        desk.press(Qt::Key_4);
        desk.press(Qt::Key_Return);
        QVERIFY(desk.waitForNext(2));
        const Decision decision = statusOf(2).first->decision;
        QCOMPARE(decision.disclosure, Disclosure::Revealed);
        QVERIFY(decision.secondsRevealed >= 0.05);
        QTRY_VERIFY_WITH_TIMEOUT(desk.work.ledger.today().revealed == 1, kPatienceMs);
    }

    void everyKindOfStepIsOneKeyAndIsUndone_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<QString>("reason");
        QTest::addColumn<bool>("needsDecision");
        QTest::addColumn<modscope::Step>("step");
        QTest::newRow("skip") << int(Qt::Key_S) << QString() << false << Step::Skip;
        QTest::newRow("escalate") << int(Qt::Key_E) << QStringLiteral("a threat") << false << Step::Escalate;
        QTest::newRow("second opinion") << int(Qt::Key_O) << QString() << true << Step::AskSecondOpinion;
        QTest::newRow("hand over") << int(Qt::Key_H) << QString() << false << Step::HandOver;
    }

    void everyKindOfStepIsOneKeyAndIsUndone()
    {
        QFETCH(const int, key);
        QFETCH(const QString, reason);
        QFETCH(const bool, needsDecision);
        QFETCH(const modscope::Step, step);
        fill(4);
        Desk desk(m_folder->path(), &m_pool);
        QVERIFY(desk.waitForItem());
        const ItemStatus before = statusOf(1);
        if (needsDecision) {
            desk.press(Qt::Key_1);
        }
        QSignalSpy saved(&desk.work.review, &ReviewController::saved);
        desk.press(static_cast<Qt::Key>(key));
        if (!reason.isEmpty()) {
            QVERIFY(desk.child<ReasonBar>()->isAsking());
            desk.type(reason);
            desk.press(Qt::Key_Return);
        }
        QVERIFY(desk.waitForNext(1));
        QCOMPARE(saved.count(), 1);
        QCOMPARE(saved.front().front().value<SavedStep>().step, step);
        QVERIFY(statusOf(1) != before);
        desk.press(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(desk.waitForNext(2));
        if (needsDecision) { // two steps: the decision, and the wish for another one
            QCOMPARE(statusOf(1).state, modscope::ItemState::Decided);
            desk.press(Qt::Key_Z, Qt::ControlModifier);
            QTRY_VERIFY_WITH_TIMEOUT(desk.atRest() && !statusOf(1).first, kPatienceMs);
        }
        QCOMPARE(desk.item(), ReviewItemId{1});
        QCOMPARE(statusOf(1).state, before.state);
        QCOMPARE(statusOf(1).escalated, before.escalated);
        QCOMPARE(statusOf(1).skips, before.skips);
    }

    void aDraftAndItsNoteSurviveLeafing()
    {
        fill(4);
        Desk desk(m_folder->path(), &m_pool);
        QVERIFY(desk.waitForItem());
        desk.press(Qt::Key_2);
        desk.press(Qt::Key_N);
        desk.type(QStringLiteral("see 12"));
        desk.press(Qt::Key_Escape);
        desk.press(Qt::Key_J);
        QVERIFY(desk.waitForNext(1));
        QCOMPARE(desk.item(), ReviewItemId{2});
        desk.press(Qt::Key_K);
        QVERIFY(desk.waitForNext(2));
        QCOMPARE(desk.item(), ReviewItemId{1});
        const DecisionDraft& draft = desk.child<ReviewInspector>()->draft();
        QCOMPARE(draft.answer(1), Answer::Yes);
        QCOMPARE(draft.note(), QStringLiteral("see 12"));
    }

    void aMindIsChangedAndTheFormerAnswerIsThere()
    {
        fill(3);
        Desk desk(m_folder->path(), &m_pool);
        QVERIFY(desk.waitForItem());
        desk.press(Qt::Key_1);
        desk.press(Qt::Key_Return);
        QVERIFY(desk.waitForNext(1));
        desk.press(Qt::Key_K);
        QVERIFY(desk.waitForNext(2));
        QCOMPARE(desk.child<ReviewInspector>()->draft().answer(0), Answer::Yes);
        desk.press(Qt::Key_0);
        desk.press(Qt::Key_Return);
        QVERIFY(desk.waitForNext(1));
        QCOMPARE(answerLetters(statusOf(1).first->decision.answers), std::string("nnnnn"));
    }

    void anItemThatSomebodyElseTookIsNotDecidedTwice()
    {
        fill(3);
        Desk desk(m_folder->path(), &m_pool);
        QVERIFY(desk.waitForItem());
        auto lead = store("Lea"); // takes the decision out of Ann's hands: the item changes under her lease
        const std::vector<ReviewItemId> one{1};
        EventDraft draft;
        draft.step = Step::MarkAudit;
        draft.items = one;
        const auto marked = lead->commit(draft, std::nullopt);
        QVERIFY(!marked); // her lease holds
        QSignalSpy lost(&desk.work.review, &ReviewController::notSaved);
        desk.work.link.close(); // the connection is gone, the claim with it
        QCOMPARE(desk.work.review.stage(), ReviewStage::Closed);
        desk.press(Qt::Key_1);
        desk.press(Qt::Key_Return);
        QTest::qWait(50);
        QVERIFY(!statusOf(1).first);
        QCOMPARE(lost.count(), 0);
    }
};

QTEST_MAIN(TestReviewPage)
#include "tst_review_page.moc"
