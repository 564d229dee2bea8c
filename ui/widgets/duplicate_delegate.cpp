#include "ui/widgets/duplicate_delegate.h"

#include "ui/models/duplicate_list_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/tick_box.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QStyle>

#include <algorithm>

namespace modscope::ui {

namespace {

constexpr int kCardHeight = 64;
constexpr int kSmallestCard = 152;
constexpr int kLargestCard = 190;
constexpr int kCardPadding = 8;
constexpr int kTileWidth = 44;
constexpr int kTickSide = 15;
constexpr int kCardRadius = 6;

} // namespace

DuplicateDelegate::DuplicateDelegate(const Theme* theme, QObject* parent) : QStyledItemDelegate(parent), m_theme(theme)
{}

int DuplicateDelegate::smallestCard() const
{
    return m_theme->px(kSmallestCard);
}

int DuplicateDelegate::largestCard() const
{
    return m_theme->px(kLargestCard);
}

QSize DuplicateDelegate::sizeHint(const QStyleOptionViewItem& /*option*/, const QModelIndex& /*index*/) const
{
    return {std::max(m_cardWidth, smallestCard()), m_theme->px(kCardHeight)};
}

QRect DuplicateDelegate::boxRect(const QRect& card) const
{
    const int side = m_theme->px(kTickSide);
    return {card.right() - side - m_theme->px(kCardPadding), card.top() + m_theme->px(kCardPadding), side, side};
}

void DuplicateDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setRenderHint(QPainter::SmoothPixmapTransform);
    const auto mirrored = [&](const QRect& place) { return QStyle::visualRect(option.direction, option.rect, place); };
    const bool own = index.data(DuplicateListModel::IdRole).toLongLong() == 0;
    const bool included = own || index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
    const bool current = option.state.testFlag(QStyle::State_HasFocus);
    const QRectF card = QRectF(option.rect).adjusted(1, 1, -1, -1);
    painter->setPen(QPen(m_theme->color(included || current ? Token::Accent : Token::Line), own || current ? 1.6 : 1));
    painter->setBrush(m_theme->color(Token::Surface));
    painter->drawRoundedRect(card, m_theme->px(kCardRadius), m_theme->px(kCardRadius));

    const int padding = m_theme->px(kCardPadding);
    const QRect tile(option.rect.left() + padding, option.rect.top() + padding, m_theme->px(kTileWidth),
                     option.rect.height() - 2 * padding);
    paintTile(*painter, mirrored(tile), index);
    QRect words(tile.right() + 1 + padding, tile.top(), option.rect.right() - tile.right() - 2 * padding,
                tile.height());
    QRect title = words.adjusted(0, 0, 0, -words.height() / 2);
    if (index.flags().testFlag(Qt::ItemIsUserCheckable)) {
        const QRect box = boxRect(option.rect);
        paintTickBox(*painter, *m_theme, mirrored(box), m_theme->color(included ? Token::Accent : Token::Line2),
                     included);
        title.setRight(box.left() - padding / 2);
    }
    const auto write = [&](const QRect& place, TypeRole role, Token token, const QString& text) {
        painter->setFont(m_theme->font(role));
        painter->setPen(m_theme->color(token));
        painter->drawText(mirrored(place), Qt::AlignVCenter | Qt::AlignLeading,
                          painter->fontMetrics().elidedText(text, Qt::ElideMiddle, place.width()));
    };
    write(title, TypeRole::Value, Token::Text, index.data().toString());
    const bool apart = index.data(DuplicateListModel::ApartRole).toBool();
    write(words.adjusted(0, words.height() / 2, 0, 0), TypeRole::Secondary, apart ? Token::Review : Token::Text2,
          index.data(DuplicateListModel::DetailRole).toString());
    painter->restore();
}

void DuplicateDelegate::paintTile(QPainter& painter, const QRect& place, const QModelIndex& index) const
{
    QPainterPath outline;
    outline.addRoundedRect(place, m_theme->px(4), m_theme->px(4));
    painter.fillPath(outline, m_theme->color(Token::Sunken));
    const auto tile = index.data(DuplicateListModel::TileRole).value<QImage>();
    if (tile.isNull()) {
        return;
    }
    // Cut to the place's shape, not squeezed.
    QRectF source(QPointF(), QSizeF(place.size()).scaled(tile.size(), Qt::KeepAspectRatio));
    source.moveCenter(QRectF(tile.rect()).center());
    painter.save();
    painter.setClipPath(outline);
    painter.drawImage(place, tile, source);
    painter.restore();
}

bool DuplicateDelegate::editorEvent(QEvent* event,
                                    QAbstractItemModel* model,
                                    const QStyleOptionViewItem& option,
                                    const QModelIndex& index)
{
    if (!index.flags().testFlag(Qt::ItemIsUserCheckable)) {
        return false;
    }
    bool toggles = false;
    if (event->type() == QEvent::MouseButtonRelease) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        const QRect box = QStyle::visualRect(option.direction, option.rect, boxRect(option.rect));
        const int reach = m_theme->px(kCardPadding); // the box alone is too small to hit
        toggles =
            mouse->button() == Qt::LeftButton && box.adjusted(-reach, -reach, reach, reach).contains(mouse->pos());
    } else if (event->type() == QEvent::KeyPress) {
        toggles = static_cast<QKeyEvent*>(event)->key() == Qt::Key_Space;
    }
    if (!toggles) {
        return false;
    }
    const bool included = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
    return model->setData(index, included ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
}

} // namespace modscope::ui
