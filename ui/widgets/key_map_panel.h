#pragma once

#include "ui/actions/action_registry.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

class QLabel;
class QListView;

namespace modscope::ui {

class ActionDelegate;
class ActionListModel;
class Theme;

/// The keys that work now, over the right half of the window. Pressing one lights its row instead of running it; Esc or
/// F1 closes.
class KeyMapPanel final : public QWidget {
    Q_OBJECT
public:
    KeyMapPanel(const Theme* theme, ActionRegistry* registry, QWidget* window);

    void open(const QString& pageTitle);
    void close();
    /// The row that is lit, -1 for none.
    [[nodiscard]] int litRow() const { return m_litRow; }

protected:
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void place();
    void light(int row);

    const Theme* m_theme;
    ActionRegistry* m_registry;
    QLabel* m_title;
    QListView* m_list;
    ActionListModel* m_model;
    ActionDelegate* m_delegate;
    QTimer m_lightTimer;
    QPointer<QWidget> m_focusBefore;
    int m_litRow = -1;
};

} // namespace modscope::ui
