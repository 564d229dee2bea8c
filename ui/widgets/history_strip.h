#pragma once

#include "ui/models/review_task_view.h"

#include <QWidget>

#include <vector>

class QLabel;
class QToolButton;

namespace modscope::ui {

class ActionRegistry;
class Theme;

/// A step of the reviewer's own, in few words.
struct HistoryEntry {
    ReviewItemId id = 0;
    QString key;  ///< "a811-02fe"; its first part is shown
    QString text; ///< "None of these", "escalated"
    QString icon; ///< listed in resources/icons.txt; empty: a tick

    bool operator==(const HistoryEntry&) const = default;
};

/// "Earlier": the reviewer's own last decisions, newest first, as many as there is room for, and Undo.
class HistoryStrip final : public QWidget {
    Q_OBJECT
public:
    HistoryStrip(const Theme* theme, const ActionRegistry* registry, QWidget* parent = nullptr);

    void setEntries(const std::vector<HistoryEntry>& entries);
    [[nodiscard]] int shownCount() const;

Q_SIGNALS:
    void opened(modscope::ui::ReviewItemId id);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fit();

    const Theme* m_theme;
    QLabel* m_title;
    QWidget* m_chipArea;
    std::vector<QToolButton*> m_chips;
};

} // namespace modscope::ui
