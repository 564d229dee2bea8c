#include "app/desktop/desktop.h"
#include "tests/support/test_data.h"
#include "ui/actions/action_list_model.h"
#include "ui/main_window/visit_history.h"
#include "ui/widgets/banner_bar.h"
#include "ui/widgets/command_palette.h"
#include "ui/widgets/drop_overlay.h"
#include "ui/widgets/key_map_panel.h"

#include <QApplication>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QLineEdit>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QUrl>

using namespace modscope::ui; // the whole test is about this namespace

namespace {

/// A page whose work and drops the test decides.
class FakePage final : public Page {
public:
    [[nodiscard]] QString title() const override { return QStringLiteral("Fake"); }
    [[nodiscard]] ActionContext context() const override { return ActionContext::Classify; }
    [[nodiscard]] QString iconName() const override { return QStringLiteral("box"); }
    [[nodiscard]] DropOffer dropOffer(const QMimeData& mime) const override
    {
        return mime.hasUrls() ? DropOffer{true, QStringLiteral("Take it")}
                              : DropOffer{false, QStringLiteral("Only files")};
    }
    void drop(const QMimeData& mime) override { dropped += static_cast<int>(mime.urls().size()); }
    [[nodiscard]] QList<BusyJob> jobs() const override
    {
        return busy ? QList<BusyJob>{{QStringLiteral("job"), QStringLiteral("Scoring"), {3, 8}}} : QList<BusyJob>{};
    }
    void cancelJob(const QString& id) override { cancelled << id; }
    [[nodiscard]] QVariant place() const override { return where; }
    void goTo(const QVariant& place) override { where = place; }

    bool busy = false;
    int dropped = 0;
    QStringList cancelled;
    QVariant where = 1;
};

/// The window with two fake pages and settings of its own.
struct Fixture {
    Fixture()
    {
        window.addPage(QStringLiteral("one"), one, ModeRail::Place::Top, 1);
        window.addPage(QStringLiteral("two"), two, ModeRail::Place::Bottom, 5);
        window.restoreLayout();
        window.show();
    }

    QTemporaryDir folder;
    QThreadPool pool;
    Settings settings{folder.filePath(QStringLiteral("settings.ini"))};
    Theme theme{*qApp};
    ActionRegistry registry{&theme};
    ModelController models{&pool};
    MainWindow window{&theme, &registry, &settings, &models};
    FakePage* one = new FakePage;
    FakePage* two = new FakePage;
};

} // namespace

class TestMainWindow final : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { modscope::test::failOnWarnings(); }

    void keysGoToPagesAndBack();
    void thePaletteRunsByAFewLetters();
    void thePaletteStaysOpenWithControlEnter();
    void theKeyMapLightsAKeyInsteadOfRunningIt();
    void aDropIsForwardedAfterSayingWhatWouldHappen();
    void aRefusedDropSaysWhyAndChangesNothing();
    void closingDuringWorkAsksAndCancels();
    void bannersShowTheMostUrgentFirst();
    void theWindowRemembersItsPage();
    void theMenuBarHoldsEveryActionAndIsHidden();
    void f6WalksThroughThePanes();
    void theRealWindowFitsASmallScreen();
    void theRealWindowHasNoTwoActionsOnOneKey();
    void everyControlOfTheRealWindowHasAName();
    void historyWorksAsInABrowser();
};

void TestMainWindow::keysGoToPagesAndBack()
{
    Fixture f;
    QVERIFY(QTest::qWaitForWindowActive(&f.window));
    QCOMPARE(f.window.currentPageId(), QStringLiteral("one"));
    QTest::keyClick(&f.window, Qt::Key_5, Qt::AltModifier);
    QCOMPARE(f.window.currentPageId(), QStringLiteral("two"));
    QTest::keyClick(&f.window, Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(f.window.currentPageId(), QStringLiteral("one"));
    QTest::keyClick(&f.window, Qt::Key_Right, Qt::AltModifier);
    QCOMPARE(f.window.currentPageId(), QStringLiteral("two"));
}

void TestMainWindow::thePaletteRunsByAFewLetters()
{
    Fixture f;
    int exported = 0;
    ActionSpec spec;
    spec.id = QStringLiteral("test.export");
    spec.label = QStringLiteral("Export escalated items…");
    spec.run = [&exported] { ++exported; };
    f.registry.add(spec);
    QVERIFY(QTest::qWaitForWindowActive(&f.window));
    f.one->setFocusPolicy(Qt::StrongFocus);
    f.one->setFocus();
    QTest::keyClick(&f.window, Qt::Key_K, Qt::ControlModifier);
    auto* palette = f.window.findChild<CommandPalette*>();
    QVERIFY(palette->isVisible());
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("expesc"));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QCOMPARE(exported, 1);
    QVERIFY(!palette->isVisible());
    QCOMPARE(palette->recent(), QStringList(QStringLiteral("test.export")));
    QCOMPARE(QApplication::focusWidget(), f.one);
}

