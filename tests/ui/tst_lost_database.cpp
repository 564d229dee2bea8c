#include "tests/store/database_test.h"
#include "tests/support/test_data.h"
#include "ui/controllers/model_controller.h"
#include "ui/controllers/review_workspace.h"
#include "ui/main_window/main_window.h"
#include "ui/main_window/status_line.h"
#include "ui/pages/review_inspector.h"
#include "ui/pages/review_page.h"
#include "ui/settings/settings.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

// The window while a team's PostgreSQL server goes away and comes back.

using namespace modscope;
using namespace modscope::ui;
using namespace modscope::test;

namespace {

constexpr int kPatienceMs = 30'000;

} // namespace

class TestLostDatabase : public QObject {
    Q_OBJECT
private:
    struct Desk {
        Desk(const QString& folder, const std::string& location, QThreadPool* pool)
            : theme(*qApp), registry(&theme), settings(folder + QStringLiteral("/settings.ini")), models(pool),
              work(pool, folder), window(&theme, &registry, &settings, &models),
              page(new ReviewPage(&theme, &registry, &settings, &work, pool))
        {
            ReviewPreferences review = settings.preferences().review;
            review.reviewer = QStringLiteral("Ann");
            review.store = QString::fromStdString(location);
            settings.setReview(review);
            window.addPage(QStringLiteral("review"), page, ModeRail::Place::Top, 2);
            window.followReview(&work);
            window.restoreLayout();
            window.resize(1440, 900);
            window.show();
            if (!QTest::qWaitForWindowActive(&window)) {
                qFatal("the window did not become active: keys would go nowhere");
            }
            work.openRemembered(settings.preferences().review);
        }

        void press(Qt::Key key)
        {
            QWidget* focus = QApplication::focusWidget();
            QTest::keyClick(focus != nullptr ? focus : &window, key);
        }
        [[nodiscard]] ReviewItemId item() const { return work.review.task() != nullptr ? work.review.task()->id : 0; }
        [[nodiscard]] bool waitForItem(ReviewItemId id)
        {
            return QTest::qWaitFor(
                [&] { return !work.review.isBusy() && work.review.stage() == ReviewStage::Item && item() == id; },
                kPatienceMs);
        }
        /// What the status line says of the network, and how its text looks.
        [[nodiscard]] bool statusSays(const QString& text) const
        {
            const auto buttons = window.findChild<StatusLine*>()->findChildren<QToolButton*>();
            return std::any_of(buttons.begin(), buttons.end(),
                               [&text](const QToolButton* one) { return one->text() == text && one->isVisible(); });
        }

        Theme theme;
        ActionRegistry registry;
        Settings settings;
        ModelController models;
        ReviewWorkspace work;
        MainWindow window;
        ReviewPage* page;
    };

