#include "tests/support/test_data.h"
#include "tests/ui/stretched_language.h"
#include "ui/actions/action_registry.h"
#include "ui/pages/review_inspector.h"
#include "ui/theme/theme.h"
#include "ui/widgets/decision_panel.h"
#include "ui/widgets/decision_row.h"
#include "ui/widgets/policy_card.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace modscope;
using namespace modscope::ui;

namespace {

Decision answered(std::vector<Answer> answers)
{
    Decision decision;
    decision.answers = std::move(answers);
    return decision;
}

ReviewTaskView taskView()
{
    ReviewTaskView task;
    task.key = QStringLiteral("4f2a-91c0");
    task.labels = {"racism", "religion", "other_hate"};
    task.scores = {{"religion", {{.probability = 0.57F, .threshold = 0.52F, .flagged = true}}}};
    return task;
}

ReviewTaskView adjudicationView()
{
    ReviewTaskView task = taskView();
    task.adjudication = true;
    Decision first = answered({Answer::No, Answer::Yes, Answer::Unsure});
    first.reason = "their faith";
    first.secondsVisible = 14.2;
    first.disclosure = Disclosure::Revealed;
    const Decision second = answered(std::vector<Answer>(3, Answer::No));
    task.opinions = {{first}, {second}};
    return task;
}

} // namespace

class TestReviewInspector : public QObject {
    Q_OBJECT
private:
    struct Desk {
        Desk() : theme(*qApp), registry(&theme), inspector((addActions(), &theme), &registry)
        {
            inspector.resize(360, 800);
            inspector.show();
            inspector.showTask(taskView());
            if (!QTest::qWaitForWindowActive(&inspector)) {
                qFatal("the window did not become active: keys would go nowhere");
            }
        }
        void addActions()
        {
            registry.add({.id = QStringLiteral("review.note"),
                          .label = QStringLiteral("Note"),
                          .keys = {QStringLiteral("N")},
                          .run = [] {}});
            registry.add({.id = QStringLiteral("review.submit"),
                          .label = QStringLiteral("Submit and next"),
                          .keys = {QStringLiteral("Return")},
                          .run = [this] { ++submitted; }});
            registry.add({.id = QStringLiteral("review.class2"),
                          .label = QStringLiteral("Class"),
                          .keys = {QStringLiteral("2")},
                          .run = [] {}});
        }
        [[nodiscard]] QString words() const
        {
            QStringList words;
            for (const QLabel* label : inspector.findChildren<QLabel*>()) {
                if (label->isVisible()) {
                    words << label->text();
                }
            }
            return words.join(QLatin1Char('|'));
        }
        [[nodiscard]] QPushButton* button(const QString& text) const
        {
            for (QPushButton* button : inspector.findChildren<QPushButton*>()) {
                if (button->text() == text) {
                    return button;
                }
            }
            qFatal("no button '%s'", qPrintable(text));
        }

        int submitted = 0;
        Theme theme;
        ActionRegistry registry;
        ReviewInspector inspector;
    };

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void aSuggestionIsSaidAndNotTicked()
    {
        const Desk desk;
        const DecisionRow* religion = desk.inspector.panel()->row(1);
        QCOMPARE(religion->detail(), QStringLiteral("suggested 0.57"));
        QCOMPARE(religion->accessibleName(), QStringLiteral("Religion, suggested 0.57, 2"));
        QVERIFY(!religion->isChecked());
        QVERIFY(desk.inspector.panel()->row(0)->detail().isEmpty());
        QVERIFY(desk.words().contains(QStringLiteral("Choose a class, or 0 for none")));
    }

