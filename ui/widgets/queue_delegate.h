#pragma once

#include <QStyledItemDelegate>

namespace modscope::ui {

class Theme;

/// A queue: icon, name, count at the right. In a strip too narrow for words the icon with the count below it.
class QueueDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    static constexpr int kStripWidth = 52; ///< logical pixels at 100 %

    explicit QueueDelegate(const Theme* theme, QObject* parent = nullptr);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    [[nodiscard]] bool isStrip(const QRect& row) const;

    const Theme* m_theme;
};

/// "214", "1,204", "12 k"; "…" while it is not counted.
[[nodiscard]] QString queueCountText(int count, bool narrow);

} // namespace modscope::ui
