#pragma once

#include <QPushButton>

class QAction;

namespace modscope::ui {

class Theme;

/// A push button that is an action: its text, icon, enabled state, tooltip and key, the key printed on it as a cap.
/// Variants as in theme.h: none, "primary", "quiet".
class ActionButton final : public QPushButton {
    Q_OBJECT
public:
    ActionButton(const Theme* theme, QAction* action, QWidget* parent = nullptr);

    /// A variant of a few words where the action's own label is too long ("Open…" for "Open pictures…").
    void setLabel(const QString& label);
    /// Off where a row of buttons has no room for keys; the tooltip still names the key.
    void setShowsKey(bool shows);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void follow();
    [[nodiscard]] QStringList caps() const;
    [[nodiscard]] bool isPrimary() const;
    [[nodiscard]] QFont labelFont() const;

    const Theme* m_theme;
    QAction* m_action;
    QString m_label;
    bool m_showsKey = true;
};

} // namespace modscope::ui
