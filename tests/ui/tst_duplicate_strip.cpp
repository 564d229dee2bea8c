#include "tests/support/test_data.h"
#include "ui/actions/action_registry.h"
#include "ui/models/duplicate_list_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/duplicate_delegate.h"
#include "ui/widgets/duplicate_strip.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QListView>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace modscope;
using namespace modscope::ui;

namespace {

using Ids = std::vector<ReviewItemId>;

DuplicateView duplicate(ReviewItemId id, Kinship kinship, int distance, bool undecided = true)
{
    DuplicateView view;
    view.id = id;
    view.key = QStringLiteral("%1c1-07ab").arg(id);
    view.kinship = kinship;
    view.distance = distance;
    view.undecided = undecided;
    return view;
}

std::vector<DuplicateView> family()
{
    return {duplicate(2, Kinship::SameText, 6), duplicate(3, Kinship::Cropped, 28), duplicate(4, Kinship::NewText, 40),
            duplicate(5, Kinship::SameText, 4, false)};
}

} // namespace

class TestDuplicateStrip : public QObject {
    Q_OBJECT
private:
    struct Desk {
        Desk() : theme(*qApp), registry(&theme), strip(&theme, &registry)
        {
            strip.resize(1000, 120);
            strip.setDuplicates(family());
            strip.show();
            if (!QTest::qWaitForWindowExposed(&strip)) {
                qFatal("the strip was not shown");
            }
        }
        [[nodiscard]] QRect card(int row) const
        {
            return strip.list()->visualRect(strip.list()->model()->index(row, 0));
        }
        void clickBox(int row)
        {
            const auto* delegate = static_cast<DuplicateDelegate*>(strip.list()->itemDelegate());
            QTest::mouseClick(strip.list()->viewport(), Qt::LeftButton, {}, delegate->boxRect(card(row)).center());
        }

        Theme theme;
        ActionRegistry registry;
        DuplicateStrip strip;
    };

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void theModelKeepsTheRulesOfItemModels()
    {
        DuplicateListModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setDuplicates(family());
        QVERIFY(model.setData(model.index(3), Qt::Checked, Qt::CheckStateRole));
        model.setTile(2, QImage(4, 4, QImage::Format_RGB32));
        model.setDuplicates({});
        QCOMPARE(model.rowCount(), 0);
    }

    void theSameTextIsDecidedAlongANewTextIsNot()
    {
        const Desk desk;
        QCOMPARE(desk.strip.included(), Ids{2});
        QCOMPARE(desk.strip.sentence(),
                 QStringLiteral("2 item(s) are decided together. 1 with new text stay(s) separate "
                                "unless you tick it."));
    }

    void relationsAreSaidInWords()
    {
        const Desk desk;
        const QAbstractItemModel* model = desk.strip.list()->model();
        QCOMPARE(model->index(0, 0).data().toString(), QStringLiteral("This item"));
        QCOMPARE(model->index(1, 0).data().toString(), QStringLiteral("2c1"));
        const auto detail = [model](int row) {
            return model->index(row, 0).data(DuplicateListModel::DetailRole).toString();
        };
        QCOMPARE(detail(1), QStringLiteral("same text · d 6"));
        QCOMPARE(detail(2), QStringLiteral("cropped · d 28"));
        QCOMPARE(detail(3), QStringLiteral("new text: apart"));
        QCOMPARE(detail(4), QStringLiteral("already decided"));
    }

    void aTickTakesAnItemAlong()
    {
        Desk desk;
        desk.strip.list()->clearFocus();
        QSignalSpy changed(&desk.strip, &DuplicateStrip::includedChanged);
        desk.clickBox(3);
        QCOMPARE(desk.strip.included(), (Ids{2, 4}));
        desk.clickBox(1);
        QCOMPARE(desk.strip.included(), Ids{4});
        desk.clickBox(4); // decided: has no box
        QCOMPARE(desk.strip.included(), Ids{4});
        QCOMPARE(changed.count(), 2);
        QVERIFY(!desk.strip.list()->hasFocus()); // clicks leave the keys alone
    }

