#include "tests/support/test_data.h"
#include "ui/controllers/picture_image.h"
#include "ui/models/exposure_meter.h"
#include "ui/theme/theme.h"
#include "ui/widgets/disclosure_tile.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

#include <cmath>
#include <filesystem>
#include <numbers>

using namespace modscope;
using namespace modscope::ui;

namespace {

/// A sample that is a picture alone.
Sample pictureAt(const std::filesystem::path& path)
{
    Sample sample;
    sample.imagePath = path;
    return sample;
}

const QColor kRed(230, 20, 30);
const QColor kCover(120, 120, 120);

CanvasPicture redPicture()
{
    QImage colour(800, 600, QImage::Format_RGB32);
    colour.fill(kRed);
    return {{colour}, {colour.convertToFormat(QImage::Format_Grayscale8)}, {}, colour.size(), {}};
}

QColor redAsGrey()
{
    return redPicture().greyLevels.front().pixelColor(0, 0);
}

QImage coveredTile()
{
    QImage tile(256, 192, QImage::Format_RGB32);
    tile.fill(kCover);
    return tile;
}

} // namespace

class TestDisclosureTile : public QObject {
    Q_OBJECT
private:
    /// A window with the tile and something else that can take the focus.
    struct Desk {
        Desk() : theme(*qApp), tile(new DisclosureTile(&theme)), field(new QLineEdit)
        {
            auto* column = new QVBoxLayout(&window);
            column->addWidget(tile, 1);
            column->addWidget(field);
            window.resize(640, 620);
            window.show();
            if (!QTest::qWaitForWindowActive(&window)) {
                qFatal("the window did not become active: keys would go nowhere");
            }
            field->setFocus();
            tile->setReduceMotion(true);
            tile->setCoveredTile(coveredTile());
            tile->setPicture(redPicture());
        }

        [[nodiscard]] QColor colourAt(const QPointF& position) const
        {
            const QImage shown = tile->grab().toImage();
            return shown.pixelColor((position * shown.devicePixelRatio()).toPoint());
        }
        [[nodiscard]] QPoint middle() const { return tile->tileRect().center().toPoint(); }

        Theme theme;
        QWidget window;
        DisclosureTile* tile;
        QLineEdit* field;
    };

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void aPictureIsSmallAndCoveredUntilItIsHeld()
    {
        const Desk desk;
        QCOMPARE(desk.tile->tileRect().size(), QSizeF(256, 192));
        QCOMPARE(desk.colourAt(desk.middle()), kCover);
        QCOMPARE(desk.tile->accessibleName(), QStringLiteral("Picture, covered. Hold Space to reveal."));
        QCOMPARE(desk.tile->sentence(), QStringLiteral("Hold Space to reveal in grey · C adds colour"));
    }

    void pointingAtItNeverReveals()
    {
        const Desk desk;
        QTest::mouseMove(desk.tile, desk.middle() + QPoint(20, 0));
        QTest::mouseMove(desk.tile, desk.middle());
        QVERIFY(!desk.tile->isRevealed());
        QCOMPARE(desk.tile->seen().seconds, 0.0);
    }

    void holdingSpaceOpensALensInGreyAndColourIsASecondKey()
    {
        const Desk desk;
        desk.tile->setFocus();
        QTest::keyPress(desk.tile, Qt::Key_Space);
        QVERIFY(desk.tile->isRevealed());
        const QPointF inside = desk.tile->lensRect().center();
        QCOMPARE(desk.colourAt(inside), redAsGrey());
        QCOMPARE(desk.colourAt(desk.tile->tileRect().topLeft() + QPointF(20, 20)), kCover);
        QTest::keyPress(desk.tile, Qt::Key_C);
        QCOMPARE(desk.colourAt(inside), kRed);
        QTest::keyRelease(desk.tile, Qt::Key_C);
        QVERIFY(desk.colourAt(inside) != kRed);
        QTest::keyRelease(desk.tile, Qt::Key_Space);
        QVERIFY(!desk.tile->isRevealed());
        QCOMPARE(desk.colourAt(desk.middle()), kCover);
    }

