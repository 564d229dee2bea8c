#pragma once

#include <QStyledItemDelegate>

namespace modscope::ui {

class Theme;

/// Where the bars of a score list stand, so that its axis can stand below them.
struct ScoreColumns {
    int barLeft = 0;
    int barRight = 0;
    int scoreRight = 0;     ///< right edge of the score
    int thresholdRight = 0; ///< right edge of the threshold
    int flagLeft = 0;
};

/// Class rows with marker and name, and below them a bar per model: fixed scale 0 to 1, in the class's colour, paler
/// below the threshold, the threshold as a tick. Model A is plain, B hatched, C dotted, D crossed.
class ScoreDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit ScoreDelegate(const Theme* theme, QObject* parent = nullptr);

    void setShowsLogits(bool shows) { m_showsLogits = shows; }
    /// One line a class, for a view whose classes have one model each and are collapsed.
    void setOneLine(bool oneLine) { m_oneLine = oneLine; }
    [[nodiscard]] bool isOneLine() const { return m_oneLine; }
    [[nodiscard]] ScoreColumns columns(const QRect& row) const;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    void paintBackground(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;
    void paintClass(QPainter& painter, const QRect& row, const QModelIndex& index) const;
    void paintScore(QPainter& painter, const QRect& row, const QModelIndex& index) const;
    [[nodiscard]] int nameWidth(const QRect& row) const;
    void paintNumbers(QPainter& painter, const QRect& row, const ScoreColumns& at, const QModelIndex& index) const;
    void paintBar(QPainter& painter, const QRectF& track, const QModelIndex& index) const;
    void paintThreshold(QPainter& painter, const QRectF& track, double threshold) const;

    const Theme* m_theme;
    bool m_showsLogits = false;
    bool m_oneLine = false;
};

} // namespace modscope::ui
