#include "core/store/verify_store.h"
#include "tests/ui/review_desk_test.h"

#include <map>

using namespace modscope;
using namespace modscope::ui;

/// A whole shift by keyboard.
class TestReviewShift : public ReviewDeskTest {
    Q_OBJECT
private Q_SLOTS:
    void fiftyItemsByKeyboardAlone();
};

// One shift: every kind of action, nothing but keys. The store tells afterwards what was done.
void TestReviewShift::fiftyItemsByKeyboardAlone()
{
    constexpr int kItems = 60;
    fill(kItems);
    { // items 59 and 60 are known to be duplicates; 57 and 58 have two opinions that differ, neither of them Ann's
        auto lead = store("Lea");
        mustBe(lead->setGroup(std::vector<ReviewItemId>{59, 60}, "same_meme"));
        (void)valueOf(lead->addReviewer("Cleo", Role::Reviewer));
        for (const char* person : {"Ben", "Cleo"}) {
            auto desk = valueOf(ReviewSession::open(store(person), 1));
            for (const ReviewItemId id : {ReviewItemId{57}, ReviewItemId{58}}) {
                Decision decision;
                decision.answers.assign(memeProject().labels.size(), Answer::No);
                decision.answers[0] = std::string(person) == "Ben" ? Answer::Yes : Answer::No;
                (void)valueOf(desk.record(valueOf(desk.take(id)), Step::Decide, decision));
                if (std::string(person) == "Ben") {
                    (void)valueOf(desk.recordMany(std::span(&id, 1), Step::AskSecondOpinion, {}));
                }
            }
        }
    }
    Desk desk(m_folder->path(), &m_pool);
    QVERIFY(desk.waitForItem());
    std::map<Step, int> steps;
    connect(&desk.work.review, &ReviewController::saved, &desk.work,
            [&](const SavedStep& saved) { ++steps[saved.step]; });
    int decided = 0;
    for (int i = 0; i < 50; ++i) {
        const ReviewItemId before = desk.item();
        QVERIFY2(before != 0, qPrintable(QString::number(i)));
        switch (i % 10) {
        case 0: // look, with colour, the whole picture, then none of these
            QTest::keyPress(desk.target(), Qt::Key_Space);
            desk.press(Qt::Key_L);
            QTest::keyPress(desk.target(), Qt::Key_C);
            QTest::qWait(20);
            QTest::keyRelease(desk.target(), Qt::Key_C);
            QTest::keyRelease(desk.target(), Qt::Key_Space);
            desk.press(Qt::Key_0);
            desk.press(Qt::Key_Return);
            break;
        case 1: // two classes
            desk.press(Qt::Key_1);
            desk.press(Qt::Key_4);
            desk.press(Qt::Key_Return);
            break;
        case 2: // unsure, with a note
            desk.press(Qt::Key_3, Qt::ShiftModifier);
            desk.press(Qt::Key_N);
            desk.type(QStringLiteral("irony?"));
            desk.press(Qt::Key_Escape);
            desk.press(Qt::Key_Return);
            break;
        case 3:
            desk.press(Qt::Key_S);
            break;
        case 4:
            desk.press(Qt::Key_E);
            desk.type(QStringLiteral("names a person"));
            desk.press(Qt::Key_Return);
            break;
        case 5:
            desk.press(Qt::Key_5);
            desk.press(Qt::Key_O);
            break;
        case 6:
            desk.press(Qt::Key_H);
            break;
        case 7: // read the masked words, decide
            QTest::keyPress(desk.target(), Qt::Key_T);
            QTest::keyRelease(desk.target(), Qt::Key_T);
            desk.press(Qt::Key_2);
            desk.press(Qt::Key_Return);
            break;
        case 8: // a mistake, taken back, put back, taken back, and done right
            desk.press(Qt::Key_1);
            desk.press(Qt::Key_Return);
            QVERIFY(desk.waitForNext(before));
            desk.press(Qt::Key_Z, Qt::ControlModifier);
            QTRY_VERIFY_WITH_TIMEOUT(desk.atRest() && desk.item() == before, kPatienceMs);
            desk.press(Qt::Key_0);
            desk.press(Qt::Key_Return);
            break;
        default: // leaf past it, come back
            desk.press(Qt::Key_J);
            QVERIFY(desk.waitForNext(before));
            desk.press(Qt::Key_K);
            QTRY_VERIFY_WITH_TIMEOUT(desk.atRest() && desk.item() == before, kPatienceMs);
            desk.press(Qt::Key_4);
            desk.press(Qt::Key_Return);
            break;
        }
        QVERIFY2(desk.waitForNext(before), qPrintable(QStringLiteral("step %1, item %2").arg(i).arg(before)));
        decided += i % 10 != 3 && i % 10 != 4 && i % 10 != 6 ? 1 : 0;
    }
    QCOMPARE(steps[Step::Decide], decided - 5 + 5); // five were asked about as well, five were decided twice
    QCOMPARE(steps[Step::AskSecondOpinion], 5);
    QCOMPARE(steps[Step::Skip], 5);
    QCOMPARE(steps[Step::Escalate], 5);
    QCOMPARE(steps[Step::HandOver], 5);

    // Two opinions that differ: the queue by a chord, the second adopted, a reason, and on.
    desk.press(Qt::Key_G);
    desk.press(Qt::Key_A);
    QTRY_VERIFY_WITH_TIMEOUT(
        desk.atRest() && desk.work.review.task() != nullptr && desk.work.review.task()->adjudication, kPatienceMs);
    const ReviewItemId judged = desk.item();
    desk.press(Qt::Key_Right);
    desk.type(QStringLiteral("quotes it to criticise it")); // the reason has the keyboard now
    desk.press(Qt::Key_Return);
    QVERIFY(desk.waitForNext(judged));
    QCOMPARE(statusOf(judged).state, modscope::ItemState::Final);

    // Duplicates: one decision for both, in the grid with a preview for more.
    desk.press(Qt::Key_G);
    desk.press(Qt::Key_D);
    QTRY_VERIFY_WITH_TIMEOUT(desk.atRest() && desk.item() >= 59, kPatienceMs);
    const ReviewItemId twin = desk.item();
    desk.press(Qt::Key_D); // side by side, and back
    desk.press(Qt::Key_D);
    desk.press(Qt::Key_A);
    desk.press(Qt::Key_0);
    desk.press(Qt::Key_Return);
    QVERIFY(desk.waitForNext(twin));

    const auto report = verifyStore({storeFile().toStdString(), "Lea", {}});
    QVERIFY2(report.has_value(), report ? "" : report.error().message.c_str());
    QVERIFY(!report->firstDifference);
}

QTEST_MAIN(TestReviewShift)
#include "tst_review_shift.moc"