void TestMainWindow::thePaletteStaysOpenWithControlEnter()
{
    Fixture f;
    QVERIFY(QTest::qWaitForWindowActive(&f.window));
    QTest::keyClick(&f.window, Qt::Key_K, Qt::ControlModifier);
    auto* palette = f.window.findChild<CommandPalette*>();
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("larger"));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(palette->isVisible());
    QCOMPARE(f.settings.preferences().appearance.scalePercent, 110);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QVERIFY(!palette->isVisible());
}

void TestMainWindow::theKeyMapLightsAKeyInsteadOfRunningIt()
{
    Fixture f;
    QVERIFY(QTest::qWaitForWindowActive(&f.window));
    QTest::keyClick(&f.window, Qt::Key_F1);
    auto* keys = f.window.findChild<KeyMapPanel*>();
    QVERIFY(keys->isVisible());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_5, Qt::AltModifier);
    QCOMPARE(f.window.currentPageId(), QStringLiteral("one"));
    QVERIFY(keys->litRow() >= 0);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QVERIFY(!keys->isVisible());
}

void TestMainWindow::aDropIsForwardedAfterSayingWhatWouldHappen()
{
    Fixture f;
    auto* overlay = f.window.findChild<DropOverlay*>();
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(QStringLiteral("/tmp/a.png"))});
    QDragEnterEvent enter(QPoint(9, 9), Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&f.window, &enter);
    QVERIFY(enter.isAccepted());
    QVERIFY(overlay->isVisible());
    QCOMPARE(overlay->accessibleName(), QStringLiteral("Take it"));
    QDropEvent drop(QPointF(9, 9), Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&f.window, &drop);
    QCOMPARE(drop.dropAction(), Qt::CopyAction);
    QVERIFY(!overlay->isVisible());
    QCOMPARE(f.one->dropped, 1);
}

void TestMainWindow::aRefusedDropSaysWhyAndChangesNothing()
{
    Fixture f;
    QMimeData data;
    data.setText(QStringLiteral("words"));
    QDragEnterEvent enter(QPoint(9, 9), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&f.window, &enter);
    QDragMoveEvent move(QPoint(9, 9), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&f.window, &move);
    QVERIFY(!move.isAccepted());
    QCOMPARE(f.window.findChild<DropOverlay*>()->accessibleName(), QStringLiteral("Only files"));
    QDropEvent drop(QPointF(9, 9), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&f.window, &drop);
    QVERIFY(!drop.isAccepted());
    QCOMPARE(f.one->dropped, 0);
}

void TestMainWindow::closingDuringWorkAsksAndCancels()
{
    Fixture f;
    f.one->busy = true;
    const auto answer = [](QMessageBox::ButtonRole role) {
        QTimer::singleShot(0, qApp, [role] {
            auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
            QVERIFY(box);
            QVERIFY(box->text().contains(QStringLiteral("Scoring")));
            const auto buttons = box->buttons();
            for (QAbstractButton* button : buttons) {
                if (box->buttonRole(button) == role) {
                    button->click();
                }
            }
        });
    };
    answer(QMessageBox::RejectRole);
    QVERIFY(!f.window.close());
    QVERIFY(f.one->cancelled.isEmpty());
    answer(QMessageBox::DestructiveRole);
    QVERIFY(f.window.close());
    QCOMPARE(f.one->cancelled, QStringList(QStringLiteral("job")));
}

void TestMainWindow::bannersShowTheMostUrgentFirst()
{
    Fixture f;
    auto* bar = f.window.findChild<BannerBar*>();
    QVERIFY(!bar->isVisible());
    f.window.raiseBanner({QStringLiteral("a"), BannerKind::Info, QStringLiteral("News")});
    f.window.raiseBanner({QStringLiteral("b"), BannerKind::Error, QStringLiteral("Broken")});
    f.window.raiseBanner({QStringLiteral("c"), BannerKind::Attention, QStringLiteral("Look")});
    QVERIFY(bar->isVisible());
    QCOMPARE(bar->count(), 3);
    QCOMPARE(bar->current().id, QStringLiteral("b"));
    f.window.withdrawBanner(QStringLiteral("b"));
    QCOMPARE(bar->current().id, QStringLiteral("c"));
    f.window.withdrawBanner(QStringLiteral("c"));
    f.window.withdrawBanner(QStringLiteral("a"));
    QVERIFY(!bar->isVisible());
}

