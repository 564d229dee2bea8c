// The window's own actions: navigation, panes, scale, menus, palette, key map.
#include "ui/main_window/main_window.h"
#include "ui/main_window/status_line.h"
#include "ui/settings/settings.h"
#include "ui/theme/theme.h"
#include "ui/widgets/command_palette.h"
#include "ui/widgets/header_bar.h"
#include "ui/widgets/key_map_panel.h"
#include "ui/widgets/popover.h"

#include <QApplication>
#include <QDockWidget>
#include <QKeyEvent>
#include <QMenu>
#include <QMenuBar>
#include <QWindow>

#include <array>
#include <functional>
#include <utility>

namespace modscope::ui {

namespace {

constexpr int kScaleStep = 10;

/// The first widget of a pane that takes the focus with Tab: itself or one inside it.
QWidget* firstFocusable(QWidget* pane)
{
    if (pane->focusPolicy() & Qt::TabFocus) {
        return pane;
    }
    for (QWidget* next = pane->nextInFocusChain(); next != pane; next = next->nextInFocusChain()) {
        if (pane->isAncestorOf(next) && (next->focusPolicy() & Qt::TabFocus) && next->isVisible() &&
            next->isEnabled()) {
            return next;
        }
    }
    return nullptr;
}

/// An action that is there on every page.
ActionSpec windowAction(const char* id,
                        ActionGroup group,
                        const QString& label,
                        const char* icon,
                        const char* key,
                        std::function<void()> run)
{
    ActionSpec spec = actionSpec(ActionContext::Global, id, group, label, icon, presetKeys(key));
    spec.run = std::move(run);
    return spec;
}

} // namespace

void MainWindow::addActions()
{
    const auto go = [](const char* id, const QString& label, const char* icon, const char* key, auto run) {
        return windowAction(id, ActionGroup::Application, label, icon, key, run);
    };
    m_registry->add(go("app.palette", tr("Search or run a command"), "search", "Ctrl+K", [this] {
        m_popover->close();
        m_palette->open();
    }));
    m_registry->add(go("app.keyMap", tr("Keys on this page"), "keyboard", "F1", [this] {
        m_popover->close();
        m_keyMap->open(currentPage()->title());
    }));
    m_registry->add(go("app.settings", tr("Settings…"), "gear", "Ctrl+,", [this] { Q_EMIT settingsRequested(); }));
    m_registry->add(go("app.up", tr("Back one level, or close"), "arrow-left", "Esc", [this] { goUp(); }));
    m_registry->add(go("app.quit", tr("Quit"), "box-arrow-right", "Ctrl+Q", [this] { close(); }));

    ActionSpec back = go("go.back", tr("Back"), "arrow-left", "Alt+Left", [this] { goTo(m_history.goBack()); });
    back.group = ActionGroup::Go;
    back.blocked = [this] { return m_history.canGoBack() ? QString() : tr("nothing visited before"); };
    m_registry->add(std::move(back));
    ActionSpec forward =
        go("go.forward", tr("Forward"), "arrow-right", "Alt+Right", [this] { goTo(m_history.goForward()); });
    forward.group = ActionGroup::Go;
    forward.blocked = [this] { return m_history.canGoForward() ? QString() : tr("nothing ahead"); };
    m_registry->add(std::move(forward));
    addViewActions();
}

void MainWindow::addViewActions()
{
    const auto view = [](const char* id, const QString& label, const char* icon, const char* key, auto run) {
        return windowAction(id, ActionGroup::View, label, icon, key, run);
    };
    ActionSpec inspector =
        view("view.inspector", tr("Inspector"), "layout-sidebar-reverse", "Ctrl+I", [this] { toggleInspector(); });
    inspector.blocked = [this] {
        return currentPage() && currentPage()->inspector() ? QString() : tr("this page has none");
    };
    m_registry->add(std::move(inspector));
    m_registry->add(view("view.floatInspector", tr("Inspector in its own window"), "window", "",
                         [this] { m_inspector->setFloating(!m_inspector->isFloating()); }));
    ActionSpec list = view("view.list", tr("List pane"), "layout-sidebar", "Ctrl+B", [this] { toggleListPane(); });
    list.blocked = [this] { return currentPage() && currentPage()->listPane() ? QString() : tr("this page has none"); };
    m_registry->add(std::move(list));
    m_registry->add(view("view.nextPane", tr("Next pane"), "arrow-right", "F6", [this] { cyclePane(1); }));
    m_registry->add(
        view("view.previousPane", tr("Previous pane"), "arrow-left", "Shift+F6", [this] { cyclePane(-1); }));
    m_registry->add(view("view.larger", tr("Larger interface"), "zoom-in",
                         "Ctrl+=", [this] { setScale(m_theme->scalePercent() + kScaleStep); }));
    m_registry->add(view("view.smaller", tr("Smaller interface"), "zoom-out", "Ctrl+-",
                         [this] { setScale(m_theme->scalePercent() - kScaleStep); }));
    m_registry->add(
        view("view.scale100", tr("Interface at 100 %"), "aspect-ratio", "Ctrl+0", [this] { setScale(100); }));
    m_registry->add(view("view.fullScreen", tr("Full screen"), "arrows-fullscreen", "F11",
                         [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); }));
    m_registry->add(view("view.menuBar", tr("Menu bar"), "list-ul", "F10", [this] {
        menuBar()->setVisible(!menuBar()->isVisible());
        if (menuBar()->isVisible()) {
            menuBar()->setActiveAction(menuBar()->actions().value(0));
        }
    }));
}

