#pragma once

#include "ui/actions/action_registry.h"

#include <QPointer>
#include <QWidget>

class QFrame;
class QLineEdit;
class QListView;

namespace modscope::ui {

class ActionDelegate;
class ActionListModel;
class Theme;

/// Lies over the whole window, dims it, and runs any action by a few letters of its name. Enter runs, Ctrl+Enter runs
/// and keeps it open, Esc or a click beside it closes; the focus goes back to where it was.
class CommandPalette final : public QWidget {
    Q_OBJECT
public:
    CommandPalette(const Theme* theme, ActionRegistry* registry, QWidget* window);

    void open();
    void close();

    /// The last actions run from here, newest first, at most five.
    [[nodiscard]] const QStringList& recent() const { return m_recent; }
    /// Ids that are not (or no longer) registered are left out.
    void setRecent(const QStringList& ids);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    void buildPanel();
    [[nodiscard]] QWidget* makeFooter();
    void search();
    void place();
    void moveBy(int steps);
    void runCurrent(bool keepOpen);
    [[nodiscard]] bool handleKey(const QKeyEvent& event);

    const Theme* m_theme;
    ActionRegistry* m_registry;
    QFrame* m_panel;
    QLineEdit* m_field;
    QListView* m_list;
    ActionListModel* m_model;
    QStringList m_recent;
    QPointer<QWidget> m_focusBefore;
};

} // namespace modscope::ui
