#include "ui/widgets/score_delegate.h"

#include "ui/models/score_model.h"
#include "ui/theme/theme.h"

#include <QLocale>
#include <QPainter>
#include <QPainterPath>
#include <QTreeView>

#include <algorithm>
#include <cmath>

namespace modscope::ui {

namespace {

constexpr int kClassHeight = 23;
constexpr int kScoreHeight = 18;
constexpr int kOneLineHeight = 27;
constexpr int kClassWidth = 96;    // of a name before its bar, on one line
constexpr int kLastScoreExtra = 3; // air below a class's last bar
constexpr int kBarHeight = 10;
constexpr double kBelowThresholdAlpha = 0.6;

bool isClassRow(const QModelIndex& index)
{
    return !index.parent().isValid();
}

bool isLastScore(const QModelIndex& index)
{
    return !isClassRow(index) && index.row() + 1 == index.model()->rowCount(index.parent());
}

// Lines or dots over a bar, so that models differ without colour. Drawn by hand: Qt's brush patterns are made of device
// pixels and vanish on fine screens.
void paintTexture(QPainter& painter, const QRectF& bar, int model, const QColor& color, qreal step)
{
    painter.setPen(QPen(color, step * 0.42));
    const auto lines = [&](qreal slant) {
        for (qreal x = bar.left() - bar.height(); x < bar.right() + bar.height(); x += step) {
            painter.drawLine(QPointF(x, bar.bottom()), QPointF(x + slant, bar.top()));
        }
    };
    switch (model) {
    case 1:
        lines(bar.height());
        break;
    case 2:
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        for (qreal x = bar.left() + step / 2; x < bar.right(); x += step) {
            painter.drawEllipse(QPointF(x, bar.center().y() - step / 4), step * 0.26, step * 0.26);
            painter.drawEllipse(QPointF(x + step / 2, bar.center().y() + step / 3), step * 0.26, step * 0.26);
        }
        break;
    default:
        lines(bar.height());
        lines(-bar.height());
        break;
    }
}

} // namespace

ScoreDelegate::ScoreDelegate(const Theme* theme, QObject* parent) : QStyledItemDelegate(parent), m_theme(theme) {}

QSize ScoreDelegate::sizeHint(const QStyleOptionViewItem& /*option*/, const QModelIndex& index) const
{
    if (m_oneLine) {
        return {0, m_theme->px(kOneLineHeight)};
    }
    if (isClassRow(index)) {
        return {0, m_theme->px(kClassHeight)};
    }
    return {0, m_theme->px(kScoreHeight) + (isLastScore(index) ? m_theme->px(kLastScoreExtra) : 0)};
}

int ScoreDelegate::nameWidth(const QRect& row) const
{
    return m_oneLine ? std::clamp(row.width() * 28 / 100, m_theme->px(kClassWidth / 2), m_theme->px(kClassWidth)) : 0;
}

ScoreColumns ScoreDelegate::columns(const QRect& row) const
{
    ScoreColumns columns;
    columns.barLeft = row.left() + m_theme->px(24) + nameWidth(row);
    columns.flagLeft = row.right() - m_theme->px(18);
    columns.thresholdRight = columns.flagLeft - m_theme->px(8);
    columns.scoreRight = columns.thresholdRight - m_theme->px(38);
    columns.barRight = columns.scoreRight - m_theme->px(46);
    return columns;
}

void ScoreDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintBackground(*painter, option, index);
    // Branches are not drawn: every row spans the whole width, whatever its depth.
    QRect row = option.rect;
    if (const auto* view = qobject_cast<const QTreeView*>(option.widget)) {
        row.setLeft(0);
        row.setRight(view->viewport()->width() - 1);
    }
    if (isClassRow(index)) {
        paintClass(*painter, row, index);
        if (m_oneLine) {
            paintScore(*painter, row, index.model()->index(0, 0, index));
        }
    } else {
        row.setHeight(m_theme->px(kScoreHeight));
        paintScore(*painter, row, index);
    }
    painter->restore();
}

// A class and its models are one block: all of it shows the selection.
void ScoreDelegate::paintBackground(QPainter& painter,
                                    const QStyleOptionViewItem& option,
                                    const QModelIndex& index) const
{
    const auto* view = qobject_cast<const QTreeView*>(option.widget);
    const QModelIndex classRow = isClassRow(index) ? index : index.parent();
    const QModelIndex current = view != nullptr ? view->currentIndex() : QModelIndex();
    if (!current.isValid() || (current != classRow && current.parent() != classRow)) {
        return;
    }
    QRectF block(0, option.rect.top(), view->viewport()->width(), option.rect.height());
    const qreal radius = m_theme->px(5);
    painter.setClipRect(block);
    block.adjust(0, isClassRow(index) ? 0 : -2 * radius, 0, isLastScore(index) || m_oneLine ? 0 : 2 * radius);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme->color(Token::AccentSoft));
    painter.drawRoundedRect(block, radius, radius);
    painter.setClipping(false);
}