    void theLensIsAQuarterOfThePicture()
    {
        const Desk desk;
        desk.tile->beginHold();
        const QRectF tile = desk.tile->tileRect();
        const double radius = desk.tile->lensRect().width() / 2;
        QVERIFY(std::abs(std::numbers::pi * radius * radius - tile.width() * tile.height() / 4) < 1);
    }

    void aHeldPictureGrowsUnlessItIsKeptSmall()
    {
        const Desk desk;
        desk.tile->beginHold();
        QCOMPARE(desk.tile->tileRect().width(), 480.0);
        desk.tile->endHold();
        QCOMPARE(desk.tile->tileRect().width(), 256.0);
        desk.tile->setKeepSmall(true);
        desk.tile->beginHold();
        QCOMPARE(desk.tile->tileRect().width(), 256.0);
    }

    void theWholePictureOpensWhenAskedFor()
    {
        const Desk desk;
        desk.tile->setWholeTile(true);
        desk.tile->beginHold();
        QCOMPARE(desk.colourAt(desk.tile->tileRect().bottomLeft() + QPointF(20, -20)), redAsGrey());
    }

    void thePointerAndTheArrowKeysMoveTheLens()
    {
        const Desk desk;
        QTest::mousePress(desk.tile, Qt::LeftButton, {}, desk.middle() + QPoint(30, 20));
        QVERIFY(desk.tile->isRevealed());
        QVERIFY(!desk.tile->hasFocus()); // the keys stay with the page
        const QPointF target = desk.tile->tileRect().center() + QPointF(-60, 40);
        QTest::mouseMove(desk.tile, target.toPoint());
        QVERIFY((desk.tile->lensRect().center() - target).manhattanLength() < 3);
        const qreal before = desk.tile->lensRect().center().x();
        desk.tile->setFocus(); // moves the focus, so covers
        QVERIFY(!desk.tile->isRevealed());
        QTest::keyPress(desk.tile, Qt::Key_Space);
        QTest::keyClick(desk.tile, Qt::Key_Right);
        QTest::keyClick(desk.tile, Qt::Key_Right);
        QTest::keyClick(desk.tile, Qt::Key_Up);
        const QPointF middle = desk.tile->tileRect().center();
        QVERIFY(desk.tile->lensRect().center().x() > middle.x());
        QVERIFY(desk.tile->lensRect().center().y() < middle.y());
        QVERIFY(before < middle.x());
        QTest::mouseRelease(desk.tile, Qt::LeftButton, {}, desk.middle());
        QVERIFY(!desk.tile->isRevealed());
    }

    void theMouseAloneDoesItAll()
    {
        const Desk desk;
        QTest::mousePress(desk.tile, Qt::RightButton, {}, desk.middle());
        QVERIFY(!desk.tile->isRevealed());
        QTest::mousePress(desk.tile, Qt::LeftButton, {}, desk.middle());
        QTest::mousePress(desk.tile, Qt::RightButton, {}, desk.middle());
        QCOMPARE(desk.colourAt(desk.tile->lensRect().center()), kRed);
        QTest::mouseRelease(desk.tile, Qt::RightButton, {}, desk.middle());
        QCOMPARE(desk.colourAt(desk.tile->lensRect().center()), redAsGrey());
        QTest::mouseRelease(desk.tile, Qt::LeftButton, {}, desk.middle());
        QVERIFY(!desk.tile->isRevealed());
    }

    void automaticRepeatsOpenNothing()
    {
        const Desk desk;
        desk.tile->setFocus();
        QKeyEvent repeat(QEvent::KeyPress, Qt::Key_Space, Qt::NoModifier, QStringLiteral(" "), true);
        QApplication::sendEvent(desk.tile, &repeat);
        QVERIFY(!desk.tile->isRevealed());
    }

