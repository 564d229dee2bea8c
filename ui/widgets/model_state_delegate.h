#pragma once

#include <QStyledItemDelegate>

namespace modscope::ui {

class Theme;

/// Cells of the models table: the state with its icon and, while something runs, a thin bar; hashes in the number font.
class ModelStateDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    ModelStateDelegate(const Theme* theme, QObject* parent);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    void paintState(QPainter& painter, const QRect& cell, const QModelIndex& index) const;

    const Theme* m_theme;
};

} // namespace modscope::ui
