#pragma once

#include "ui/theme/palette.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace modscope::ui {

class IconLabel;
class Theme;

enum class NoticeKind { Info, Attention, Error };

/// A message in the layout, next to its cause: coloured edge, icon, a sentence that can be selected, and a button that
/// copies it.
class Notice final : public QFrame {
    Q_OBJECT
public:
    Notice(const Theme* theme, NoticeKind kind, QWidget* parent = nullptr);

    /// @param title  said first, in bold; may be empty
    void setText(const QString& title, const QString& text);
    [[nodiscard]] QString text() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme* m_theme;
    NoticeKind m_kind;
    IconLabel* m_icon;
    QLabel* m_title;
    QLabel* m_text;
    QPushButton* m_copy;
};

} // namespace modscope::ui
