#include "tests/ui/review_desk_test.h"
#include "ui/pages/compare_view.h"
#include "ui/pages/review_centre.h"
#include "ui/pages/review_inspector.h"
#include "ui/widgets/diff_label.h"
#include "ui/widgets/disclosure_tile.h"
#include "ui/widgets/duplicate_strip.h"
#include "ui/widgets/history_strip.h"
#include "ui/widgets/item_history_panel.h"
#include "ui/widgets/markdown_view.h"
#include "ui/widgets/policy_panel.h"

#include <QClipboard>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTimer>
#include <QToolButton>

#include <algorithm>

using namespace modscope;
using namespace modscope::ui;

/// The item in front besides its decision: the policy beside it, its past, its duplicates, and others' changes to it.
class TestReviewItem : public ReviewDeskTest {
    Q_OBJECT
private:
    void publish(const std::string& version, const std::string& markdown) const
    {
        mustBe(store("Lea")->publishPolicy({version, markdown, 1'700'000'000'000}));
    }

    /// The one banner that was raised; waits for it.
    [[nodiscard]] static Banner bannerOf(QSignalSpy& raised)
    {
        return raised.isEmpty() && !raised.wait(kPatienceMs) ? Banner() : raised.takeFirst().front().value<Banner>();
    }

    static void run(Desk& desk, const char* action) { desk.registry.action(QLatin1String(action))->trigger(); }
    [[nodiscard]] static bool may(Desk& desk, const char* action)
    {
        return desk.registry.action(QLatin1String(action))->isEnabled();
    }
    [[nodiscard]] static QStringList texts(const QMenu& menu)
    {
        QStringList found;
        for (const QAction* action : menu.actions()) {
            if (!action->isSeparator()) {
                found << action->text();
            }
        }
        return found;
    }

    void decide(Desk& desk, Qt::Key answer)
    {
        const ReviewItemId before = desk.item();
        desk.press(answer);
        desk.press(Qt::Key_Return);
        QVERIFY(desk.waitForNext(before));
    }

private Q_SLOTS:
    void thePolicyIsReadBesideACoveredPicture()
    {
        fill(4);
        publish("1", "# Policy\n\n## Religion\n\nMocking a faith is allowed.\n");
        publish("2", "# Policy\n\n## Religion\n\nMocking a faith is allowed, believers are not to be mocked.\n");
        Desk desk(m_folder->path(), &m_pool);
        QVERIFY(desk.waitForItem());
        decide(desk, Qt::Key_0); // item 2 has a picture
        auto* panel = desk.child<PolicyPanel>();
        desk.press(Qt::Key_I);
        QVERIFY(panel->isVisible());
        QCOMPARE(panel->versionText(), QStringLiteral("v2"));
        QVERIFY(panel->text()->toPlainText().contains(QStringLiteral("believers")));
        QTest::keyPress(desk.target(), Qt::Key_Space); // no picture while it is read
        QTest::qWait(50);
        QVERIFY(!desk.child<ReviewCentre>()->tile()->isRevealed());
        QTest::keyRelease(desk.target(), Qt::Key_Space);
        panel->setShowsChanges(true);
        QVERIFY(panel->changes()->text().contains(QStringLiteral("<u")));
        desk.press(Qt::Key_4); // and it can be decided meanwhile
        QCOMPARE(desk.child<ReviewInspector>()->draft().answer(3), Answer::Yes);
        desk.press(Qt::Key_Escape);
        QVERIFY(!panel->isVisible());
        QCOMPARE(desk.item(), ReviewItemId{2});
        QTest::keyPress(desk.target(), Qt::Key_Space);
        QTRY_VERIFY_WITH_TIMEOUT(desk.child<ReviewCentre>()->tile()->isRevealed(), kPatienceMs);
        desk.press(Qt::Key_I); // what is open is covered
        QVERIFY(!desk.child<ReviewCentre>()->tile()->isRevealed());
        QTest::keyRelease(desk.target(), Qt::Key_Space);
    }

    void withoutAPolicyThereIsNothingToRead()
    {
        fill(1);
        Desk desk(m_folder->path(), &m_pool);
        QVERIFY(desk.waitForItem());
        QVERIFY(!may(desk, "review.policy"));
        desk.press(Qt::Key_I);
        QVERIFY(!desk.child<PolicyPanel>()->isVisible());
        publish("1", "# Policy\n"); // others' work reaches the page by itself
        QTRY_VERIFY_WITH_TIMEOUT(may(desk, "review.policy"), kPatienceMs);
        run(desk, "review.policy");
        QVERIFY(desk.child<PolicyPanel>()->isVisible());
    }

