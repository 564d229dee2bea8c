#pragma once

#include "ui/models/review_task_view.h"

#include <QWidget>

#include <vector>

class QLabel;
class QMenu;
class QToolButton;

namespace modscope::ui {

class ActionRegistry;
class SegmentedControl;
class Theme;

/// A step of the reviewer's own, in few words.
struct HistoryEntry {
    ReviewItemId id = 0;
    QString key;  ///< "a811-02fe"; its first part is shown
    QString text; ///< "None of these", "escalated"
    QString icon; ///< listed in resources/icons.txt; empty: a tick
    TimeMs time = 0;

    bool operator==(const HistoryEntry&) const = default;
};

/// "Earlier": the reviewer's own last steps, newest first, of the last hour or all, as many as there is room for; the
/// others in a menu. And Undo.
class HistoryStrip final : public QWidget {
    Q_OBJECT
public:
    HistoryStrip(const Theme* theme, const ActionRegistry* registry, QWidget* parent = nullptr);

    /// @param hasOlder  the menu offers to bring steps before the last of them
    void setEntries(const std::vector<HistoryEntry>& entries, bool hasOlder = false);
    void setLastHourOnly(bool lastHour);
    [[nodiscard]] bool isLastHourOnly() const { return m_lastHour; }
    [[nodiscard]] int shownCount() const;
    /// Those without room for a chip, and what is older.
    [[nodiscard]] QMenu* menu() const { return m_menu; }

Q_SIGNALS:
    void opened(modscope::ui::ReviewItemId id);
    void olderWanted();
    void lastHourOnlyChosen(bool lastHour); ///< by the person

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void rebuild();
    void fit();
    void fillMenu();
    [[nodiscard]] std::vector<HistoryEntry> chosenEntries() const;
    [[nodiscard]] QToolButton* makeChip(const HistoryEntry& entry);

    const Theme* m_theme;
    QLabel* m_title;
    QLabel* m_none;
    SegmentedControl* m_filter;
    QWidget* m_chipArea;
    QToolButton* m_more;
    QMenu* m_menu;
    std::vector<HistoryEntry> m_entries;
    std::vector<QToolButton*> m_chips;
    bool m_hasOlder = false;
    bool m_lastHour = false;
};

} // namespace modscope::ui