    void spaceTicksTheCardWithTheFocus()
    {
        Desk desk;
        desk.strip.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&desk.strip));
        desk.strip.list()->setFocus();
        QTest::keyClick(desk.strip.list(), Qt::Key_Right);
        QTest::keyClick(desk.strip.list(), Qt::Key_Right);
        QTest::keyClick(desk.strip.list(), Qt::Key_Space);
        QVERIFY(desk.strip.included() != Ids{2});
    }

    void togetherAndAloneGoBackAndForth()
    {
        Desk desk;
        desk.strip.setTogether(false);
        QVERIFY(!desk.strip.isTogether());
        QVERIFY(desk.strip.sentence().startsWith(QStringLiteral("Only this item is decided.")));
        desk.strip.setTogether(true);
        QCOMPARE(desk.strip.included(), Ids{2}); // never a new text
    }

    void whatHasNoRoomIsCounted()
    {
        Desk desk;
        const auto* more = desk.strip.findChild<QToolButton*>();
        QVERIFY(!more->isVisible());
        desk.strip.resize(560, 120);
        QVERIFY(more->isVisible());
        QCOMPARE(more->text(), QStringLiteral("+2"));
        QVERIFY(!desk.strip.list()->viewport()->rect().contains(desk.card(4)));
        QTest::mouseClick(desk.strip.findChild<QToolButton*>(), Qt::LeftButton);
        QVERIFY(desk.strip.list()->viewport()->rect().intersects(desk.card(4)));
    }

    void anItemWithoutDuplicatesHasNoStrip()
    {
        Desk desk;
        desk.strip.setDuplicates({});
        QVERIFY(!desk.strip.isVisible());
        QVERIFY(desk.strip.included().empty());
    }

    void aDoubleClickOpensADuplicateAndNotTheItemItself()
    {
        Desk desk;
        QSignalSpy opened(&desk.strip, &DuplicateStrip::opened);
        QWidget* cards = desk.strip.list()->viewport();
        for (const int row : {0, 2}) {
            const QPoint inside = desk.card(row).bottomLeft() + QPoint(60, -10);
            QTest::mouseClick(cards, Qt::LeftButton, {}, inside);
            QTest::mouseDClick(cards, Qt::LeftButton, {}, inside);
        }
        QCOMPARE(opened.count(), 1);
        QCOMPARE(opened.front().front().value<ReviewItemId>(), ReviewItemId{3});
    }

    void whatIsTakenOutLeavesTheTicksOfTheOthers()
    {
        DuplicateListModel model;
        QAbstractItemModelTester tester(&model);
        model.setDuplicates({duplicate(2, Kinship::SameText, 6), duplicate(3, Kinship::SameText, 8),
                             duplicate(4, Kinship::Cropped, 28), duplicate(6, Kinship::SameText, 2)});
        QVERIFY(model.setData(model.index(2), Qt::Unchecked, Qt::CheckStateRole)); // not the third
        QVERIFY(model.setData(model.index(3), Qt::Checked, Qt::CheckStateRole));   // but the cropped one
        QSignalSpy changed(&model, &DuplicateListModel::includedChanged);
        model.remove({2, 99});
        QCOMPARE(model.rowCount(), 4);
        QCOMPARE(model.included(), (Ids{4, 6}));
        QCOMPARE(changed.count(), 1);
    }

    void rowsAreDraggedOutAsKeysWithoutTheirPictures()
    {
        DuplicateListModel model;
        model.setDuplicates(family());
        model.setTile(2, QImage(8, 8, QImage::Format_RGB32));
        QVERIFY(model.flags(model.index(1)).testFlag(Qt::ItemIsDragEnabled));
        QVERIFY(!model.flags(model.index(0)).testFlag(Qt::ItemIsDragEnabled)); // the item in front is no row
        const std::unique_ptr<QMimeData> data(model.mimeData({model.index(0), model.index(1), model.index(3)}));
        QCOMPARE(data->text(), QStringLiteral("2c1-07ab\n4c1-07ab"));
        QCOMPARE(data->formats(), QStringList{QStringLiteral("text/plain")});
        QVERIFY(model.mimeData({model.index(0)}) == nullptr);
    }
};

QTEST_MAIN(TestDuplicateStrip)
#include "tst_duplicate_strip.moc"