    void itCoversWhenTheFocusMoves()
    {
        const Desk desk;
        desk.tile->setFocus();
        QSignalSpy changed(desk.tile, &DisclosureTile::revealedChanged);
        desk.tile->beginHold();
        desk.field->setFocus();
        QVERIFY(!desk.tile->isRevealed());
        QCOMPARE(changed.count(), 2);
    }

    void itCoversWhenTheWindowIsLeftOrHidden()
    {
        Desk desk;
        desk.tile->beginHold();
        QWidget other;
        other.show();
        other.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&other));
        QVERIFY(!desk.tile->isRevealed());
        desk.tile->beginHold();
        desk.tile->hide();
        QVERIFY(!desk.tile->isRevealed());
    }

    void anOpenPictureMayGoWithItsWindow()
    {
        const Theme theme(*qApp);
        {
            QWidget window;
            auto* column = new QVBoxLayout(&window);
            auto* tile = new DisclosureTile(&theme);
            column->addWidget(tile);
            window.show();
            QVERIFY(QTest::qWaitForWindowActive(&window));
            tile->setCoveredTile(coveredTile());
            tile->setPicture(redPicture());
            tile->setFocus();
            QTest::keyPress(tile, Qt::Key_Space);
            QVERIFY(tile->isRevealed());
        }
    }

    void itCoversWhenAnotherItemComesAndForgetsThePicture()
    {
        const Desk desk;
        desk.tile->beginHold();
        desk.tile->setCoveredTile(coveredTile());
        QVERIFY(!desk.tile->isRevealed());
        desk.tile->beginHold();
        desk.tile->clear();
        QVERIFY(!desk.tile->isRevealed());
        QCOMPARE(desk.tile->seen(), SeenPicture());
        desk.tile->beginHold();
        QVERIFY(!desk.tile->isRevealed()); // nothing is left to open
    }

    void itCoversAfterEightSecondsAndStaysCovered()
    {
        const Desk desk;
        desk.tile->setFocus();
        QTest::keyPress(desk.tile, Qt::Key_Space);
        QVERIFY(desk.tile->sentence().startsWith(QStringLiteral("Revealing, covers again in ")));
        QSignalSpy changed(desk.tile, &DisclosureTile::revealedChanged);
        QVERIFY(changed.wait(kRevealLimitMs + 3000));
        QVERIFY(!desk.tile->isRevealed());
        const double seconds = desk.tile->seen().seconds;
        QVERIFY2(seconds >= 8 && seconds < 11, qPrintable(QString::number(seconds)));
        QCOMPARE(desk.tile->seen().furthest, Disclosure::Revealed);
    }

    void theClearCopyFadesInAndIsCoveredWithoutFading()
    {
        Desk desk;
        desk.tile->setReduceMotion(false);
        desk.tile->setWholeTile(true);
        QElapsedTimer clock;
        clock.start();
        desk.tile->beginHold();
        const double early = desk.tile->revealOpacity();
        if (clock.elapsed() < 80) { // a machine that stops in between has missed the fade
            QVERIFY(early < 1);
        }
        QTRY_COMPARE_WITH_TIMEOUT(desk.tile->revealOpacity(), 1.0, 2000);
        QVERIFY(clock.elapsed() >= 80);
        QCOMPARE(desk.colourAt(desk.middle() + QPoint(20, 20)), redAsGrey());
        desk.tile->endHold();
        QCOMPARE(desk.tile->revealOpacity(), 0.0);
        QCOMPARE(desk.colourAt(desk.middle()), kCover);
    }

    void aFocusThatMovesDuringTheFadeCoversAtOnce()
    {
        Desk desk;
        desk.tile->setReduceMotion(false);
        desk.tile->setWholeTile(true);
        desk.tile->beginHold();
        QVERIFY(desk.tile->isRevealed());
        desk.tile->setFocus();
        QVERIFY(!desk.tile->isRevealed());
        QCOMPARE(desk.tile->revealOpacity(), 0.0);
        QCOMPARE(desk.colourAt(desk.middle()), kCover);
        QTest::qWait(120); // nothing comes after it
        QCOMPARE(desk.colourAt(desk.middle()), kCover);
    }

    void withReducedMotionNothingFades()
    {
        Desk desk;
        desk.tile->beginHold();
        QCOMPARE(desk.tile->revealOpacity(), 1.0);
    }

    void aPressOpensAndAnotherCoversForThoseWhoCannotHold()
    {
        const Desk desk;
        desk.tile->setPressOnce(true);
        QCOMPARE(desk.tile->accessibleName(), QStringLiteral("Picture, covered. Press Space to reveal."));
        desk.tile->setFocus();
        QTest::keyClick(desk.tile, Qt::Key_Space);
        QVERIFY(desk.tile->isRevealed());
        QTest::keyClick(desk.tile, Qt::Key_Space);
        QVERIFY(!desk.tile->isRevealed());
    }

    void aClearCopyThatComesWhileHeldOpens()
    {
        const Desk desk;
        desk.tile->clear();
        desk.tile->setCoveredTile(coveredTile());
        desk.tile->beginHold();
        QVERIFY(!desk.tile->isRevealed());
        QCOMPARE(desk.tile->sentence(), QStringLiteral("Reading the picture…"));
        desk.tile->setCoveredTile(coveredTile()); // made again from the clear copy
        desk.tile->setPicture(redPicture());
        QVERIFY(desk.tile->isRevealed());
    }

    void aMissingPictureSaysSoAndOpensNothing()
    {
        const Desk desk;
        const QString words =
            QStringLiteral("The picture is missing: /data/a.png. Decide from text, skip, or locate it.");
        desk.tile->clear();
        desk.tile->setMessage(QStringLiteral("file-earmark-x"), words);
        desk.tile->beginHold();
        QVERIFY(!desk.tile->isRevealed());
        QCOMPARE(desk.tile->accessibleName(), words);
        QCOMPARE(desk.tile->seen().furthest, Disclosure::TextOnly);
    }

    void anOpenPictureIsDescribedByItsCaption()
    {
        const Desk desk;
        desk.tile->setAlternativeText(QStringLiteral("me, hearing the fridge"));
        desk.tile->beginHold();
        QCOMPARE(desk.tile->accessibleName(), QStringLiteral("Picture, revealed: me, hearing the fridge"));
    }

    void aMeterAddsUpSecondsAndArea()
    {
        ExposureMeter meter;
        meter.showCover();
        QCOMPARE(meter.seen(100), (SeenPicture{0, 0, Disclosure::CoveredTile}));
        meter.begin(1000, 500'000);
        meter.setArea(3000, 2'000'000);
        QCOMPARE(meter.seen(4000), (SeenPicture{3, 3, Disclosure::Revealed}));
        meter.end(4000);
        meter.setArea(5000, 1);
        QCOMPARE(meter.seen(9000), (SeenPicture{3, 3, Disclosure::Revealed}));
        meter.begin(10'000, 0);
        QCOMPARE(meter.seen(10'500).seconds, 3.5);
        meter.reset();
        QCOMPARE(meter.seen(20'000), SeenPicture());
    }

    void aCoveredTileIsSmallGreyAndBlurred()
    {
        const Sample sample = pictureAt(test::resource("demo/samples/01_cat.jpg"));
        const auto tile = loadCoveredTile(sample, {});
        QVERIFY(tile);
        QCOMPARE(std::max(tile->width(), tile->height()), 256);
        for (int x = 0; x < tile->width(); x += 16) {
            const QColor colour = tile->pixelColor(x, tile->height() / 2);
            QCOMPARE(colour.red(), colour.green());
            QCOMPARE(colour.red(), colour.blue());
        }
        const auto clear = loadCoveredTile(sample, {.grey = true, .sigma = 0});
        QVERIFY(clear);
        QVERIFY(*clear != *tile);
        QVERIFY(!loadCoveredTile(pictureAt("gone.png"), {}));
    }
};

QTEST_MAIN(TestDisclosureTile)
#include "tst_disclosure_tile.moc"
