#pragma once

#include "ui/models/priority_parts.h"

#include <QWidget>

#include <vector>

class QLabel;

namespace modscope::ui {

class Theme;

/// The parts side by side in one bar from 0 to 1, and below it their names and numbers.
class PriorityBar final : public QWidget {
    Q_OBJECT
public:
    explicit PriorityBar(const Theme* theme, QWidget* parent = nullptr);

    void setParts(std::vector<PriorityPart> parts);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QColor partColour(std::size_t part) const;
    void paintLegend(QPainter& painter) const;

    const Theme* m_theme;
    std::vector<PriorityPart> m_parts;
};

/// "Why it is next".
class PriorityCard final : public QWidget {
    Q_OBJECT
public:
    explicit PriorityCard(const Theme* theme, QWidget* parent = nullptr);

    /// Hides where there is nothing to add up.
    void setPriority(const Priority& priority, const QueueOrder& order);

private:
    QLabel* m_total;
    PriorityBar* m_bar;
};

} // namespace modscope::ui
