#include "tests/support/test_data.h"
#include "tests/ui/fake_scorer.h"
#include "ui/controllers/picture_comparison.h"
#include "ui/controllers/picture_image.h"
#include "ui/pages/compare_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/diff_label.h"
#include "ui/widgets/disclosure_tile.h"

#include <QApplication>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <filesystem>

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

QImage plain(const QColor& colour)
{
    QImage image(400, 300, QImage::Format_RGB32);
    image.fill(colour);
    return image;
}

CanvasPicture picture()
{
    return {{plain(Qt::red)}, {plain(Qt::darkGray)}, {}, {400, 300}, {}};
}

} // namespace

class TestCompareView : public QObject {
    Q_OBJECT
private:
    struct Desk {
        Desk() : theme(*qApp), view(&theme)
        {
            view.resize(780, 740);
            view.show();
            if (!QTest::qWaitForWindowActive(&view)) {
                qFatal("the window did not become active: keys would go nowhere");
            }
            view.showPair({1, QStringLiteral("4f2a-91c0"), QStringLiteral("me, hearing the fridge")},
                          {2, QStringLiteral("91c1-07ab"), QStringLiteral("you idiot, hearing the fridge")});
            for (const ReviewItemId id : {1, 2}) {
                view.setCoveredTile(id, plain(Qt::gray));
                view.setPicture(id, picture());
            }
            view.setFocus();
        }
        [[nodiscard]] int open() const { return int(view.tile(0)->isRevealed()) + int(view.tile(1)->isRevealed()); }
        [[nodiscard]] QPushButton* button(const char* text) const
        {
            for (QPushButton* button : view.findChildren<QPushButton*>()) {
                if (button->text() == QLatin1String(text)) {
                    return button;
                }
            }
            qFatal("no button '%s'", text);
        }

        Theme theme;
        CompareView view;
    };

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void bothPicturesOpenAndCoverTogether()
    {
        Desk desk;
        QCOMPARE(desk.open(), 0);
        desk.view.beginHold();
        QCOMPARE(desk.open(), 2);
        desk.view.endHold();
        QCOMPARE(desk.open(), 0);
        const QPoint middle = desk.view.tile(1)->tileRect().center().toPoint();
        QTest::mousePress(desk.view.tile(1), Qt::LeftButton, {}, middle);
        QCOMPARE(desk.open(), 2);
        QTest::mouseRelease(desk.view.tile(1), Qt::LeftButton, {}, middle);
        QCOMPARE(desk.open(), 0);
    }

    void oneLensIsForBoth()
    {
        const Desk desk;
        DisclosureTile* second = desk.view.tile(1);
        QTest::mousePress(second, Qt::LeftButton, {}, second->tileRect().center().toPoint());
        QTest::mouseMove(second, (second->tileRect().center() + QPointF(40, -30)).toPoint());
        QVERIFY(second->lens().x() > 0.5 && second->lens().y() < 0.5);
        QCOMPARE(desk.view.tile(0)->lens(), second->lens());
        QTest::mouseRelease(second, Qt::LeftButton);
    }

    void arrowKeysMoveTheLensOfBoth()
    {
        Desk desk;
        desk.view.beginHold();
        desk.view.moveLens(1, 0);
        QVERIFY(desk.view.tile(0)->lens().x() > 0.5);
        QCOMPARE(desk.view.tile(1)->lens(), desk.view.tile(0)->lens());
    }

    void aPressOpensBothAndAnotherCoversBoth()
    {
        Desk desk;
        desk.view.setPressOnce(true);
        desk.view.beginHold();
        desk.view.endHold();
        QCOMPARE(desk.open(), 2);
        desk.view.beginHold();
        QCOMPARE(desk.open(), 0);
    }

    void aMissingPictureLeavesTheOther()
    {
        Desk desk;
        desk.view.setProblem(2, QStringLiteral("The picture is missing: b.png."));
        desk.view.beginHold();
        QVERIFY(desk.view.tile(0)->isRevealed());
        QVERIFY(!desk.view.tile(1)->isRevealed());
        desk.view.coverAgain();
        QCOMPARE(desk.open(), 0);
    }

