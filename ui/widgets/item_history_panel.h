#pragma once

#include "ui/widgets/side_panel.h"

#include <QStringListModel>

class QLabel;
class QListView;

namespace modscope::ui {

/// What happened to an item, line by line, without names.
class ItemHistoryPanel final : public SidePanel {
    Q_OBJECT
public:
    ItemHistoryPanel(const Theme* theme, QWidget* over);

    /// @param key    of the item
    /// @param lines  oldest first
    void open(const QString& key, const QStringList& lines);
    [[nodiscard]] QStringList lines() const { return m_lines.stringList(); }

private:
    QLabel* m_title;
    QListView* m_list;
    QStringListModel m_lines;
};

} // namespace modscope::ui
