#pragma once

#include <QStyledItemDelegate>

namespace modscope::ui {

class Theme;

/// Draws the rows of an ActionListModel: icon, name with the found letters in bold, grey detail, key caps.
class ActionDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    /// @param rowHeight  of an action, logical pixels at 100 %; headings are 28
    ActionDelegate(const Theme* theme, int rowHeight, QObject* parent = nullptr);

    /// The row that is lit for a moment, -1 for none.
    void setLitRow(int row) { m_litRow = row; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    const Theme* m_theme;
    int m_rowHeight;
    int m_litRow = -1;
};

} // namespace modscope::ui