void ScoreDelegate::paintClass(QPainter& painter, const QRect& row, const QModelIndex& index) const
{
    const int side = m_theme->px(11);
    const QRectF marker(row.left() + m_theme->px(7), row.center().y() - side / 2.0 + 1, side, side);
    m_theme->paintClassMarker(painter, marker, index.data(ScoreModel::SlotRole).toInt());
    painter.setFont(m_theme->font(TypeRole::Control));
    painter.setPen(m_theme->color(Token::Text));
    QRect text = row.adjusted(m_theme->px(24), m_oneLine ? 0 : m_theme->px(2), -m_theme->px(8), 0);
    if (m_oneLine) {
        text.setWidth(nameWidth(row) - m_theme->px(8));
    }
    painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeading,
                     painter.fontMetrics().elidedText(index.data().toString(), Qt::ElideMiddle, text.width()));
}

void ScoreDelegate::paintScore(QPainter& painter, const QRect& row, const QModelIndex& index) const
{
    const ScoreColumns at = columns(row);
    if (!m_oneLine) {
        painter.setFont(m_theme->font(TypeRole::Small));
        painter.setPen(m_theme->color(Token::Text2));
        painter.drawText(QRect(row.left() + m_theme->px(7), row.top(), m_theme->px(14), row.height()),
                         Qt::AlignVCenter | Qt::AlignLeading, index.data().toString());
    }

    const int height = m_theme->px(kBarHeight);
    paintBar(painter, QRectF(at.barLeft, row.top() + (row.height() - height) / 2.0, at.barRight - at.barLeft, height),
             index);
    paintNumbers(painter, row, at, index);
}

void ScoreDelegate::paintNumbers(QPainter& painter,
                                 const QRect& row,
                                 const ScoreColumns& at,
                                 const QModelIndex& index) const
{
    const bool flagged = index.data(ScoreModel::FlaggedRole).toBool();
    const QLocale locale;
    const auto number = [&locale](float value, int digits) {
        return locale.toString(static_cast<double>(value), 'f', digits);
    };
    QFont font = m_theme->font(TypeRole::Mono);
    font.setWeight(flagged ? QFont::Bold : QFont::Normal);
    painter.setFont(font);
    painter.setPen(m_theme->color(flagged ? Token::Text : Token::Text2));
    painter.drawText(QRect(at.barRight, row.top(), at.scoreRight - at.barRight, row.height()),
                     Qt::AlignVCenter | Qt::AlignRight, number(index.data(ScoreModel::ProbabilityRole).toFloat(), 2));
    painter.setFont(m_theme->font(TypeRole::MonoSmall));
    painter.setPen(m_theme->color(Token::Text2));
    const bool raw = !index.data(ScoreModel::CalibratedRole).toBool();
    const auto beside = m_showsLogits ? number(index.data(ScoreModel::LogitRole).toFloat(), 1)
                        : raw         ? tr("raw", "a score whose threshold is only a default")
                                      : number(index.data(ScoreModel::ThresholdRole).toFloat(), 2);
    painter.drawText(QRect(at.scoreRight, row.top(), at.thresholdRight - at.scoreRight, row.height()),
                     Qt::AlignVCenter | Qt::AlignRight, beside);
    if (flagged) {
        const int side = m_theme->px(13);
        const QRect icon(at.flagLeft, row.center().y() - side / 2, side, side);
        painter.drawPixmap(icon, m_theme->pixmap(QStringLiteral("flag-fill"), Token::Flag, side,
                                                 painter.device()->devicePixelRatioF()));
    }
}

void ScoreDelegate::paintBar(QPainter& painter, const QRectF& track, const QModelIndex& index) const
{
    const qreal radius = m_theme->px(3);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme->color(Token::Track));
    painter.drawRoundedRect(track, radius, radius);

    QRectF bar = track;
    bar.setWidth(track.width() * std::clamp(index.data(ScoreModel::ProbabilityRole).toDouble(), 0.0, 1.0));
    QColor color = m_theme->classColor(index.data(ScoreModel::SlotRole).toInt());
    if (!index.data(ScoreModel::FlaggedRole).toBool()) {
        color.setAlphaF(static_cast<float>(kBelowThresholdAlpha));
    }
    QPainterPath shape;
    shape.addRoundedRect(bar, std::min(radius, bar.width() / 2), radius);
    painter.save();
    painter.setClipPath(shape);
    const int model = index.data(ScoreModel::ModelRole).toInt();
    QColor fill = color;
    if (model > 0) {
        fill.setAlphaF(color.alphaF() * 0.45F);
    }
    painter.fillRect(bar, fill);
    if (model > 0) {
        paintTexture(painter, bar, model, color, m_theme->px(4.2));
    }
    painter.restore();
    paintThreshold(painter, track, index.data(ScoreModel::ThresholdRole).toDouble());
}

void ScoreDelegate::paintThreshold(QPainter& painter, const QRectF& track, double threshold) const
{
    const qreal x = track.left() + track.width() * std::clamp(threshold, 0.0, 1.0);
    const qreal out = m_theme->px(3);
    const auto tick = [&](qreal width) {
        return QRectF(std::round(x - width / 2), track.top() - out, width, track.height() + 2 * out);
    };
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.fillRect(tick(4), m_theme->color(Token::Surface)); // a halo, so that it is seen on its own colour
    painter.fillRect(tick(2), m_theme->color(Token::Text));
    painter.setRenderHint(QPainter::Antialiasing);
}

} // namespace modscope::ui
