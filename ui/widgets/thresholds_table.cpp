#include "ui/widgets/thresholds_table.h"

#include "ui/models/thresholds_model.h"
#include "ui/theme/theme.h"

#include <QHeaderView>
#include <QPainter>
#include <QStyledItemDelegate>

namespace modscope::ui {

namespace {

constexpr int kRowHeight = 30;
constexpr int kMarkerSize = 11;
constexpr int kNumberWidth = 44;
constexpr int kMaxRows = 12; // then the table scrolls

class ThresholdDelegate final : public QStyledItemDelegate {
public:
    ThresholdDelegate(const Theme* theme, QObject* parent) : QStyledItemDelegate(parent), m_theme(theme) {}

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (option.state & QStyle::State_Selected) {
            painter->fillRect(option.rect, m_theme->color(Token::AccentSoft));
        }
        index.column() == ThresholdsModel::Class ? paintClass(*painter, option.rect, index)
                                                 : paintThreshold(*painter, option.rect, index);
        painter->restore();
    }

private:
    void paintClass(QPainter& painter, const QRect& cell, const QModelIndex& index) const
    {
        const int marker = m_theme->px(kMarkerSize);
        const QRect place(cell.left() + m_theme->px(2), cell.center().y() - marker / 2, marker, marker);
        m_theme->paintClassMarker(painter, place, index.row());
        const QRect words = cell.adjusted(marker + m_theme->px(10), 0, 0, 0);
        const QFont font = m_theme->font(TypeRole::Body);
        painter.setFont(font);
        painter.setPen(m_theme->color(Token::Text));
        painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft,
                         QFontMetrics(font).elidedText(index.data().toString(), Qt::ElideMiddle, words.width()));
    }

    void paintThreshold(QPainter& painter, const QRect& cell, const QModelIndex& index) const
    {
        const int numberWidth = m_theme->px(kNumberWidth);
        const QRectF track(cell.left(), cell.center().y() - m_theme->px(2), cell.width() - numberWidth, m_theme->px(4));
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme->color(Token::Track));
        painter.drawRoundedRect(track, track.height() / 2, track.height() / 2);
        const double x = track.left() + index.data(ThresholdsModel::ValueRole).toDouble() * track.width();
        const qreal reach = m_theme->px(4);
        painter.setBrush(m_theme->color(Token::Text));
        painter.drawRect(QRectF(x - 1, track.top() - reach, 2, track.height() + 2 * reach));
        painter.setFont(m_theme->font(TypeRole::Mono));
        painter.setPen(m_theme->color(Token::Text));
        painter.drawText(cell, Qt::AlignVCenter | Qt::AlignRight, index.data().toString());
    }

    const Theme* m_theme;
};

} // namespace

ThresholdsTable::ThresholdsTable(const Theme* theme, QWidget* parent)
    : QTableView(parent), m_theme(theme), m_model(new ThresholdsModel(this))
{
    setModel(m_model);
    setItemDelegate(new ThresholdDelegate(theme, this));
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(QAbstractItemView::NoSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setTabKeyNavigation(false);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    horizontalHeader()->hide();
    verticalHeader()->hide();
    horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    setAccessibleName(tr("Thresholds"));
    const auto scale = [this] {
        verticalHeader()->setDefaultSectionSize(m_theme->px(kRowHeight));
        updateGeometry();
    };
    connect(theme, &Theme::changed, this, scale);
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] { updateGeometry(); });
    scale();
}

void ThresholdsTable::setThresholds(const QStringList& labels, const std::vector<float>& thresholds)
{
    m_model->setThresholds(labels, thresholds);
}

QSize ThresholdsTable::sizeHint() const
{
    const int rows = std::min(m_model->rowCount(), kMaxRows);
    return {m_theme->px(240), rows * m_theme->px(kRowHeight)};
}

QSize ThresholdsTable::minimumSizeHint() const
{
    return {m_theme->px(160), sizeHint().height()};
}

} // namespace modscope::ui
