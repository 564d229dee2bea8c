#include "ui/widgets/action_delegate.h"

#include "ui/actions/action_list_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/key_caps.h"

#include <QPainter>
#include <QTextLayout>

#include <algorithm>

namespace modscope::ui {

namespace {

constexpr int kHeadingHeight = 28;
constexpr int kInset = 8; ///< of the selection from the list's edge
constexpr int kPadding = 13;
constexpr int kIconSize = 16;

const ActionRow& rowOf(const QModelIndex& index)
{
    return static_cast<const ActionListModel*>(index.model())->row(index);
}

/// Draws the name with its hits in bold accent; @return the width used.
int drawName(QPainter& painter, const Theme& theme, const QRect& rect, const ActionRow& row)
{
    QTextLayout layout(row.text, theme.font(TypeRole::Control));
    QList<QTextLayout::FormatRange> formats;
    QTextCharFormat plain;
    plain.setForeground(theme.color(row.available ? Token::Text : Token::Text3));
    formats.append({0, static_cast<int>(row.text.size()), plain});
    QTextCharFormat bold;
    bold.setFontWeight(QFont::Bold);
    bold.setForeground(theme.color(row.available ? Token::Accent : Token::Text2));
    for (const int hit : row.hits) {
        formats.append({hit, 1, bold});
    }
    layout.setFormats(formats);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    line.setNumColumns(static_cast<int>(row.text.size()));
    layout.endLayout();
    layout.draw(&painter, QPointF(rect.left(), rect.top() + (rect.height() - line.height()) / 2));
    return qCeil(line.naturalTextWidth());
}

} // namespace

ActionDelegate::ActionDelegate(const Theme* theme, int rowHeight, QObject* parent)
    : QStyledItemDelegate(parent), m_theme(theme), m_rowHeight(rowHeight)
{}

QSize ActionDelegate::sizeHint(const QStyleOptionViewItem& /*option*/, const QModelIndex& index) const
{
    return {m_theme->px(200), m_theme->px(rowOf(index).isHeading() ? kHeadingHeight : m_rowHeight)};
}

void ActionDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const ActionRow& row = rowOf(index);
    const Theme& theme = *m_theme;
    QRect content = option.rect.adjusted(theme.px(kInset + kPadding), 0, -theme.px(kInset + kPadding), 0);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (row.isHeading()) {
        QFont font = theme.font(TypeRole::Small);
        font.setWeight(QFont::DemiBold);
        painter->setFont(font);
        painter->setPen(theme.color(Token::Text2));
        painter->drawText(content.adjusted(0, theme.px(6), 0, 0), Qt::AlignVCenter | Qt::AlignLeft, row.text);
        painter->restore();
        return;
    }
    const bool lit = index.row() == m_litRow;
    if (lit || option.state & QStyle::State_Selected) {
        const QRect fill = option.rect.adjusted(theme.px(kInset), 1, -theme.px(kInset), -1);
        painter->setPen(Qt::NoPen);
        painter->setBrush(theme.color(lit ? Token::ClearSoft : Token::AccentSoft));
        painter->drawRoundedRect(fill, theme.px(6.0), theme.px(6.0));
        painter->setBrush(theme.color(lit ? Token::Clear : Token::Accent));
        painter->drawRoundedRect(
            QRectF(fill.left(), fill.top() + theme.px(6), theme.px(3), fill.height() - theme.px(12)), 1.5, 1.5);
    }
    const int side = theme.px(kIconSize);
    if (!row.icon.isEmpty()) {
        const Token token = !row.available ? Token::Text3 : Token::Text2;
        painter->drawPixmap(content.left(), content.center().y() - side / 2,
                            theme.pixmap(row.icon, token, side, painter->device()->devicePixelRatioF()));
    }
    content.setLeft(content.left() + side + theme.px(11));
    paintKeyCaps(*painter, theme, content, row.caps, CapTone::Normal);
    content.setRight(content.right() - keyCapsWidth(theme, row.caps) - theme.px(10));
    const int nameWidth = drawName(*painter, theme, content, row);
    content.setLeft(content.left() + nameWidth + theme.px(12));
    painter->setFont(theme.font(TypeRole::Secondary));
    painter->setPen(theme.color(Token::Text2));
    painter->drawText(
        content, Qt::AlignVCenter | Qt::AlignLeft,
        QFontMetrics(painter->font()).elidedText(row.detail, Qt::ElideRight, std::max(0, content.width())));
    painter->restore();
}

} // namespace modscope::ui