    void theComparedDuplicateIsTakenOutOfTheGroup()
    {
        fill(4);
        mustBe(store("Lea")->setGroup(std::vector<ReviewItemId>{1, 2, 3}, "same_meme"));
        Desk desk(m_folder->path(), &m_pool);
        QVERIFY(desk.waitForItem());
        auto* strip = desk.child<ReviewCentre>()->duplicates();
        QCOMPARE(strip->list()->model()->rowCount(), 3); // the item itself first
        strip->list()->setCurrentIndex(strip->list()->model()->index(2, 0));
        QSignalSpy toasts(desk.page, &Page::toastRaised);
        desk.press(Qt::Key_D);
        QVERIFY(may(desk, "review.split"));
        QPushButton* split = nullptr;
        for (auto* button : desk.child<CompareView>()->findChildren<QPushButton*>()) {
            split = button->text() == QStringLiteral("Split group") ? button : split;
        }
        QVERIFY(split != nullptr && split->isVisible());
        split->click();
        QTRY_COMPARE_WITH_TIMEOUT(strip->list()->model()->rowCount(), 2, kPatienceMs);
        QVERIFY(!toasts.isEmpty());
        QVERIFY(!desk.child<CompareView>()->isVisible()); // back at the item
        auto lead = store("Lea");
        QCOMPARE(valueOf(lead->group(1)), (std::vector<ReviewItemId>{1, 2}));
        QCOMPARE(valueOf(lead->group(3)), std::vector<ReviewItemId>{3});
        desk.press(Qt::Key_0); // the claim held
        desk.press(Qt::Key_Return);
        QVERIFY(desk.waitForNext(1));
        QVERIFY(statusOf(1).first.has_value());
        QVERIFY(!statusOf(3).first.has_value());
    }

    void tickedDuplicatesAreTakenOutTogether()
    {
        fill(4);
        mustBe(store("Lea")->setGroup(std::vector<ReviewItemId>{1, 2, 3, 4}, "same_meme"));
        Desk desk(m_folder->path(), &m_pool);
        QVERIFY(desk.waitForItem());
        QVERIFY(!may(desk, "review.splitTicked"));
        auto* strip = desk.child<ReviewCentre>()->duplicates();
        strip->include(2);
        strip->include(4);
        QVERIFY(may(desk, "review.splitTicked"));
        run(desk, "review.splitTicked");
        QTRY_COMPARE_WITH_TIMEOUT(strip->list()->model()->rowCount(), 2, kPatienceMs);
        QVERIFY(strip->included().empty());
        auto lead = store("Lea");
        QCOMPARE(valueOf(lead->group(1)), (std::vector<ReviewItemId>{1, 3}));
        QCOMPARE(valueOf(lead->group(2)), (std::vector<ReviewItemId>{2, 4}));
        desk.press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(strip->list()->model()->rowCount(), 4, kPatienceMs);
        QCOMPARE(desk.item(), ReviewItemId{1}); // under the same claim
        QCOMPARE(valueOf(lead->group(1)).size(), std::size_t{4});
        QVERIFY(valueOf(lead->notDuplicates()).empty());
    }

