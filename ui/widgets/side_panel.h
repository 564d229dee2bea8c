#pragma once

#include <QPointer>
#include <QWidget>

class QHBoxLayout;
class QVBoxLayout;

namespace modscope::ui {

class Theme;

/// A raised panel over the trailing half of another widget. It takes the keyboard when it opens and gives it back when
/// it closes. What it shows, and the key that closes it, are its heir's.
class SidePanel : public QWidget {
    Q_OBJECT
public:
    SidePanel(const Theme* theme, QWidget* over);

    void close();

Q_SIGNALS:
    void closed();

protected:
    void open();
    /// The row at the top: fill it from the left, then call endHead(), which adds the key that closes.
    [[nodiscard]] QHBoxLayout* head() const { return m_head; }
    void endHead();
    [[nodiscard]] QVBoxLayout* body() const { return m_body; }
    [[nodiscard]] const Theme* theme() const { return m_theme; }
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void place();

    const Theme* m_theme;
    QHBoxLayout* m_head;
    QVBoxLayout* m_body;
    QPointer<QWidget> m_focusBefore;
};

} // namespace modscope::ui
