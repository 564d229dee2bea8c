#include "tests/support/test_data.h"
#include "ui/models/review_list_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/bulk_panel.h"
#include "ui/widgets/disclosure_tile.h"
#include "ui/widgets/review_grid.h"
#include "ui/widgets/review_tile_delegate.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QElapsedTimer>
#include <QListView>
#include <QLocale>
#include <QMimeData>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <numeric>
#include <vector>

using namespace modscope;
using namespace modscope::ui;

namespace {

const std::vector<std::string> kLabels{"racist", "religion"};

ModelScore scoreOf(float probability)
{
    ModelScore score;
    score.probability = probability;
    score.threshold = 0.5F;
    score.flagged = probability >= score.threshold;
    return score;
}

ReviewTaskView view(ReviewItemId id, float religion = 0.9F)
{
    ReviewTaskView made;
    made.id = id;
    made.key = QStringLiteral("key-%1").arg(id);
    made.text = QStringLiteral("text %1").arg(id);
    made.imagePath = QStringLiteral("/pictures/%1.png").arg(id);
    made.labels = kLabels;
    made.scores = {{"religion", {scoreOf(religion)}}, {"racist", {scoreOf(0.1F)}}};
    return made;
}

std::vector<ReviewItemId> numbers(int count)
{
    std::vector<ReviewItemId> ids(static_cast<std::size_t>(count));
    std::iota(ids.begin(), ids.end(), 1);
    return ids;
}

QImage picture(const QColor& color, int side = 256)
{
    QImage image(side, side, QImage::Format_RGB32);
    image.fill(color);
    return image;
}

/// Answers a model's questions at once, as the page does from the store and its cover loader.
class Answerer : public QObject {
public:
    explicit Answerer(ReviewListModel* items)
    {
        connect(
            items, &ReviewListModel::viewsWanted, this,
            [this, items](const std::vector<ReviewItemId>& ids) {
                ++pages;
                std::vector<ReviewTaskView> views;
                for (const ReviewItemId id : ids) {
                    views.push_back(view(id));
                }
                items->setViews(views);
            },
            Qt::QueuedConnection);
        connect(
            items, &ReviewListModel::coverWanted, this,
            [items](ReviewItemId id, const QString&) { items->setCover(id, picture(Qt::gray)); }, Qt::QueuedConnection);
    }
    int pages = 0;
};

} // namespace

class TestReviewGrid : public QObject {
    Q_OBJECT

    std::unique_ptr<Theme> m_theme;

    /// A window with a grid of tiles.
    struct Desk {
        explicit Desk(const Theme* theme, int count = 50) : answerer(&items), grid(theme, &items)
        {
            grid.setLabels(kLabels);
            items.setIds(numbers(count));
            grid.resize(900, 700);
            grid.show();
            if (!QTest::qWaitForWindowActive(&grid)) {
                qFatal("the window did not become active: focus would not be watched");
            }
            grid.view()->setFocus();
            grid.setCurrentItem(1);
            if (!QTest::qWaitFor([this] { return !cover(0).isNull(); })) {
                qFatal("no cover came");
            }
        }
        [[nodiscard]] QPixmap cover(int row) const
        {
            return items.index(row).data(ReviewListModel::CoverRole).value<QPixmap>();
        }
        [[nodiscard]] DisclosureTile* tile() const { return grid.findChild<DisclosureTile*>(); }
        [[nodiscard]] BulkPanel* panel() const { return grid.findChild<BulkPanel*>(); }
        void answerPicture()
        {
            grid.setPicture(grid.currentItem(),
                            {{picture(Qt::red)}, {picture(Qt::white)}, picture(Qt::gray), {256, 256}, {}});
        }

