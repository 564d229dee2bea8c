#include "core/store/verify_store.h"
#include "tests/support/test_data.h"
#include "ui/controllers/model_controller.h"
#include "ui/controllers/review_workspace.h"
#include "ui/main_window/main_window.h"
#include "ui/pages/review_centre.h"
#include "ui/pages/review_inspector.h"
#include "ui/pages/review_page.h"
#include "ui/settings/settings.h"
#include "ui/theme/theme.h"
#include "ui/widgets/caption_view.h"
#include "ui/widgets/disclosure_tile.h"
#include "ui/widgets/duplicate_strip.h"
#include "ui/widgets/reason_bar.h"

#include <QApplication>
#include <QLineEdit>
#include <QPainter>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <map>

using namespace modscope;
using namespace modscope::ui;

namespace {

constexpr int kPatienceMs = 20'000;
const Project kProject{"memes", {"racist", "sexist", "homophobe", "religion", "otherhate"}};

template <typename T>
T valueOf(Result<T> result)
{
    if (!result) {
        qFatal("%s", result.error().message.c_str());
    }
    return std::move(*result);
}

void mustBe(const Result<void>& result)
{
    if (!result) {
        qFatal("%s", result.error().message.c_str());
    }
}

/// Only what priority gives, so that a test knows which item is in front.
ReviewRules plainRules()
{
    ReviewRules rules;
    rules.randomShare = 0;
    rules.goldenShare = 0;
    rules.hiddenShare = 0;
    rules.maxSevereInARow = 0;
    return rules;
}

} // namespace

/// The Review page in the window, over a real store of one desk, driven by keys.
class TestReviewPage : public QObject {
    Q_OBJECT
private:
    struct Desk {
        explicit Desk(const QString& dataFolder, QThreadPool* pool)
            : theme(*qApp), registry(&theme), settings(dataFolder + QStringLiteral("/settings.ini")), models(pool),
              work(pool, dataFolder), window(&theme, &registry, &settings, &models),
              page(new ReviewPage(&theme, &registry, &settings, &work, pool))
        {
            ReviewPreferences review = settings.preferences().review;
            review.reviewer = QStringLiteral("Ann");
            settings.setReview(review);
            window.addPage(QStringLiteral("review"), page, ModeRail::Place::Top, 2);
            window.restoreLayout();
            window.resize(1440, 900);
            window.show();
            if (!QTest::qWaitForWindowActive(&window)) {
                qFatal("the window did not become active: keys would go nowhere");
            }
            work.openRemembered(settings.preferences().review);
        }

        template <typename Widget>
        [[nodiscard]] Widget* child() const
        {
            return window.findChild<Widget*>();
        }
        [[nodiscard]] QWidget* target()
        {
            return QApplication::focusWidget() != nullptr ? QApplication::focusWidget() : &window;
        }
        void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
        {
            QTest::keyClick(target(), key, modifiers);
        }
        void type(const QString& text) { QTest::keyClicks(target(), text); }
        [[nodiscard]] ReviewItemId item() const { return work.review.task() != nullptr ? work.review.task()->id : 0; }
        [[nodiscard]] bool atRest() const
        {
            return !work.review.isBusy() && work.review.stage() != ReviewStage::Loading;
        }
        /// Until another item than `before` is in front.
        [[nodiscard]] bool waitForNext(ReviewItemId before)
        {
            return QTest::qWaitFor([&] { return atRest() && item() != before; }, kPatienceMs);
        }
        [[nodiscard]] bool waitForItem()
        {
            return QTest::qWaitFor([&] { return atRest() && item() != 0; }, kPatienceMs);
        }

        Theme theme;
        ActionRegistry registry;
        Settings settings;
        ModelController models;
        ReviewWorkspace work;
        MainWindow window;
        ReviewPage* page;
    };

    [[nodiscard]] std::unique_ptr<ReviewStore> store(const std::string& person, bool create = false) const
    {
        StoreOptions options{m_folder->filePath(QStringLiteral("review.db")).toStdString(), person, {}};
        if (create) {
            options.create = kProject;
        }
        return valueOf(openStore(options));
    }

    [[nodiscard]] QString picture(int number) const
    {
        const QString path = m_folder->filePath(QStringLiteral("meme%1.png").arg(number));
        QImage image(96, 72, QImage::Format_RGB32);
        image.fill(QColor::fromHsv(number * 37 % 360, 200, 220));
        QPainter painter(&image);
        painter.drawEllipse(10 + number % 20, 10, 40, 40);
        painter.end();
        image.save(path);
        return path;
    }

    /// Items 1 to `count`, item 1 the riskiest; every second one with a picture. Ann and Ben are reviewers.
    void fill(int count)
    {
        auto lead = store("Lea", true);
        (void)valueOf(lead->addReviewer("Ann", Role::Reviewer));
        (void)valueOf(lead->addReviewer("Ben", Role::Reviewer));
        const auto model =
            valueOf(lead->model({0, "fusion", std::string(64, 'a'), kProject.labels, {0.5F, 0.5F, 0.5F, 0.5F, 0.5F}}));
        std::vector<NewItem> rows;
        for (int i = 1; i <= count; ++i) {
            NewItem row;
            row.content.text = "me, hearing the fridge open from room " + std::to_string(i);
            row.content.source = "user report";
            if (i % 2 == 0) {
                row.content.imagePath = picture(i).toStdString();
            }
            const float p = 1 - static_cast<float>(i) / static_cast<float>(count + 1);
            row.content.scores = {{model.id, {p / 2, p / 3, 0.1F, p, 0.2F}, {}, {}}};
            rows.push_back(row);
        }
        (void)valueOf(lead->import(rows, "memes.csv"));
        mustBe(lead->setRules(plainRules()));
    }

    [[nodiscard]] ItemStatus statusOf(ReviewItemId id) const
    {
        return valueOf(store("Lea")->statuses(std::span(&id, 1))).front();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QThreadPool m_pool;

private Q_SLOTS:
    void init()
    {
        test::failOnWarnings();
        m_folder = std::make_unique<QTemporaryDir>();
    }

    void cleanup() { m_pool.waitForDone(); }

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

    void fiftyItemsByKeyboardAlone();
};

// One shift: every kind of action, nothing but keys. The store tells afterwards what was done.
void TestReviewPage::fiftyItemsByKeyboardAlone()
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
                decision.answers.assign(kProject.labels.size(), Answer::No);
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

    const auto report = verifyStore({m_folder->filePath(QStringLiteral("review.db")).toStdString(), "Lea", {}});
    QVERIFY2(report.has_value(), report ? "" : report.error().message.c_str());
    QVERIFY(!report->firstDifference);
}

QTEST_MAIN(TestReviewPage)
#include "tst_review_page.moc"
