#pragma once

#include "ui/actions/action_registry.h"
#include "ui/widgets/side_panel.h"

#include <QTimer>

class QLabel;
class QListView;

namespace modscope::ui {

class ActionDelegate;
class ActionListModel;
class Theme;

/// The keys that work now, over the right half of the window. Pressing one lights its row instead of running it; Esc or
/// F1 closes.
class KeyMapPanel final : public SidePanel {
    Q_OBJECT
public:
    KeyMapPanel(const Theme* theme, ActionRegistry* registry, QWidget* window);

    void open(const QString& pageTitle);
    /// The row that is lit, -1 for none.
    [[nodiscard]] int litRow() const { return m_litRow; }

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void light(int row);

    ActionRegistry* m_registry;
    QLabel* m_title;
    QListView* m_list;
    ActionListModel* m_model;
    ActionDelegate* m_delegate;
    QTimer m_lightTimer;
    int m_litRow = -1;
};

} // namespace modscope::ui