void MainWindow::buildMenus()
{
    constexpr std::array kMenus{ActionGroup::Application, ActionGroup::Item, ActionGroup::List,
                                ActionGroup::Model,       ActionGroup::View, ActionGroup::Go};
    menuBar()->clear();
    for (const ActionGroup group : kMenus) {
        QMenu* menu = nullptr;
        for (const ActionSpec& spec : m_registry->specs()) {
            if (spec.group != group) {
                continue;
            }
            if (!menu) {
                menu = menuBar()->addMenu(groupTitle(group));
            }
            menu->addAction(m_registry->action(spec.id));
        }
    }
    const auto pin = [this] { menuBar()->setVisible(m_settings->preferences().appearance.menuBarPinned); };
    connect(m_settings, &Settings::appearanceChanged, menuBar(), pin);
    pin();
}

void MainWindow::setScale(int percent)
{
    AppearancePreferences appearance = m_settings->preferences().appearance;
    appearance.scalePercent = percent;
    m_settings->setAppearance(appearance); // clamps, and the theme follows
}

void MainWindow::toggleInspector()
{
    const bool visible = m_inspector->isVisible();
    const bool narrow = width() < m_theme->px(1200);
    (narrow ? m_drawerOpen : m_inspectorWanted) = !visible;
    placeInspector();
}

void MainWindow::toggleListPane()
{
    QWidget* list = currentPage()->listPane();
    list->setVisible(!list->isVisible());
}

QList<QWidget*> MainWindow::panes() const
{
    QList<QWidget*> all{m_rail, m_header};
    all << currentPage()->panes() << m_inspector << m_status;
    all.removeIf([](const QWidget* pane) { return !pane->isVisible(); });
    return all;
}

void MainWindow::cyclePane(int step)
{
    const QList<QWidget*> all = panes();
    const QWidget* focused = QApplication::focusWidget();
    qsizetype current = -1;
    for (qsizetype index = 0; index < all.size(); ++index) {
        if (focused && (all[index] == focused || all[index]->isAncestorOf(focused))) {
            current = index; // the last match is the innermost pane
        }
    }
    for (qsizetype tried = 0; tried < all.size(); ++tried) {
        current = (current + step + all.size()) % all.size();
        if (QWidget* target = firstFocusable(all[current])) {
            target->setFocus(Qt::TabFocusReason);
            return;
        }
    }
}

void MainWindow::goUp()
{
    if (m_popover->anchor()) {
        m_popover->close();
        return;
    }
    if (currentPage()->goUp()) {
        return;
    }
    if (QWidget* focused = QApplication::focusWidget(); focused && focused->inherits("QPlainTextEdit")) {
        currentPage()->setFocus(Qt::OtherFocusReason);
    }
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event)
{
    // Alt pressed and released alone shows or hides the menu bar, as F10 does.
    if (event->type() == QEvent::KeyPress) {
        m_altAlone = static_cast<QKeyEvent*>(event)->key() == Qt::Key_Alt;
    } else if (event->type() == QEvent::MouseButtonPress) {
        m_altAlone = false;
    } else if (event->type() == QEvent::KeyRelease && watched == static_cast<QObject*>(windowHandle()) &&
               isActiveWindow()) {
        const bool alt = static_cast<QKeyEvent*>(event)->key() == Qt::Key_Alt;
        if (alt && std::exchange(m_altAlone, false)) {
            m_registry->action(QStringLiteral("view.menuBar"))->trigger();
        }
    }
    return QMainWindow::eventFilter(watched, event);
}

} // namespace modscope::ui
