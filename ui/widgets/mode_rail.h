#pragma once

#include <QWidget>

class QAction;
class QButtonGroup;
class QVBoxLayout;

namespace modscope::ui {

class Theme;

/// The modes at the left edge: pages at the top, models and settings at the bottom. The selected one has accent text, a
/// soft fill and a bar at the edge. Up and Down move between the buttons.
class ModeRail final : public QWidget {
    Q_OBJECT
public:
    explicit ModeRail(const Theme* theme, QWidget* parent = nullptr);

    enum class Place { Top, Bottom };
    /// @param id  handed back by chosen()
    void addMode(int id, const QString& label, const QString& iconName, QAction* action, Place place);
    /// A button that opens something instead of a page: it never stays selected, and stands below the modes.
    void addCommand(const QString& label, const QString& iconName, QAction* action);
    void setCurrent(int id);
    /// A few characters on a mode's button: what waits there. Empty: none.
    void setBadge(int id, const QString& badge);

Q_SIGNALS:
    void chosen(int id);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    const Theme* m_theme;
    QButtonGroup* m_group;
    QVBoxLayout* m_column;
    int m_topCount = 0;
    int m_commandCount = 0;
};

} // namespace modscope::ui
