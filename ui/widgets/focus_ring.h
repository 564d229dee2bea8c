#pragma once

#include <QFocusFrame>

namespace modscope::ui {

class Theme;

/// The accent ring around what has the focus, shown once the keyboard moved it and gone with the next mouse press.
/// Text fields are left out: they thicken their own border.
class FocusRing final : public QFocusFrame {
    Q_OBJECT
public:
    /// @param window  the ring follows the focus inside it
    explicit FocusRing(QWidget* window);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void follow(QWidget* focused);

    QWidget* m_window;
    bool m_keyboard = false;
};

} // namespace modscope::ui