    void textsAreComparedWordByWordBehindTheMask()
    {
        Desk desk;
        const auto* diff = desk.view.findChild<DiffLabel*>();
        QVERIFY(diff->text().contains(QStringLiteral("me,</s>")));
        QVERIFY(diff->text().contains(QStringLiteral("you idiot,</u>")));
        QCOMPARE(diff->accessibleName(), QStringLiteral("removed: me,; added: you idiot,; hearing the fridge"));
        desk.view.setMask(CaptionMask({QStringLiteral("idiot")}));
        QVERIFY(diff->text().contains(QStringLiteral("you [masked],</u>")));
        desk.view.beginHold();
        QCOMPARE(desk.view.tile(1)->accessibleName(),
                 QStringLiteral("Picture, revealed: you masked word, hearing the fridge"));
        desk.view.endHold();
        desk.view.unmask(true);
        QVERIFY(diff->text().contains(QStringLiteral("you idiot,</u>")));
        desk.view.unmask(false);
        QVERIFY(!diff->text().contains(QStringLiteral("idiot")));
    }

    void textsCannotBringMarkup()
    {
        Desk desk;
        desk.view.showPair({1, {}, QStringLiteral("a <img src='x'>")}, {2, {}, QStringLiteral("b <b>c</b>")});
        QVERIFY(!desk.view.findChild<DiffLabel*>()->text().contains(QStringLiteral("<img")));
        QVERIFY(!desk.view.findChild<DiffLabel*>()->text().contains(QStringLiteral("<b>")));
    }

    void distanceAndOrientationAreSaid()
    {
        Desk desk;
        QVERIFY(desk.view.distanceText().isEmpty());
        desk.view.setDistance(6);
        QCOMPARE(desk.view.distanceText(), QStringLiteral("The pictures differ in 6 of 256 bits"));
        desk.view.setDistance(6, QString());
        QCOMPARE(desk.view.distanceText(), QStringLiteral("The pictures differ in 6 of 256 bits, both upright"));
        desk.view.setLikeness(QStringLiteral("fusion-v7"), 0.9449);
        QVERIFY(desk.view.distanceText().endsWith(QStringLiteral("fusion-v7 sees them 0.94 alike")));
        desk.view.setDistance(8, QStringLiteral("mirrored"));
        QCOMPARE(desk.view.distanceText(), QStringLiteral("The pictures differ in 8 of 256 bits, the first mirrored"));
    }

    void anAnswerIsAskedForOnce()
    {
        Desk desk;
        QVERIFY(!desk.button("Split group")->isVisible());
        desk.view.setCanSplit(true);
        QSignalSpy same(&desk.view, &CompareView::sameWanted);
        QSignalSpy notSame(&desk.view, &CompareView::notSameWanted);
        QSignalSpy split(&desk.view, &CompareView::splitWanted);
        QSignalSpy closed(&desk.view, &CompareView::closed);
        QTest::mouseClick(desk.button("Same"), Qt::LeftButton);
        QTest::mouseClick(desk.button("Not the same"), Qt::LeftButton);
        QTest::mouseClick(desk.button("Split group"), Qt::LeftButton);
        QTest::keyClick(&desk.view, Qt::Key_Escape);
        QCOMPARE(same.count() + notSame.count() + split.count() + closed.count(), 4);
        QCOMPARE(closed.count(), 1);
    }

    void picturesAreNearInTheirOrientation()
    {
        const QTemporaryDir folder;
        const Sample cat = pictureAt(test::resource("demo/samples/01_cat.jpg"));
        const QImage image(QString::fromStdString(cat.imagePath.string()));
        const QString mirrored = folder.filePath(QStringLiteral("mirrored.png"));
        QVERIFY(image.mirrored(true, false).save(mirrored));
        const auto same = comparePictures(cat, cat);
        QVERIFY(same);
        QCOMPARE(*same, (PictureDistance{0, {}, true, {}}));
        const auto turned = comparePictures(cat, pictureAt(mirrored.toStdString()));
        QVERIFY(turned);
        QCOMPARE(turned->orientation, QStringLiteral("mirrored"));
        QVERIFY(turned->bits < 31);
        const QString flat = folder.filePath(QStringLiteral("flat.png"));
        QVERIFY(plain(Qt::gray).save(flat));
        const auto little = comparePictures(cat, pictureAt(flat.toStdString()));
        QVERIFY(little && !little->usable);
        QVERIFY(!comparePictures(cat, pictureAt("gone.png")));
        const test::FakeScorer scorer; // sees all pictures alike
        QVERIFY(std::abs(comparePictures(cat, pictureAt(mirrored.toStdString()), &scorer)->cosine.value_or(0) - 1) <
                1e-6);
        QVERIFY(!turned->cosine);
    }
};

QTEST_MAIN(TestCompareView)
#include "tst_compare_view.moc"