    [[nodiscard]] std::unique_ptr<ReviewStore> store(const std::string& person = "Ada", bool create = false) const
    {
        return mustOpen(m_location, person, create);
    }
    [[nodiscard]] ItemStatus statusOf(ReviewItemId id) const
    {
        auto statuses = store()->statuses(std::span(&id, 1));
        return statuses ? statuses->front() : ItemStatus();
    }
    [[nodiscard]] int decisionsOn(ReviewItemId id) const
    {
        int decisions = 0;
        EventQuery query;
        query.item = id;
        const auto read = store()->readEvents(query, [&decisions](const ReviewEvent& event) -> Result<void> {
            decisions += event.kind == EventKind::Step && event.step == Step::Decide ? 1 : 0;
            return {};
        });
        return read ? decisions : -1;
    }
    void whileStopped(const std::string& statement)
    {
        m_server->runStopped("review1", statement);
        QVERIFY2(m_server->problem().empty(), m_server->problem().c_str());
    }
    void startServer()
    {
        m_server->start();
        QVERIFY2(m_server->problem().empty(), m_server->problem().c_str());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<PostgresServer> m_server;
    std::string m_location;
    QThreadPool m_pool;

private Q_SLOTS:
    void init()
    {
        failOnWarnings();
        m_folder = std::make_unique<QTemporaryDir>();
        m_server = std::make_unique<PostgresServer>();
        QVERIFY2(m_server->problem().empty(), m_server->problem().c_str());
        m_location = m_server->newDatabase();
        auto lead = store("Ada", true);
        MUST(lead->addReviewer("Ann", Role::Reviewer));
        MUST(lead->import(textRows(3), "some"));
        ReviewRules rules;
        rules.randomShare = rules.goldenShare = rules.hiddenShare = 0;
        MUST(lead->setRules(rules));
    }
    void cleanup()
    {
        m_pool.waitForDone();
        m_server.reset();
    }

    void aDecisionWaitsWhileTheServerIsAwayAndIsSavedOnce()
    {
        Desk desk(m_folder->path(), m_location, &m_pool);
        QVERIFY(desk.waitForItem(1));
        QVERIFY(desk.statusSays(QStringLiteral("Network: review database on this computer only")));
        QSignalSpy saved(&desk.work.review, &ReviewController::saved);
        desk.press(Qt::Key_2);
        m_server->stopAtOnce();
        desk.press(Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(desk.work.review.waiting(), 1, kPatienceMs);
        // Without the English plurals loaded, the sentence is as in the source.
        QVERIFY(desk.statusSays(QStringLiteral("Database not reachable, 1 decision(s) wait here")));
        QVERIFY(!desk.registry.action(QStringLiteral("review.submit"))->isEnabled());
        QCOMPARE(desk.item(), ReviewItemId{1}); // it stays in front, with what was answered
        QCOMPARE(desk.window.findChild<ReviewInspector*>()->draft().answer(1), Answer::Yes);
        QCOMPARE(saved.count(), 0);
        desk.press(Qt::Key_Return);            // and is not asked for twice
        QCOMPARE(desk.page->jobs().size(), 1); // a window that is closed now asks first
        startServer();
        QVERIFY(desk.waitForItem(2));
        QCOMPARE(saved.count(), 1);
        QCOMPARE(desk.work.review.waiting(), 0);
        QVERIFY(desk.page->jobs().isEmpty());
        QVERIFY(desk.statusSays(QStringLiteral("Network: review database on this computer only")));
        QCOMPARE(decisionsOn(1), 1);
        QCOMPARE(answerLetters(statusOf(1).first->decision.answers), std::string("ny"));
        const std::string difference = firstDifference(m_location);
        QVERIFY2(difference.empty(), difference.c_str());
    }

    void twoStepsInARowAreBothSavedOnce()
    {
        Desk desk(m_folder->path(), m_location, &m_pool);
        QVERIFY(desk.waitForItem(1));
        desk.press(Qt::Key_1);
        m_server->stopAtOnce();
        desk.press(Qt::Key_O); // a decision, and the wish for another one
        QTRY_COMPARE_WITH_TIMEOUT(desk.work.review.waiting(), 1, kPatienceMs);
        startServer();
        QVERIFY(desk.waitForItem(2));
        QCOMPARE(decisionsOn(1), 1);
        QCOMPARE(statusOf(1).state, modscope::ItemState::SecondOpinion);
    }

    void aBreakTakenMeanwhileLosesNothing()
    {
        Desk desk(m_folder->path(), m_location, &m_pool);
        QVERIFY(desk.waitForItem(1));
        QSignalSpy saved(&desk.work.review, &ReviewController::saved);
        desk.press(Qt::Key_1);
        m_server->stopAtOnce();
        desk.press(Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(desk.work.review.waiting(), 1, kPatienceMs);
        desk.work.review.takeBreak({});
        startServer();
        QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, kPatienceMs);
        QCOMPARE(desk.work.review.stage(), ReviewStage::Break); // nothing is claimed behind the person's back
        QCOMPARE(decisionsOn(1), 1);
        QVERIFY(store()->leases()->empty());
    }

    void aClaimThatRanOutMeanwhileIsTakenAnew()
    {
        Desk desk(m_folder->path(), m_location, &m_pool);
        QVERIFY(desk.waitForItem(1));
        desk.press(Qt::Key_1);
        m_server->stopAtOnce();
        desk.press(Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(desk.work.review.waiting(), 1, kPatienceMs);
        whileStopped("UPDATE lease SET ends = 0");
        startServer();
        QVERIFY(desk.waitForItem(2));
        QCOMPARE(decisionsOn(1), 1);
    }

    void anItemThatSomebodyTookMeanwhileIsNotDecidedTwice()
    {
        Desk desk(m_folder->path(), m_location, &m_pool);
        QVERIFY(desk.waitForItem(1));
        QSignalSpy lost(&desk.work.review, &ReviewController::notSaved);
        desk.press(Qt::Key_1);
        m_server->stopAtOnce();
        desk.press(Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(desk.work.review.waiting(), 1, kPatienceMs);
        whileStopped("UPDATE lease SET holder = 1, token = md5(token)"); // Ada claimed it when Ann's claim had ended
        startServer();
        QTRY_COMPARE_WITH_TIMEOUT(lost.count(), 1, kPatienceMs);
        QVERIFY(lost.front().at(1).toBool());
        QCOMPARE(decisionsOn(1), 0);
        QCOMPARE(desk.work.review.waiting(), 0);
        QCOMPARE(desk.window.findChild<ReviewInspector*>()->draft().answer(0), Answer::Yes); // kept as a draft
    }
};

QTEST_MAIN(TestLostDatabase)
#include "tst_lost_database.moc"
