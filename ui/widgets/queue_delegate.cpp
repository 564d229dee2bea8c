#include "ui/widgets/queue_delegate.h"

#include "ui/models/queue_list_model.h"
#include "ui/theme/theme.h"

#include <QLocale>
#include <QPainter>

namespace modscope::ui {

namespace {

constexpr int kRowHeight = 32;
constexpr int kStripRowHeight = 44;
constexpr int kIcon = 16;
constexpr int kPadding = 10;
constexpr int kGap = 10;
constexpr int kThousand = 1000;
constexpr int kMostNarrow = 9999; ///< the largest count that a strip can write out

} // namespace

QString queueCountText(int count, bool narrow)
{
    if (count < 0) {
        return QStringLiteral("…");
    }
    const QLocale locale;
    return narrow && count > kMostNarrow
               ? QueueDelegate::tr("%1 k", "thousands").arg(locale.toString(count / kThousand))
               : locale.toString(count);
}

QueueDelegate::QueueDelegate(const Theme* theme, QObject* parent) : QStyledItemDelegate(parent), m_theme(theme) {}

bool QueueDelegate::isStrip(const QRect& row) const
{
    return row.width() <= m_theme->px(2 * kStripWidth);
}

void QueueDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const bool current = option.state.testFlag(QStyle::State_Selected);
    const bool strip = isStrip(option.rect);
    const QRect row = option.rect.adjusted(m_theme->px(strip ? 2 : 8), 0, -m_theme->px(strip ? 2 : 8), 0);
    const Token tone = current ? Token::Accent : Token::Text2;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (current || option.state.testFlag(QStyle::State_MouseOver)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(m_theme->color(current ? Token::AccentSoft : Token::Track));
        painter->drawRoundedRect(row, m_theme->px(6.0), m_theme->px(6.0));
    }
    const int side = m_theme->px(kIcon);
    const bool mirrored = option.direction == Qt::RightToLeft;
    const QPixmap icon = m_theme->pixmap(index.data(QueueListModel::IconRole).toString(), tone, side,
                                         painter->device()->devicePixelRatioF());
    const QString count = queueCountText(index.data(QueueListModel::CountRole).toInt(), strip);
    painter->setFont(m_theme->font(TypeRole::MonoSmall));
    painter->setPen(m_theme->color(tone));
    if (strip) {
        painter->drawPixmap(row.center().x() - side / 2, row.top() + m_theme->px(6), icon);
        painter->drawText(row.adjusted(0, m_theme->px(22), 0, 0), Qt::AlignCenter, count);
        painter->restore();
        return;
    }
    const QRect inside = row.adjusted(m_theme->px(kPadding), 0, -m_theme->px(kPadding), 0);
    const int iconLeft = mirrored ? inside.right() + 1 - side : inside.left();
    painter->drawPixmap(iconLeft, row.top() + (row.height() - side) / 2, icon);
    constexpr int kToLeft = static_cast<int>(Qt::AlignVCenter) | static_cast<int>(Qt::AlignLeft);
    constexpr int kToRight = static_cast<int>(Qt::AlignVCenter) | static_cast<int>(Qt::AlignRight);
    painter->drawText(inside, mirrored ? kToLeft : kToRight, count);
    const int countWidth = painter->fontMetrics().horizontalAdvance(count) + m_theme->px(kGap);
    const int text = side + m_theme->px(kGap);
    const QRect name = mirrored ? inside.adjusted(countWidth, 0, -text, 0) : inside.adjusted(text, 0, -countWidth, 0);
    painter->setFont(m_theme->font(current ? TypeRole::Value : TypeRole::Body));
    painter->setPen(m_theme->color(current ? Token::Accent : Token::Text));
    const QString label = index.data(Qt::DisplayRole).toString();
    painter->drawText(name, mirrored ? kToRight : kToLeft,
                      painter->fontMetrics().elidedText(label, Qt::ElideMiddle, name.width()));
    painter->restore();
}

QSize QueueDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& /*index*/) const
{
    return {m_theme->px(kStripWidth), m_theme->px(isStrip(option.rect) ? kStripRowHeight : kRowHeight)};
}

} // namespace modscope::ui
