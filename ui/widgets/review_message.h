#pragma once

#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace modscope::ui {

class ActionButton;
class ActionRegistry;
class Theme;

/// In place of an item: "Nothing waits in this queue." and what one may do about it.
class ReviewMessage final : public QWidget {
    Q_OBJECT
public:
    ReviewMessage(const Theme* theme, const ActionRegistry* registry, QWidget* parent = nullptr);

    /// @param action  id of the action that the button runs; empty or unknown: no button
    void setMessage(const QString& title, const QString& text, const QString& action);
    [[nodiscard]] QString text() const;

private:
    const Theme* m_theme;
    const ActionRegistry* m_registry;
    QLabel* m_title;
    QLabel* m_text;
    QVBoxLayout* m_column;
    ActionButton* m_button = nullptr;
};

} // namespace modscope::ui
