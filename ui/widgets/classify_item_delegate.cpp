#include "ui/widgets/classify_item_delegate.h"

#include "ui/models/classify_list_model.h"
#include "ui/models/verdict.h"
#include "ui/theme/theme.h"
#include "ui/widgets/verdict_style.h"

#include <QApplication>
#include <QPainter>
#include <QPainterPath>

namespace modscope::ui {

namespace {

constexpr int kRowHeight = 68;
constexpr int kThumbnail = 50;
constexpr int kMargin = 8;
constexpr int kIcon = 13;

} // namespace

ClassifyItemDelegate::ClassifyItemDelegate(const Theme* theme, QObject* parent)
    : QStyledItemDelegate(parent), m_theme(theme)
{}

QSize ClassifyItemDelegate::sizeHint(const QStyleOptionViewItem& /*option*/, const QModelIndex& /*index*/) const
{
    return {m_theme->px(kThumbnail), m_theme->px(kRowHeight)};
}

void ClassifyItemDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const int gap = m_theme->px(kMargin);
    const QRect row = option.rect.adjusted(gap, 2, -gap, -2);
    paintSelection(*painter, row, option);

    const int side = m_theme->px(kThumbnail);
    const QRect thumbnail(row.left() + m_theme->px(10), row.center().y() - side / 2, side, side);
    paintThumbnail(*painter, QStyle::visualRect(option.direction, row, thumbnail), index);

    QRect text(thumbnail.right() + m_theme->px(11), row.top(), 0, row.height());
    text.setRight(row.right() - m_theme->px(8));
    text = QStyle::visualRect(option.direction, row, text);
    const QRect upper(text.left(), text.center().y() - m_theme->px(22), text.width(), m_theme->px(20));
    const QRect lower(text.left(), text.center().y() + m_theme->px(1), text.width(), m_theme->px(20));

    painter->setFont(m_theme->font(TypeRole::Control));
    painter->setPen(m_theme->color(Token::Text));
    const auto name = painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideMiddle, upper.width());
    painter->drawText(upper, Qt::AlignVCenter | Qt::AlignLeading, name);

    const auto state = static_cast<ItemState>(index.data(ClassifyListModel::StateRole).toInt());
    if (state == ItemState::Waiting || state == ItemState::Scoring) {
        paintProgress(*painter, lower, index.data(ClassifyListModel::ProgressRole).toDouble(),
                      state == ItemState::Scoring);
    } else {
        paintVerdict(*painter, lower, index);
    }
    painter->restore();
}

void ClassifyItemDelegate::paintSelection(QPainter& painter, const QRect& row, const QStyleOptionViewItem& option) const
{
    const qreal radius = m_theme->px(6);
    painter.setPen(Qt::NoPen);
    if (option.state.testFlag(QStyle::State_Selected)) {
        painter.setBrush(m_theme->color(Token::AccentSoft));
        painter.drawRoundedRect(row, radius, radius);
        const int bar = m_theme->px(3);
        const int height = m_theme->px(34);
        const QRect edge(row.left(), row.center().y() - height / 2, bar, height); // shape, not colour alone
        painter.setBrush(m_theme->color(Token::Accent));
        painter.drawRoundedRect(QStyle::visualRect(option.direction, row, edge), bar / 2.0, bar / 2.0);
    } else if (option.state.testFlag(QStyle::State_MouseOver)) {
        painter.setBrush(m_theme->color(Token::Sunken));
        painter.drawRoundedRect(row, radius, radius);
    }
    if (option.state.testFlag(QStyle::State_HasFocus) && option.state.testFlag(QStyle::State_KeyboardFocusChange)) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(m_theme->color(Token::Accent), 2));
        painter.drawRoundedRect(QRectF(row).adjusted(1, 1, -1, -1), radius, radius);
    }
}

