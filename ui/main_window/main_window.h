#pragma once

#include "ui/main_window/visit_history.h"
#include "ui/pages/page.h"
#include "ui/widgets/mode_rail.h"

#include <QMainWindow>

#include <vector>

class QDockWidget;
class QStackedWidget;

namespace modscope::ui {

class BannerBar;
class CommandPalette;
class DropOverlay;
class HeaderBar;
class KeyMapPanel;
class ModelController;
class Popover;
class ReviewWorkspace;
class Settings;
class StatusLine;
class Theme;
class Toast;

/// The frame around the pages: rail, header, banner, inspector, status line, palette and key map. It forwards drops to
/// the page, remembers where the person was, and asks before closing while a page works.
/// Actions of the window itself are registered in the constructor, those of a page before addPage().
class MainWindow final : public QMainWindow {
    Q_OBJECT
public:
    MainWindow(Theme* theme, ActionRegistry* registry, Settings* settings, ModelController* models);
    ~MainWindow() override;

    /// @param id      short word, remembered between starts: "classify"
    /// @param number  the page opens with Alt and this digit, which stays the same when pages come and go
    void addPage(const QString& id, Page* page, ModeRail::Place place, int number);
    /// Call once after the last addPage(): brings back geometry, page, panes and recent commands.
    void restoreLayout();
    /// Precondition: addPage() was called with this id.
    void showPage(const QString& id);
    [[nodiscard]] Page* currentPage() const;
    [[nodiscard]] QString currentPageId() const;

    /// Shows in the status line what waits for review.
    void followReview(const ReviewWorkspace* review);
    void raiseBanner(const Banner& banner);
    void withdrawBanner(const QString& id);

Q_SIGNALS:
    void settingsRequested();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    struct Entry {
        QString id;
        Page* page;
    };

    void addActions();
    void addViewActions();
    void buildFrame();
    void buildInspector();
    void buildMenus();
    void connectPage(const Entry& entry);
    void refreshHeader();
    void refreshInspector();
    void refreshJobs();
    void placeInspector();
    void toggleInspector();
    void toggleListPane();
    void goUp();
    void goTo(const std::optional<Visit>& visit);
    void cyclePane(int step);
    void setScale(int percent);
    [[nodiscard]] QList<QWidget*> panes() const;
    [[nodiscard]] const Entry* entryOf(const Page* page) const;
    [[nodiscard]] bool mayClose();
    void saveLayout();

    Theme* m_theme;
    ActionRegistry* m_registry;
    Settings* m_settings;
    ModelController* m_models;

    std::vector<Entry> m_entries;
    VisitHistory m_history;
    bool m_walking = false; ///< going back or forward: not a new visit

    ModeRail* m_rail = nullptr;
    HeaderBar* m_header = nullptr;
    BannerBar* m_banner = nullptr;
    QMainWindow* m_area = nullptr; ///< holds the stack and the inspector's dock
    QStackedWidget* m_stack = nullptr;
    QDockWidget* m_inspector = nullptr;
    QStackedWidget* m_inspectorStack = nullptr;
    StatusLine* m_status = nullptr;
    Toast* m_toast = nullptr;
    Popover* m_popover = nullptr;
    CommandPalette* m_palette = nullptr;
    KeyMapPanel* m_keyMap = nullptr;
    DropOverlay* m_dropOverlay = nullptr;

    bool m_inspectorWanted = true; ///< in a wide window
    bool m_drawerOpen = false;     ///< in a narrow one
    bool m_altAlone = false;       ///< Alt is down and nothing else was pressed
};

} // namespace modscope::ui
