#pragma once

#include <QStyledItemDelegate>

namespace modscope::ui {

class Theme;

/// A row of the Classify list, 68 pixels high: thumbnail, name, and the verdict in icon and word with the deciding
/// class, or a bar while it waits, or why it failed.
class ClassifyItemDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit ClassifyItemDelegate(const Theme* theme, QObject* parent = nullptr);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    void paintSelection(QPainter& painter, const QRect& row, const QStyleOptionViewItem& option) const;
    void paintThumbnail(QPainter& painter, const QRect& rect, const QModelIndex& index) const;
    /// @param answered  0 to 1, the part that is done; @param working  the rest has begun
    void paintProgress(QPainter& painter, const QRect& line, double answered, bool working) const;
    void paintVerdict(QPainter& painter, const QRect& line, const QModelIndex& index) const;

    const Theme* m_theme;
};

} // namespace modscope::ui