void ClassifyItemDelegate::paintThumbnail(QPainter& painter, const QRect& rect, const QModelIndex& index) const
{
    const qreal radius = m_theme->px(4);
    const auto picture = index.data(ClassifyListModel::ThumbnailRole).value<QPixmap>();
    if (!picture.isNull()) {
        QPainterPath outline;
        outline.addRoundedRect(rect, radius, radius);
        painter.save();
        painter.setClipPath(outline);
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawPixmap(rect, picture);
        painter.restore();
        return;
    }
    painter.setPen(m_theme->color(Token::Line));
    painter.setBrush(m_theme->color(Token::Sunken));
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    const auto state = static_cast<ItemState>(index.data(ClassifyListModel::StateRole).toInt());
    const bool failed = state == ItemState::Failed;
    const bool hasPicture = index.data(ClassifyListModel::HasPictureRole).toBool();
    const QString name = failed       ? QStringLiteral("file-earmark-x")
                         : hasPicture ? QStringLiteral("image")
                                      : QStringLiteral("fonts");
    const int side = m_theme->px(20);
    QRect icon(0, 0, side, side);
    icon.moveCenter(rect.center());
    painter.drawPixmap(
        icon, m_theme->pixmap(name, failed ? Token::Flag : Token::Text2, side, painter.device()->devicePixelRatioF()));
}

void ClassifyItemDelegate::paintProgress(QPainter& painter, const QRect& line, double answered, bool working) const
{
    const int height = m_theme->px(6);
    const QRectF track(line.left(), line.center().y() - height / 2.0, line.width(), height);
    QRectF done = track;
    done.setWidth(track.width() * answered);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme->color(Token::Track));
    painter.drawRoundedRect(track, height / 2.0, height / 2.0);
    if (working) { // how far is not known: stripes, no length
        painter.setBrush(QBrush(m_theme->color(Token::Accent), Qt::BDiagPattern));
        painter.drawRoundedRect(track, height / 2.0, height / 2.0);
    }
    painter.setBrush(m_theme->color(Token::Accent));
    painter.drawRoundedRect(done, height / 2.0, height / 2.0);
}

void ClassifyItemDelegate::paintVerdict(QPainter& painter, const QRect& line, const QModelIndex& index) const
{
    const auto state = static_cast<ItemState>(index.data(ClassifyListModel::StateRole).toInt());
    const auto verdict = static_cast<Verdict>(index.data(ClassifyListModel::VerdictRole).toInt());
    const VerdictStyle style = verdictStyle(state, verdict);
    const auto direction = QApplication::layoutDirection();
    const int side = m_theme->px(kIcon);
    const QRect icon(line.left(), line.center().y() - side / 2, side, side);
    painter.drawPixmap(QStyle::visualRect(direction, line, icon),
                       m_theme->pixmap(style.icon, style.color, side, painter.device()->devicePixelRatioF()));

    QRect rest = line.adjusted(side + m_theme->px(5), 0, 0, 0);
    if (const auto word = verdictWord(verdict); !word.isEmpty()) {
        QFont bold = m_theme->font(TypeRole::Secondary);
        bold.setWeight(QFont::DemiBold);
        painter.setFont(bold);
        painter.setPen(m_theme->color(style.color));
        painter.drawText(QStyle::visualRect(direction, line, rest), Qt::AlignVCenter | Qt::AlignLeading, word);
        rest.setLeft(rest.left() + painter.fontMetrics().horizontalAdvance(word) + m_theme->px(8));
    }
    painter.setFont(m_theme->font(TypeRole::Secondary));
    painter.setPen(m_theme->color(Token::Text2));
    const auto summary = painter.fontMetrics().elidedText(index.data(ClassifyListModel::SummaryRole).toString(),
                                                          Qt::ElideRight, rest.width());
    painter.drawText(QStyle::visualRect(direction, line, rest), Qt::AlignVCenter | Qt::AlignLeading, summary);
}

} // namespace modscope::ui
