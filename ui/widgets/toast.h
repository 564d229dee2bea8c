#pragma once

#include <QFrame>
#include <QTimer>

class QHBoxLayout;
class QLabel;
class QAction;

namespace modscope::ui {

class Theme;

/// A few words at the bottom of its parent for four seconds, with at most one button. A new one replaces the last.
class Toast final : public QFrame {
    Q_OBJECT
public:
    Toast(const Theme* theme, QWidget* parent);

    /// @param action  may be null
    void showText(const QString& text, QAction* action);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void place();

    const Theme* m_theme;
    QLabel* m_text;
    QHBoxLayout* m_row;
    QWidget* m_button = nullptr;
    QTimer m_timer;
};

} // namespace modscope::ui