    void whatWasSaidOfDuplicatesIsUndoneInItsTurn()
    {
        fill(4);
        mustBe(store("Lea")->setGroup(std::vector<ReviewItemId>{2, 3, 4}, "same_meme"));
        {
            Desk desk(m_folder->path(), &m_pool);
            QVERIFY(desk.waitForItem());
            desk.press(Qt::Key_0);
            desk.press(Qt::Key_Return);
            QVERIFY(desk.waitForNext(1));
            desk.work.review.markNotSame(2, 4);
            desk.work.review.markNotSame(2, 3);
            QTRY_COMPARE_WITH_TIMEOUT(valueOf(store("Lea")->notDuplicates()).size(), std::size_t{2}, kPatienceMs);
        }
        Desk desk(m_folder->path(), &m_pool); // another day
        QVERIFY(desk.waitForItem());
        QSignalSpy taken(&desk.work.review, &ReviewController::tookBack);
        for (const std::size_t left : {1U, 0U}) {
            desk.press(Qt::Key_Z, Qt::ControlModifier);
            QTRY_COMPARE_WITH_TIMEOUT(valueOf(store("Lea")->notDuplicates()).size(), left, kPatienceMs);
            QTRY_VERIFY_WITH_TIMEOUT(desk.atRest(), kPatienceMs);
        }
        desk.press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(taken.size(), 3, kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(!statusOf(1).first.has_value(), kPatienceMs);
    }

    void twoDuplicatesAreNotSplitButNotTheSame()
    {
        fill(3);
        mustBe(store("Lea")->setGroup(std::vector<ReviewItemId>{1, 2}, "same_meme"));
        Desk desk(m_folder->path(), &m_pool);
        QVERIFY(desk.waitForItem());
        desk.press(Qt::Key_D);
        QVERIFY(!may(desk, "review.split"));
        Q_EMIT desk.child<CompareView>()->notSameWanted();
        auto* strip = desk.child<ReviewCentre>()->duplicates();
        QTRY_VERIFY_WITH_TIMEOUT(!strip->isVisible(), kPatienceMs);
        QCOMPARE(valueOf(store("Lea")->group(1)), std::vector<ReviewItemId>{1}); // nor when it is opened again
    }

    void aDecisionThatChangedMeanwhileIsLookedAtAgain()
    {
        fill(3);
        Desk desk(m_folder->path(), &m_pool);
        QVERIFY(desk.waitForItem());
        decide(desk, Qt::Key_1);
        desk.press(Qt::Key_K);
        QVERIFY(desk.waitForNext(2));
        desk.press(Qt::Key_2); // another class on top of the former one
        QSignalSpy raised(desk.page, &Page::bannerRaised);
        leadDoes(Step::MarkAudit, 1);
        const Banner banner = bannerOf(raised);
        QCOMPARE(banner.id, QStringLiteral("review.changed"));
        QCOMPARE(banner.actionIds, QStringList{QStringLiteral("review.lookAgain")});
        QVERIFY(!may(desk, "review.submit"));
        desk.press(Qt::Key_Return);
        QTest::qWait(50);
        QCOMPARE(answerLetters(statusOf(1).first->decision.answers), std::string("ynnnn"));
        QSignalSpy withdrawn(desk.page, &Page::bannerWithdrawn);
        run(desk, "review.lookAgain");
        QTRY_VERIFY_WITH_TIMEOUT(may(desk, "review.submit"), kPatienceMs);
        QVERIFY(!withdrawn.isEmpty());
        QCOMPARE(desk.item(), ReviewItemId{1});
        QCOMPARE(desk.child<ReviewInspector>()->draft().answer(1), Answer::Yes); // the draft is kept
        desk.press(Qt::Key_Return);
        QVERIFY(desk.waitForNext(1));
        QCOMPARE(answerLetters(statusOf(1).first->decision.answers), std::string("yynnn"));
    }

    void aDecisionThatIsNotMineAnyMoreGivesWayToTheNext()
    {
        fill(3);
        Desk desk(m_folder->path(), &m_pool);
        QVERIFY(desk.waitForItem());
        decide(desk, Qt::Key_1);
        desk.press(Qt::Key_K);
        QVERIFY(desk.waitForNext(2));
        QSignalSpy raised(desk.page, &Page::bannerRaised);
        leadDoes(Step::Finalise, 1);
        QCOMPARE(bannerOf(raised).id, QStringLiteral("review.changed"));
        QSignalSpy refused(&desk.work.review, &ReviewController::refused);
        run(desk, "review.lookAgain");
        QVERIFY(desk.waitForNext(1));
        QCOMPARE(refused.count(), 1);
        QCOMPARE(desk.item(), ReviewItemId{3}); // the second one was leafed past
    }

    void newScoresOfTheItemInFrontAreTold()
    {
        fill(2);
        Desk desk(m_folder->path(), &m_pool);
        QVERIFY(desk.waitForItem());
        QSignalSpy raised(desk.page, &Page::bannerRaised);
        auto lead = store("Lea");
        const auto model = valueOf(
            lead->model({0, "mtl", std::string(64, 'b'), memeProject().labels, {0.5F, 0.5F, 0.5F, 0.5F, 0.5F}}));
        const std::vector<ReviewItemId> one{1};
        mustBe(lead->addScores(model.id, one, std::vector<std::vector<float>>{{0.9F, 0.1F, 0.1F, 0.1F, 0.1F}}));
        QCOMPARE(bannerOf(raised).id, QStringLiteral("review.changed"));
        QCOMPARE(desk.work.review.task()->models.size(), std::size_t{1});
        const qint64 left = desk.work.review.claimLeftMs();
        run(desk, "review.lookAgain");
        QTRY_COMPARE_WITH_TIMEOUT(desk.work.review.task()->models.size(), std::size_t{2}, kPatienceMs);
        QVERIFY(desk.work.review.claimLeftMs() >= left - 1000); // still claimed
        decide(desk, Qt::Key_0);
        QVERIFY(statusOf(1).first.has_value());
    }

    void undoGoesPastAStepThatSomebodyBuiltOn()
    {
        fill(3);
        Desk desk(m_folder->path(), &m_pool);
        QVERIFY(desk.waitForItem());
        decide(desk, Qt::Key_1);
        decide(desk, Qt::Key_2);
        leadDoes(Step::Finalise, 2);
        QSignalSpy raised(desk.page, &Page::bannerRaised);
        desk.press(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(bannerOf(raised).id, QStringLiteral("review.rereview"));
        QTRY_VERIFY_WITH_TIMEOUT(desk.atRest(), kPatienceMs);
        QSignalSpy toasts(desk.page, &Page::toastRaised);
        desk.press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(!toasts.isEmpty(), kPatienceMs);
        const QString told = toasts.front().front().toString();
        const std::vector<ReviewItemId> both{1, 2};
        const auto contents = valueOf(store("Lea")->contents(both));
        QVERIFY2(told.contains(QString::fromStdString(contents[0].key)), qPrintable(told));
        QVERIFY2(told.contains(QStringLiteral("Left standing")), qPrintable(told));
        QVERIFY2(told.contains(QString::fromStdString(contents[1].key)), qPrintable(told));
        QVERIFY(!statusOf(1).first);
        QCOMPARE(statusOf(2).state, modscope::ItemState::Final);
    }

    void theItemsMenuHasWhatCanBeDoneAndNoPicture()
    {
        fill(2);
        Desk desk(m_folder->path(), &m_pool);
        QVERIFY(desk.waitForItem());
        QStringList offered;
        QTimer::singleShot(0, [&offered] {
            if (auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget())) {
                offered = texts(*menu);
                menu->close();
            }
        });
        QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(300, 200),
                                desk.page->mapToGlobal(QPoint(300, 200)));
        QApplication::sendEvent(desk.child<ReviewCentre>(), &event);
        const auto has = [&offered](const char* words) {
            return offered.filter(QLatin1String(words), Qt::CaseInsensitive).size() == 1;
        };
        QVERIFY2(has("Release") && has("Skip with a reason") && has("Escalate") && has("Second opinion"),
                 qPrintable(offered.join(QLatin1Char('|'))));
        QVERIFY(has("Copy id") && has("Show history"));
        QVERIFY(!has("picture"));
        QVERIFY(!has("known item")); // Ann is no lead
        run(desk, "review.copyId");
        QCOMPARE(QGuiApplication::clipboard()->text(), desk.work.review.task()->key);
        run(desk, "review.release");
        QVERIFY(desk.waitForNext(1));
        const auto leases = valueOf(store("Lea")->leases());
        QCOMPARE(leases.size(), std::size_t{1});
        QCOMPARE(leases.front().item, ReviewItemId{2});
    }

