#pragma once

#include <QStyledItemDelegate>

namespace modscope::ui {

class Theme;

/// A near-duplicate as a card: covered tile, name, what it is to the item in front, and a tick box where the decision
/// may be for it as well.
class DuplicateDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit DuplicateDelegate(const Theme* theme, QObject* parent = nullptr);

    /// Cards share the width of the view, between these bounds.
    void setCardWidth(int width) { m_cardWidth = width; }
    [[nodiscard]] int smallestCard() const;
    [[nodiscard]] int largestCard() const;
    [[nodiscard]] QRect boxRect(const QRect& card) const;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    bool editorEvent(QEvent* event,
                     QAbstractItemModel* model,
                     const QStyleOptionViewItem& option,
                     const QModelIndex& index) override;

private:
    void paintTile(QPainter& painter, const QRect& place, const QModelIndex& index) const;

    const Theme* m_theme;
    int m_cardWidth = 0;
};

} // namespace modscope::ui