void TestMainWindow::theWindowRemembersItsPage()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("settings.ini"));
    Theme theme(*qApp);
    QThreadPool pool;
    for (const bool first : {true, false}) {
        Settings settings(file);
        ActionRegistry registry(&theme);
        ModelController models(&pool);
        MainWindow window(&theme, &registry, &settings, &models);
        window.addPage(QStringLiteral("one"), new FakePage, ModeRail::Place::Top, 1);
        window.addPage(QStringLiteral("two"), new FakePage, ModeRail::Place::Top, 2);
        window.restoreLayout();
        QCOMPARE(window.currentPageId(), first ? QStringLiteral("one") : QStringLiteral("two"));
        window.showPage(QStringLiteral("two"));
        QVERIFY(window.close());
    }
}

void TestMainWindow::theMenuBarHoldsEveryActionAndIsHidden()
{
    Fixture f;
    QVERIFY(!f.window.menuBar()->isVisible());
    QSet<QAction*> inMenus;
    const auto menus = f.window.menuBar()->actions();
    for (const QAction* menu : menus) {
        const auto entries = menu->menu()->actions();
        inMenus.unite(QSet<QAction*>(entries.begin(), entries.end()));
    }
    for (const ActionSpec& spec : f.registry.specs()) {
        QVERIFY2(inMenus.contains(f.registry.action(spec.id)), qPrintable(spec.id));
    }
    QVERIFY(QTest::qWaitForWindowActive(&f.window));
    QTest::keyClick(&f.window, Qt::Key_F10);
    QVERIFY(f.window.menuBar()->isVisible());
}

void TestMainWindow::f6WalksThroughThePanes()
{
    Fixture f;
    QVERIFY(QTest::qWaitForWindowActive(&f.window));
    QSet<QWidget*> visited;
    for (int step = 0; step < 6; ++step) {
        QTest::keyClick(&f.window, Qt::Key_F6);
        QVERIFY(QApplication::focusWidget());
        visited.insert(QApplication::focusWidget());
    }
    QVERIFY(visited.size() >= 3); // rail, header, status line
}

void TestMainWindow::theRealWindowFitsASmallScreen()
{
    QTemporaryDir folder;
    modscope::Desktop desktop(*qApp, folder.filePath(QStringLiteral("settings.ini")), folder.path());
    const QSize least = desktop.window().minimumSizeHint();
    QVERIFY2(least.width() <= 1120 && least.height() <= 700,
             qPrintable(QStringLiteral("%1 x %2").arg(least.width()).arg(least.height())));
}

void TestMainWindow::theRealWindowHasNoTwoActionsOnOneKey()
{
    QTemporaryDir folder;
    modscope::Desktop desktop(*qApp, folder.filePath(QStringLiteral("settings.ini")), folder.path());
    for (const KeyPreset preset : {KeyPreset::Standard, KeyPreset::LeftHand, KeyPreset::NumericPad}) {
        desktop.registry().setPreset(preset);
        for (const ActionSpec& spec : desktop.registry().specs()) {
            const auto other = desktop.registry().conflict(spec.id, desktop.registry().key(spec.id));
            QVERIFY2(!other, qPrintable(spec.id + QStringLiteral(" and ") + other.value_or(QString())));
        }
    }
}

void TestMainWindow::everyControlOfTheRealWindowHasAName()
{
    QTemporaryDir folder;
    modscope::Desktop desktop(*qApp, folder.filePath(QStringLiteral("settings.ini")), folder.path());
    const auto controls = desktop.window().findChildren<QAbstractButton*>();
    QVERIFY(controls.size() > 10);
    for (const QAbstractButton* control : controls) {
        if (control->objectName().startsWith(QStringLiteral("qt_")) || control->inherits("QTableCornerButton") ||
            control->inherits("QLineEditIconButton")) {
            continue; // parts of Qt's own widgets
        }
        if (control->isHidden() && control->text().isEmpty()) {
            continue; // gets its words when it appears
        }
        const QString where = QString::fromLatin1(control->metaObject()->className()) + QStringLiteral(" in ") +
                              QString::fromLatin1(control->parentWidget()->metaObject()->className()) +
                              QStringLiteral(" of ") +
                              QString::fromLatin1(control->window()->metaObject()->className()) + QStringLiteral(": ") +
                              control->toolTip();
        QVERIFY2(!control->accessibleName().isEmpty() || !control->text().isEmpty(), qPrintable(where));
    }
}

void TestMainWindow::historyWorksAsInABrowser()
{
    VisitHistory history;
    QVERIFY(!history.goBack());
    history.visit({QStringLiteral("a"), {}});
    history.visit({QStringLiteral("a"), 1});
    QVERIFY(!history.canGoBack()); // the page's first place replaced "no place"
    history.visit({QStringLiteral("a"), 2});
    history.visit({QStringLiteral("b"), {}});
    QCOMPARE(history.goBack(), (Visit{QStringLiteral("a"), 2}));
    QCOMPARE(history.goBack(), (Visit{QStringLiteral("a"), 1}));
    QVERIFY(!history.goBack());
    QVERIFY(history.goForward());
    history.visit({QStringLiteral("c"), {}});
    QVERIFY(!history.canGoForward());
}

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