    void aClickTicksAndASecondClickTakesItBack()
    {
        Desk desk;
        QSignalSpy changed(&desk.inspector, &ReviewInspector::draftChanged);
        QTest::mouseClick(desk.inspector.panel()->row(1), Qt::LeftButton);
        QCOMPARE(desk.inspector.draft().answer(1), Answer::Yes);
        QVERIFY(desk.inspector.panel()->row(1)->isChecked());
        QVERIFY(!desk.words().contains(QStringLiteral("Choose a class")));
        QTest::mouseClick(desk.inspector.panel()->row(1), Qt::LeftButton);
        QCOMPARE(desk.inspector.draft().answer(1), Answer::No);
        QVERIFY(!desk.inspector.panel()->row(1)->isChecked());
        QCOMPARE(changed.count(), 2);
    }

    void shiftMeansUnsure()
    {
        const Desk desk;
        QTest::mouseClick(desk.inspector.panel()->row(2), Qt::LeftButton, Qt::ShiftModifier);
        QCOMPARE(desk.inspector.draft().answer(2), Answer::Unsure);
        QCOMPARE(desk.inspector.panel()->row(2)->accessibleName(), QStringLiteral("Other hate, unsure"));
    }

    void noneTakesEveryTickAway()
    {
        Desk desk;
        desk.inspector.toggleClass(0);
        QTest::mouseClick(desk.inspector.panel()->noneRow(), Qt::LeftButton);
        QVERIFY(desk.inspector.draft().isNone());
        QVERIFY(!desk.inspector.panel()->row(0)->isChecked());
        QCOMPARE(desk.inspector.panel()->noneRow()->detail(), QStringLiteral("not revealed"));
        desk.inspector.setRevealed(true);
        QVERIFY(desk.inspector.panel()->noneRow()->detail().isEmpty());
    }