        ReviewListModel items;
        QAbstractItemModelTester tester{&items, QAbstractItemModelTester::FailureReportingMode::QtTest};
        Answerer answerer;
        ReviewGrid grid;
    };

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }
    void init() { test::failOnWarnings(); }

    void aPageOfTwoHundredRowsIsAskedForOnceAndNothingIsFetched()
    {
        ReviewListModel items;
        items.setIds(numbers(1000));
        QSignalSpy wanted(&items, &ReviewListModel::viewsWanted);
        QCOMPARE(items.index(250).data().toString(), QString());
        QCOMPARE(items.index(399).data(ReviewListModel::StateRole).toInt(), static_cast<int>(TileState::Unknown));
        QCOMPARE(wanted.count(), 1);
        const auto ids = wanted.front().front().value<std::vector<ReviewItemId>>();
        QCOMPARE(ids.size(), std::size_t{ReviewListModel::kPage});
        QCOMPARE(ids.front(), ReviewItemId{201});

        const std::vector views{view(251), view(5000)}; // one of another list is ignored
        items.setViews(views);
        QCOMPARE(items.index(250).data().toString(), QStringLiteral("key-251"));
        QCOMPARE(items.index(250).data(ReviewListModel::BandRole).toInt(), static_cast<int>(Verdict::Flag));
        const auto classes = items.index(250).data(ReviewListModel::ClassesRole).value<QVector<TileClass>>();
        QCOMPARE(classes.size(), 1);
        QCOMPARE(classes.front().label, 1);
        QCOMPARE(wanted.count(), 1);
    }

    void hiddenScoresShowNoBandAndNoClass()
    {
        ReviewListModel items;
        items.setIds({7});
        ReviewTaskView blind = view(7);
        blind.scoresHidden = true;
        items.setViews(std::vector{blind});
        QCOMPARE(items.index(0).data(ReviewListModel::BandRole).toInt(), static_cast<int>(Verdict::None));
        QVERIFY(items.index(0).data(ReviewListModel::ClassesRole).value<QVector<TileClass>>().isEmpty());
    }

    void aMissingPictureIsSaidAndNeverAskedFor()
    {
        ReviewListModel items;
        items.setIds({7});
        ReviewTaskView gone = view(7);
        gone.problem = QStringLiteral("The picture is missing: /pictures/7.png");
        items.setViews(std::vector{gone});
        QSignalSpy wanted(&items, &ReviewListModel::coverWanted);
        QVERIFY(items.index(0).data(ReviewListModel::CoverRole).value<QPixmap>().isNull());
        QCOMPARE(wanted.count(), 0);
        QCOMPARE(items.index(0).data(ReviewListModel::StateRole).toInt(), static_cast<int>(TileState::Missing));
    }

    void marksSurviveAnotherOrderAndLeaveWithTheirItems()
    {
        ReviewListModel items;
        QAbstractItemModelTester tester(&items, QAbstractItemModelTester::FailureReportingMode::QtTest);
        items.setIds({1, 2, 3});
        items.markRows(0, 1);
        items.setIds({3, 2});
        QCOMPARE(items.marked(), std::vector<ReviewItemId>{2});
        items.setDecided(std::vector<ReviewItemId>{2}, true);
        QCOMPARE(items.markedCount(), 0);
        items.toggleMark(1); // what is decided is not marked again
        QCOMPARE(items.markedCount(), 0);
        items.setDecided(std::vector<ReviewItemId>{2}, false);
        items.toggleMark(1);
        QCOMPARE(items.marked(), std::vector<ReviewItemId>{2});
    }

    void theCoverCacheIsBounded()
    {
        ReviewListModel items;
        constexpr int kItems = 1000; // of 256 x 256 x 4 bytes: 250 MB
        items.setCoverSide(256);
        items.setIds(numbers(kItems));
        for (int id = 1; id <= kItems; ++id) {
            items.setViews(std::vector{view(id)});
            items.setCover(id, picture(Qt::gray));
        }
        int kept = 0;
        for (int row = 0; row < kItems; ++row) {
            kept += items.index(row).data(ReviewListModel::CoverRole).value<QPixmap>().isNull() ? 0 : 1;
        }
        QCOMPARE(kept, ReviewListModel::kCoverBytes / (256 * 256 * 4));
    }

    void digitsDecideWhatIsMarkedAfterAPreview()
    {
        Desk desk(m_theme.get());
        QSignalSpy decided(&desk.grid, &ReviewGrid::decisionWanted);
        desk.grid.toggleClass(1); // nothing is marked: nothing happens
        QVERIFY(!desk.grid.isChoosing());
        desk.grid.toggleMark();
        desk.grid.setCurrentItem(3);
        desk.grid.toggleMark();
        desk.grid.toggleClass(1);
        QVERIFY(desk.panel()->isVisible());
        QCOMPARE(desk.panel()->question(), QStringLiteral("Apply Religion to 2 item(s)?"));
        QCOMPARE(decided.count(), 0);
        desk.grid.toggleClass(0);
        const QString both = QLocale().createSeparatedList(
            {QStringLiteral("Racist"), QStringLiteral("Religion")}); // as the locale joins
        QCOMPARE(desk.panel()->question(), QStringLiteral("Apply %1 to 2 item(s)?").arg(both));
        desk.grid.toggleClass(0);
        QTest::mouseClick(desk.panel()->applyButton(), Qt::LeftButton);
        QCOMPARE(decided.count(), 1);
        QCOMPARE(decided.front().at(0).value<std::vector<ReviewItemId>>(), (std::vector<ReviewItemId>{1, 3}));
        const auto decision = decided.front().at(1).value<Decision>();
        QCOMPARE(decision.answers, (std::vector{Answer::No, Answer::Yes}));
        QCOMPARE(decision.disclosure, Disclosure::CoveredTile);
        QVERIFY(!desk.grid.isChoosing());
    }

    void anEmptyChoiceCannotBeAppliedAndCancelKeepsTheMarks()
    {
        Desk desk(m_theme.get());
        QSignalSpy decided(&desk.grid, &ReviewGrid::decisionWanted);
        desk.grid.toggleMark();
        desk.grid.toggleNone();
        QCOMPARE(desk.panel()->question(), QStringLiteral("Apply None of these to 1 item(s)?"));
        desk.grid.toggleNone();
        QVERIFY(!desk.panel()->applyButton()->isEnabled());
        desk.grid.applyChoice();
        QCOMPARE(decided.count(), 0);
        desk.grid.cancelChoice();
        QVERIFY(!desk.panel()->isVisible());
        QCOMPARE(desk.items.markedCount(), 1);
    }

    void markingWhatIsShownStopsAtTheScreensEdge()
    {
        Desk desk(m_theme.get(), 500);
        desk.grid.markShown();
        const int marked = desk.items.markedCount();
        QVERIFY2(marked > 4 && marked < 40, qPrintable(QString::number(marked)));
        desk.grid.clearMarks();
        QCOMPARE(desk.items.markedCount(), 0);
    }

    void onlyTheCurrentTileIsUncoveredAndOnlyWhileItIsHeld()
    {
        Desk desk(m_theme.get());
        QSignalSpy wanted(&desk.grid, &ReviewGrid::pictureWanted);
        QSignalSpy seen(&desk.grid, &ReviewGrid::pictureSeen);
        desk.grid.beginHold();
        QCOMPARE(wanted.front().front().value<ReviewItemId>(), ReviewItemId{1});
        QVERIFY(!desk.grid.isRevealed()); // the clear copy is on its way
        desk.grid.setPicture(2, {{picture(Qt::red)}, {picture(Qt::white)}, picture(Qt::gray), {256, 256}, {}});
        QVERIFY(!desk.grid.isRevealed()); // another item's picture opens nothing
        desk.answerPicture();
        QVERIFY(desk.grid.isRevealed());
        const int side = m_theme->px(ReviewTileDelegate::kPicture);
        QCOMPARE(desk.tile()->tileRect().size(), QSizeF(side, side)); // it stays as small as a tile
        desk.grid.endHold();
        QVERIFY(!desk.grid.isRevealed());
        QVERIFY(!desk.tile()->isVisible());
        QCOMPARE(seen.count(), 1);
        QCOMPARE(seen.front().front().value<ReviewItemId>(), ReviewItemId{1});
    }

    void movingScrollingAndLosingTheFocusCoverAtOnce()
    {
        Desk desk(m_theme.get(), 500);
        const auto open = [&desk] {
            desk.grid.beginHold();
            desk.answerPicture();
            return desk.grid.isRevealed();
        };
        QVERIFY(open());
        QTest::keyClick(desk.grid.view(), Qt::Key_Right);
        QCOMPARE(desk.grid.currentItem(), ReviewItemId{2});
        QVERIFY(!desk.grid.isRevealed());
        QVERIFY(open());
        desk.grid.view()->verticalScrollBar()->setValue(40);
        QVERIFY(!desk.grid.isRevealed());
        desk.grid.setCurrentItem(1);
        QVERIFY(open());
        desk.grid.view()->clearFocus();
        QVERIFY(!desk.grid.isRevealed());
    }

    void aPictureThatComesAfterTheKeyWasLetGoStaysCovered()
    {
        Desk desk(m_theme.get());
        desk.grid.beginHold();
        desk.grid.endHold();
        desk.answerPicture();
        QVERIFY(!desk.grid.isRevealed());
        QVERIFY(!desk.tile()->isVisible());
    }

    void pointingAtATileUncoversNothing()
    {
        Desk desk(m_theme.get());
        QSignalSpy wanted(&desk.grid, &ReviewGrid::pictureWanted);
        QTest::mouseMove(desk.grid.view()->viewport(), QPoint(60, 60));
        QTest::qWait(50);
        QCOMPARE(wanted.count(), 0);
        QVERIFY(!desk.tile()->isVisible());
        QVERIFY(!desk.items.index(0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("text")));
    }

    void lettersTypedInTheGridAskForNoRows()
    {
        Desk desk(m_theme.get(), 100'000);
        const int before = desk.answerer.pages;
        QTest::keyClicks(desk.grid.view(), QStringLiteral("xyz"));
        QTest::qWait(50);
        QCOMPARE(desk.answerer.pages, before);
    }

    void aHundredThousandTilesScrollWithoutReadingTheOthers()
    {
        QElapsedTimer clock;
        clock.start();
        Desk desk(m_theme.get(), 100'000);
        qInfo("100,000 tiles shown after %lld ms", clock.elapsed());
        const int before = desk.answerer.pages;
        auto* bar = desk.grid.view()->verticalScrollBar();
        bar->setValue(bar->maximum());
        QTRY_COMPARE(desk.items.index(99'999).data().toString(), QStringLiteral("key-100000"));
        QVERIFY2(desk.answerer.pages - before <= 2, "only the last rows were asked for");
        QTRY_VERIFY(!desk.cover(99'999).isNull());
    }

    void aTileIsPaintedWithItsCover()
    {
        Desk desk(m_theme.get());
        const ReviewTileDelegate delegate(m_theme.get());
        QTRY_VERIFY(!desk.cover(5).isNull());
        QStyleOptionViewItem option;
        option.initFrom(desk.grid.view());
        const QSize size = delegate.sizeHint(option, {});
        option.rect = QRect(QPoint(), size);
        QPixmap canvas(size);
        QPainter painter(&canvas);
        constexpr int kTimes = 2000;
        QElapsedTimer clock;
        clock.start();
        for (int i = 0; i < kTimes; ++i) {
            delegate.paint(&painter, option, desk.items.index(i % 6));
        }
        qInfo("painting a tile takes %.4f ms", static_cast<double>(clock.nsecsElapsed()) / 1e6 / kTimes);
        painter.end();
        const QImage drawn = canvas.toImage();
        const QRect square = delegate.pictureRect(option.rect);
        QCOMPARE(drawn.pixelColor(square.center()), QColor(Qt::gray));
    }

    void rowsAreDraggedOutAsKeysAndMarkedOnesTogether()
    {
        ReviewListModel items;
        items.setIds(numbers(4));
        QVERIFY(!items.flags(items.index(0)).testFlag(Qt::ItemIsDragEnabled)); // its key is not known yet
        QVERIFY(items.mimeData({items.index(0)}) == nullptr);
        items.setViews(std::vector<ReviewTaskView>{view(1), view(2), view(3), view(4)});
        QVERIFY(items.flags(items.index(0)).testFlag(Qt::ItemIsDragEnabled));
        items.toggleMark(1);
        items.toggleMark(3);
        const std::unique_ptr<QMimeData> one(items.mimeData({items.index(0)}));
        QCOMPARE(one->text(), QStringLiteral("key-1"));
        const std::unique_ptr<QMimeData> marked(items.mimeData({items.index(3)}));
        QCOMPARE(marked->text(), QStringLiteral("key-2\nkey-4"));
        QCOMPARE(marked->formats(), QStringList{QStringLiteral("text/plain")}); // no picture
    }
};

QTEST_MAIN(TestReviewGrid)
#include "tst_review_grid.moc"
