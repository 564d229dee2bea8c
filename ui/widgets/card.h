#pragma once

#include <QFrame>

class QHBoxLayout;
class QLabel;
class QVBoxLayout;

namespace modscope::ui {

/// A bordered surface with a title row (title, grey words beside it, widgets at the right) and a body below.
class Card final : public QFrame {
    Q_OBJECT
public:
    /// @param title  empty: no title row
    explicit Card(const QString& title, QWidget* parent = nullptr);

    void setTitle(const QString& title);
    /// Grey words right after the title.
    void setSubtitle(const QString& subtitle);
    /// At the right end of the title row.
    void addTitleWidget(QWidget* widget);
    [[nodiscard]] QVBoxLayout* body() const { return m_body; }

private:
    QHBoxLayout* m_titleRow;
    QLabel* m_title;
    QLabel* m_subtitle;
    QVBoxLayout* m_body;
};

} // namespace modscope::ui