    void rowsWorkFromTheKeyboard()
    {
        const Desk desk;
        desk.inspector.panel()->row(0)->setFocus(Qt::TabFocusReason);
        QTest::keyClick(desk.inspector.panel()->row(0), Qt::Key_Space);
        QCOMPARE(desk.inspector.draft().answer(0), Answer::Yes);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget(), desk.inspector.panel()->row(1));
        QTest::mouseClick(desk.inspector.panel()->row(2), Qt::LeftButton);
        QCOMPARE(QApplication::focusWidget(), desk.inspector.panel()->row(1)); // clicks leave the keys alone
    }

    void anotherItemStartsEmpty()
    {
        Desk desk;
        desk.inspector.toggleClass(0);
        desk.inspector.focusNote();
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("seen before"));
        QCOMPARE(desk.inspector.draft().note(), QStringLiteral("seen before"));
        const DecisionDraft kept = desk.inspector.draft();
        desk.inspector.showTask(taskView());
        QVERIFY(!desk.inspector.draft().isComplete());
        QVERIFY(desk.inspector.draft().note().isEmpty());
        desk.inspector.setDraft(kept);
        QCOMPARE(desk.inspector.findChild<QPlainTextEdit*>()->toPlainText(), QStringLiteral("seen before"));
        QVERIFY(desk.inspector.panel()->row(0)->isChecked());
    }

    void escLeavesTheNote()
    {
        Desk desk;
        desk.inspector.focusNote();
        auto* note = desk.inspector.findChild<QPlainTextEdit*>();
        QCOMPARE(note->placeholderText(), QStringLiteral("Note for the record (N)"));
        QVERIFY(note->hasFocus());
        QTest::keyClick(note, Qt::Key_Escape);
        QVERIFY(!note->hasFocus());
    }

    void aDecisionForSeveralItemsSaysSo()
    {
        Desk desk;
        desk.inspector.setItemCount(3);
        QVERIFY(desk.button(QStringLiteral("applies to 3 item(s)"))->isVisible());
        desk.inspector.setItemCount(1);
        QVERIFY(!desk.button(QStringLiteral("applies to 1 item(s)"))->isVisible());
    }

    void submitRunsItsAction()
    {
        const Desk desk;
        QTest::mouseClick(desk.button(QStringLiteral("Submit and next")), Qt::LeftButton);
        QCOMPARE(desk.submitted, 1);
    }

    void twoOpinionsStandSideBySideWithoutNames()
    {
        Desk desk;
        desk.inspector.showTask(adjudicationView());
        QVERIFY(desk.words().contains(QStringLiteral("Religion, Other hate (unsure)")));
        QVERIFY(desk.words().contains(QStringLiteral("their faith")));
        QVERIFY(desk.words().contains(QStringLiteral("14 second(s) · picture revealed")));
        QVERIFY(desk.words().contains(QStringLiteral("None of these")));
        desk.inspector.adopt(0);
        QCOMPARE(desk.inspector.draft().answer(1), Answer::Yes);
        QVERIFY(!desk.inspector.draft().isComplete()); // a reason is required
        auto* reason = desk.inspector.findChild<QLineEdit*>();
        reason->setFocus();
        QTest::keyClicks(reason, QStringLiteral("satire"));
        QVERIFY(desk.inspector.draft().isComplete());
        desk.inspector.adopt(1);
        QVERIFY(desk.inspector.draft().isNone());
        QSignalSpy withdrawn(&desk.inspector, &ReviewInspector::withdrawWanted);
        QTest::mouseClick(desk.button(QStringLiteral("Withdraw both")), Qt::LeftButton);
        QCOMPARE(withdrawn.count(), 1);
        desk.inspector.showTask(taskView());
        QVERIFY(!reason->isVisible());
        desk.inspector.adopt(1);
        QVERIFY(!desk.inspector.draft().isComplete());
    }

    void thePolicyFollowsTheClass()
    {
        Desk desk;
        const QString old = QStringLiteral("# P\n## 4.1 Racism\nRace.\n## 4.2 Religion\nAttacks for faith.\n");
        const QString now = QStringLiteral("# P\n## 4.1 Racism\nRace.\n## 4.2 Religion\nAttacks because of faith.\n");
        desk.inspector.setPolicies({{QStringLiteral("11"), old}, {QStringLiteral("12"), now}});
        PolicyCard* policy = desk.inspector.policy();
        QVERIFY(policy->isVisible());
        QCOMPARE(policy->label(), QStringLiteral("religion")); // the class furthest above its threshold
        QVERIFY(desk.words().contains(QStringLiteral("v12 · section 4.2")));
        QTest::mouseClick(desk.button(QStringLiteral("What changed in v12")), Qt::LeftButton);
        QVERIFY(policy->showsChanges());
        QVERIFY(desk.words().contains(QStringLiteral(">for</s>")));
        desk.inspector.panel()->row(0)->setFocus(Qt::TabFocusReason);
        QCOMPARE(policy->label(), QStringLiteral("racism"));
        policy->setShowsChanges(true);
        QVERIFY(!policy->showsChanges()); // nothing changed there
        desk.inspector.setClass(QStringLiteral("other_hate"));
        desk.inspector.setPolicies({});
        QVERIFY(!policy->isVisible());
    }

    void longWordsFitTheNarrowestInspector()
    {
        const test::StretchedLanguage language;
        Desk desk;
        desk.inspector.resize(340, 620);
        desk.inspector.showTask(adjudicationView());
        desk.inspector.setPolicies(
            {{QStringLiteral("12"), QStringLiteral("# P\n## Religion\nDonaudampfschifffahrt.\n")}});
        desk.inspector.setItemCount(3);
        QCoreApplication::processEvents();
        QVERIFY2(desk.inspector.minimumSizeHint().width() <= 340,
                 qPrintable(QString::number(desk.inspector.minimumSizeHint().width())));
        // Nothing lies over its neighbour, whatever the window's height.
        QTRY_VERIFY(desk.inspector.panel()->row(0)->height() >=
                    desk.inspector.panel()->row(0)->minimumSizeHint().height());
    }

    void withoutAnItemNothingCanBeChosen()
    {
        Desk desk;
        desk.inspector.showNothing();
        QVERIFY(!desk.inspector.isEnabled());
        desk.inspector.showTask(taskView());
        QVERIFY(desk.inspector.isEnabled());
    }
};

QTEST_MAIN(TestReviewInspector)
#include "tst_review_inspector.moc"