    void theHistoryOfAnItemHasNoNamesAndNobodyElsesAnswers()
    {
        fill(2);
        const ReviewItemId one = 1;
        {
            auto ben = session("Ben");
            Decision decision;
            decision.answers = {Answer::Yes, Answer::No, Answer::No, Answer::No, Answer::No};
            (void)valueOf(ben.recordMany(std::span(&one, 1), Step::Decide, decision));
        }
        leadDoes(Step::Withdraw, 1);
        Desk desk(m_folder->path(), &m_pool);
        QVERIFY(desk.waitForItem());
        QCOMPARE(desk.item(), one);
        run(desk, "review.itemHistory");
        auto* panel = desk.child<ItemHistoryPanel>();
        QTRY_VERIFY_WITH_TIMEOUT(panel->isVisible(), kPatienceMs);
        QCOMPARE(panel->lines().size(), 3);
        QVERIFY(panel->lines()[0].contains(QStringLiteral("imported")));
        QVERIFY(panel->lines()[1].contains(QStringLiteral("decided, by somebody else")));
        QVERIFY(panel->lines()[2].contains(QStringLiteral("withdrawn")));
        const QString all = panel->lines().join(QLatin1Char('\n'));
        QVERIFY(!all.contains(QStringLiteral("Ben")) && !all.contains(QStringLiteral("reviewer")));
        QVERIFY(!all.contains(QStringLiteral("Racist"), Qt::CaseInsensitive));
        desk.press(Qt::Key_Escape);
        QVERIFY(!panel->isVisible());
    }

    void aChangedMindShowsAfterHowLong()
    {
        fill(3);
        Desk desk(m_folder->path(), &m_pool);
        QVERIFY(desk.waitForItem());
        decide(desk, Qt::Key_1);
        desk.press(Qt::Key_K);
        QVERIFY(desk.waitForNext(2));
        desk.press(Qt::Key_0);
        desk.press(Qt::Key_Return);
        QVERIFY(desk.waitForNext(1));
        QTRY_COMPARE_WITH_TIMEOUT(desk.work.review.history().size(), std::size_t{2}, kPatienceMs);
        QVERIFY(desk.work.review.history()[0].changedAfter > 0);
        QCOMPARE(desk.work.review.history()[1].changedAfter, TimeMs{0});
        const auto chips = desk.child<HistoryStrip>()->findChildren<QToolButton*>();
        QVERIFY(std::any_of(chips.begin(), chips.end(), [](const QToolButton* chip) {
            return chip->accessibleName().contains(QStringLiteral("changed after under 1 min"));
        }));
    }
};

QTEST_MAIN(TestReviewItem)
#include "tst_review_item.moc"
