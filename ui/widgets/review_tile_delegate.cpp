#include "ui/widgets/review_tile_delegate.h"

#include "ui/models/review_list_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/verdict_style.h"

#include <QPainter>

#include <algorithm>
#include <ranges>

namespace modscope::ui {

namespace {

constexpr int kGap = 6; // half of the space between two tiles
constexpr int kPadding = 8;
constexpr int kFactsHeight = 44; // two lines
constexpr int kLineHeight = 20;
constexpr int kIcon = 13;
constexpr int kMarker = 10;
constexpr int kMark = 22;

} // namespace

ReviewTileDelegate::ReviewTileDelegate(const Theme* theme, QObject* parent)
    : QStyledItemDelegate(parent), m_theme(theme)
{}

QSize ReviewTileDelegate::sizeHint(const QStyleOptionViewItem& /*option*/, const QModelIndex& /*index*/) const
{
    constexpr int kAround = 2 * (kGap + kPadding);
    return {m_theme->px(kPicture + kAround), m_theme->px(kPicture + kFactsHeight + kAround)};
}

QRect ReviewTileDelegate::pictureRect(const QRect& tile) const
{
    const int inset = m_theme->px(kGap + kPadding);
    const int side = m_theme->px(kPicture);
    return {tile.left() + (tile.width() - side) / 2, tile.top() + inset, side, side};
}

void ReviewTileDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const int gap = m_theme->px(kGap);
    const QRect card = option.rect.adjusted(gap, gap, -gap, -gap);
    const QRect square = pictureRect(option.rect);
    const bool marked = index.data(ReviewListModel::MarkedRole).toBool();
    paintFrame(*painter, card, option, marked);
    paintPicture(*painter, square, index);
    paintFacts(*painter, {square.left(), square.bottom() + 1, square.width(), card.bottom() - square.bottom()}, index);
    if (marked) {
        paintMark(*painter, square);
    }
    painter->restore();
}

void ReviewTileDelegate::paintFrame(QPainter& painter,
                                    const QRect& card,
                                    const QStyleOptionViewItem& option,
                                    bool marked) const
{
    const bool current = option.state.testFlag(QStyle::State_HasFocus);
    const qreal width = current || marked ? 2 : 1;
    painter.setPen(QPen(m_theme->color(current || marked ? Token::Accent : Token::Line), width));
    painter.setBrush(m_theme->color(marked ? Token::AccentSoft : Token::Surface));
    const qreal inset = width / 2;
    const qreal radius = m_theme->px(8);
    painter.drawRoundedRect(QRectF(card).adjusted(inset, inset, -inset, -inset), radius, radius);
    if (current && marked) { // what is current is seen on a marked tile too
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(card).adjusted(4, 4, -4, -4), radius - 3, radius - 3);
    }
}

void ReviewTileDelegate::paintPicture(QPainter& painter, const QRect& square, const QModelIndex& index) const
{
    painter.fillRect(square, m_theme->color(Token::Sunken));
    const auto cover = index.data(ReviewListModel::CoverRole).value<QPixmap>();
    if (!cover.isNull()) {
        const qreal ratio = static_cast<qreal>(square.width()) / std::max(cover.width(), cover.height());
        QRectF fitted(0, 0, cover.width() * ratio, cover.height() * ratio);
        fitted.moveCenter(QRectF(square).center());
        painter.drawPixmap(fitted, cover, QRectF(cover.rect()));
        return;
    }
    const bool hasPicture = index.data(ReviewListModel::HasPictureRole).toBool();
    const auto state = static_cast<TileState>(index.data(ReviewListModel::StateRole).toInt());
    if (state == TileState::Unknown) {
        return; // an empty well: never a spinner over a picture
    }
    const int side = m_theme->px(kIcon * 2);
    QRect icon(0, 0, side, side);
    icon.moveCenter(square.center());
    const QString name = state == TileState::Missing ? QStringLiteral("file-earmark-x")
                         : hasPicture                ? QStringLiteral("image")
                                                     : QStringLiteral("fonts");
    painter.drawPixmap(icon, m_theme->pixmap(name, state == TileState::Missing ? Token::Flag : Token::Text2, side,
                                             painter.device()->devicePixelRatioF()));
}

void ReviewTileDelegate::paintFacts(QPainter& painter, const QRect& facts, const QModelIndex& index) const
{
    const auto state = static_cast<TileState>(index.data(ReviewListModel::StateRole).toInt());
    const auto band = static_cast<Verdict>(index.data(ReviewListModel::BandRole).toInt());
    const bool decided = state == TileState::Decided;
    const QRect upper(facts.left(), facts.top() + m_theme->px(4), facts.width(), m_theme->px(kLineHeight));
    const QRect lower = upper.translated(0, m_theme->px(kLineHeight));

    QRect words = upper;
    if (decided || band != Verdict::None) {
        const VerdictStyle style =
            decided ? VerdictStyle{QStringLiteral("check2"), Token::Text2} : verdictStyle(ItemState::Scored, band);
        const int side = m_theme->px(kIcon);
        const QRect icon(upper.left(), upper.center().y() - side / 2, side, side);
        painter.drawPixmap(icon, m_theme->pixmap(style.icon, style.color, side, painter.device()->devicePixelRatioF()));
        words.setLeft(icon.right() + m_theme->px(5));
        painter.setFont(m_theme->font(TypeRole::Secondary));
        painter.setPen(m_theme->color(style.color));
        painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft,
                         decided ? tr("Decided", "an item") : verdictWord(band));
    }
    const int marker = m_theme->px(kMarker);
    QRectF place(upper.right() - marker, upper.center().y() - marker / 2.0, marker, marker);
    const auto classes = index.data(ReviewListModel::ClassesRole).value<QVector<TileClass>>();
    for (const TileClass& one : std::ranges::reverse_view(classes)) { // the highest stands at the left
        m_theme->paintClassMarker(painter, place, one.label);
        place.translate(-marker - m_theme->px(5), 0);
    }
    painter.setFont(m_theme->font(TypeRole::MonoSmall));
    painter.setPen(m_theme->color(Token::Text2));
    painter.drawText(lower, Qt::AlignVCenter | Qt::AlignLeft, index.data().toString());
}

void ReviewTileDelegate::paintMark(QPainter& painter, const QRect& square) const
{
    const int side = m_theme->px(kMark);
    const QRect corner(square.right() - side - m_theme->px(4), square.top() + m_theme->px(5), side, side);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme->color(Token::Surface));
    painter.drawEllipse(QRectF(corner).adjusted(-2, -2, 2, 2));
    painter.drawPixmap(corner, m_theme->pixmap(QStringLiteral("check-circle-fill"), Token::Accent, side,
                                               painter.device()->devicePixelRatioF()));
}

} // namespace modscope::ui
