#pragma once

#include <QWidget>

class QVBoxLayout;

namespace modscope::ui {

class Theme;

/// A small panel above or below the button it explains. A click elsewhere, Esc or a resize closes it.
class Popover final : public QWidget {
    Q_OBJECT
public:
    Popover(const Theme* theme, QWidget* window);

    /// Empties the body and forgets the anchor's content; fill it, then call open().
    [[nodiscard]] QVBoxLayout* clear(const QString& title);
    void open(QWidget* anchor);
    void close();
    /// The button it belongs to while it is open.
    [[nodiscard]] QWidget* anchor() const { return isVisible() ? m_anchor : nullptr; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme* m_theme;
    QWidget* m_content = nullptr;
    QWidget* m_anchor = nullptr;
};

} // namespace modscope::ui
