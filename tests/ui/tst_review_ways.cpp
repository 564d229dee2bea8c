#include "tests/ui/review_desk_test.h"
#include "ui/pages/review_centre.h"
#include "ui/pages/review_list_pane.h"
#include "ui/widgets/disclosure_tile.h"

#include <QAction>
#include <QDir>
#include <QListView>
#include <QSignalSpy>

using namespace modscope;
using namespace modscope::ui;

/// From one item to another, to another queue, away from all of them.
class TestReviewWays : public ReviewDeskTest {
    Q_OBJECT
private Q_SLOTS:
    void anotherQueueGivesTheItemBackAndCountsWhatWasSeen()
    {
        fill(4);
        Desk desk(m_folder->path(), &m_pool);
        QVERIFY(desk.waitForItem());
        desk.press(Qt::Key_0);
        desk.press(Qt::Key_Return);
        QVERIFY(desk.waitForNext(1));
        QTest::keyPress(desk.target(), Qt::Key_Space);
        QTRY_VERIFY_WITH_TIMEOUT(desk.child<ReviewCentre>()->tile()->isRevealed(), kPatienceMs);
        QTest::qWait(50);
        QTest::keyRelease(desk.target(), Qt::Key_Space);
        desk.press(Qt::Key_G);
        desk.press(Qt::Key_A); // nothing waits to be adjudicated
        QTRY_COMPARE_WITH_TIMEOUT(desk.work.review.stage(), ReviewStage::Empty, kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(desk.work.ledger.today().secondsRevealed >= 0.05, kPatienceMs);
        QVERIFY(valueOf(store("Lea")->leases()).empty());
    }

    void aQueueThatCouldNotBeOpenedIsTriedAgain()
    {
        const QString elsewhere = m_folder->filePath(QStringLiteral("elsewhere"));
        QVERIFY(QDir().mkpath(elsewhere));
        Desk desk(elsewhere, &m_pool);
        ReviewPreferences review = desk.settings.preferences().review;
        review.store = storeFile();
        desk.settings.setReview(review);
        QSignalSpy failed(&desk.work.link, &DeskLink::openFailed);
        QAction* again = desk.registry.action(QStringLiteral("review.openAgain"));
        again->trigger();
        QVERIFY(failed.wait(kPatienceMs)); // the file is not there yet
        fill(2);
        again->trigger();
        QVERIFY(desk.waitForItem());
        QVERIFY(!again->isEnabled());
    }

    void aBreakGivesTheItemBackAndCoversEverything()
    {
        fill(3);
        Desk desk(m_folder->path(), &m_pool);
        QVERIFY(desk.waitForItem());
        desk.press(Qt::Key_P); // a pause keeps it
        QCOMPARE(desk.work.review.stage(), ReviewStage::Paused);
        QCOMPARE(valueOf(store("Lea")->leases()).size(), std::size_t{1});
        desk.press(Qt::Key_P);
        QTRY_COMPARE(desk.work.review.stage(), ReviewStage::Item);
        desk.press(Qt::Key_B, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(desk.work.review.stage(), ReviewStage::Break);
        QTRY_VERIFY_WITH_TIMEOUT(valueOf(store("Lea")->leases()).empty(), kPatienceMs);
        desk.press(Qt::Key_P);
        QVERIFY(desk.waitForItem());
    }

    void anItemThatWasOnItsWayWhenAnotherQueueWasChosenIsGivenBack()
    {
        fill(4);
        Desk desk(m_folder->path(), &m_pool);
        QVERIFY(desk.waitForItem());
        desk.press(Qt::Key_J); // the next one is on its way
        QVERIFY(desk.work.review.isBusy());
        desk.press(Qt::Key_G);
        desk.press(Qt::Key_A);              // nothing waits to be adjudicated
        QVERIFY(desk.work.review.isBusy()); // not here yet: the wish has to wait for it
        QTRY_COMPARE_WITH_TIMEOUT(desk.work.review.stage(), ReviewStage::Empty, kPatienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(valueOf(store("Lea")->leases()).empty(), kPatienceMs);
        QCOMPARE(desk.item(), ReviewItemId{0});
    }

    void queuesAreMovedByKeyAndStayWhereTheyWerePut()
    {
        fill(2);
        QStringList names;
        const auto rows = [](const Desk& desk) {
            QStringList found;
            for (const ReviewQueueRow& row : desk.work.queues.rows()) {
                found << row.name;
            }
            return found;
        };
        {
            Desk desk(m_folder->path(), &m_pool);
            QVERIFY(desk.waitForItem());
            names = rows(desk);
            QVERIFY(!desk.registry.action(QStringLiteral("review.queueUp"))->isEnabled()); // it is the first
            desk.press(Qt::Key_Down, Qt::ControlModifier | Qt::ShiftModifier);
            names.move(0, 1);
            QCOMPARE(rows(desk), names);
            QCOMPARE(desk.work.queues.current(), 1); // it is still in front, and so is its item
            QCOMPARE(desk.item(), ReviewItemId{1});
            QTRY_COMPARE_WITH_TIMEOUT(desk.work.queues.waiting(), 2, kPatienceMs); // what waits for anybody, wherever
            desk.press(Qt::Key_G);
            desk.press(Qt::Key_A); // a chord finds its queue, wherever
            QTRY_COMPARE_WITH_TIMEOUT(desk.work.queues.currentName(), QStringLiteral("Adjudicate"), kPatienceMs);
        }
        Desk again(m_folder->path(), &m_pool);
        QVERIFY(again.waitForItem());
        QCOMPARE(rows(again), names);
        QCOMPARE(again.work.queues.currentName(), QStringLiteral("Needs review"));
    }

    void queuesAreDraggedAndASearchStaysAtTheEnd()
    {
        fill(2);
        Desk desk(m_folder->path(), &m_pool);
        QVERIFY(desk.waitForItem());
        auto* model = desk.child<ReviewListPane>()->view()->model();
        const QString last = model->index(model->rowCount() - 1, 0).data().toString();
        QVERIFY(model->moveRow({}, model->rowCount() - 1, {}, 0)); // as the list's view does when a row is dropped
        QCOMPARE(model->index(0, 0).data().toString(), last);
        QVERIFY(!model->moveRow({}, 1, {}, 2)); // its own place
        QVERIFY(desk.work.queues.search(QStringLiteral("fridge")).isEmpty());
        const QModelIndex search = model->index(model->rowCount() - 1, 0);
        QVERIFY(!search.flags().testFlag(Qt::ItemIsDragEnabled));
        desk.work.queues.move(search.row(), 0);
        QCOMPARE(model->index(0, 0).data().toString(), last);
    }
};

QTEST_MAIN(TestReviewWays)
#include "tst_review_ways.moc"
