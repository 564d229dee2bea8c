#include "ui/widgets/priority_card.h"

#include "ui/theme/theme.h"
#include "ui/widgets/card.h"

#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace modscope::ui {

namespace {

constexpr int kStackHeight = 11;
constexpr int kLegendLine = 19;
constexpr int kLegendColumns = 2;
constexpr int kSwatch = 9;

QString twoDecimals(double value)
{
    return QLocale().toString(value, 'f', 2);
}

} // namespace

PriorityBar::PriorityBar(const Theme* theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void PriorityBar::setParts(std::vector<PriorityPart> parts)
{
    m_parts = std::move(parts);
    QStringList spoken;
    for (const PriorityPart& part : m_parts) {
        spoken << tr("%1 %2", "name and number").arg(part.name, twoDecimals(part.share));
    }
    setAccessibleName(spoken.join(tr(", ")));
    updateGeometry();
    update();
}

QSize PriorityBar::sizeHint() const
{
    const auto lines = (static_cast<int>(m_parts.size()) + kLegendColumns - 1) / kLegendColumns;
    return {m_theme->px(220), m_theme->px(kStackHeight + 6 + lines * kLegendLine)};
}

QSize PriorityBar::minimumSizeHint() const
{
    return {m_theme->px(160), sizeHint().height()};
}

// Paler from part to part; gaps and the legend's order tell them apart as well.
QColor PriorityBar::partColour(std::size_t part) const
{
    QColor colour = m_theme->color(Token::Info);
    colour.setAlphaF(1 - 0.18F * static_cast<float>(part));
    return colour;
}

void PriorityBar::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRect track(0, 0, width(), m_theme->px(kStackHeight));
    QPainterPath outline;
    outline.addRoundedRect(track, m_theme->px(3), m_theme->px(3));
    painter.fillPath(outline, m_theme->color(Token::Track));
    painter.save();
    painter.setClipPath(outline);
    double from = 0;
    for (std::size_t i = 0; i < m_parts.size(); ++i) {
        const QRectF part(from * width(), 0, m_parts[i].share * width(), track.height());
        const QRect place = QStyle::visualRect(layoutDirection(), track, part.adjusted(0, 0, -1, 0).toRect());
        painter.fillRect(place, partColour(i));
        from += m_parts[i].share;
    }
    painter.restore();
    paintLegend(painter);
}

void PriorityBar::paintLegend(QPainter& painter) const
{
    const int columnWidth = width() / kLegendColumns;
    for (std::size_t i = 0; i < m_parts.size(); ++i) {
        const int column = static_cast<int>(i) % kLegendColumns;
        const int line = static_cast<int>(i) / kLegendColumns;
        const QRect cell(column * columnWidth, m_theme->px(kStackHeight + 6 + line * kLegendLine),
                         columnWidth - m_theme->px(12), m_theme->px(kLegendLine));
        const auto mirrored = [&](const QRect& place) { return QStyle::visualRect(layoutDirection(), rect(), place); };
        const int side = m_theme->px(kSwatch);
        painter.fillRect(mirrored(QRect(cell.left(), cell.center().y() - side / 2, side, side)), partColour(i));
        painter.setFont(m_theme->font(TypeRole::MonoSmall));
        const QString number = twoDecimals(m_parts[i].share);
        const int numberWidth = painter.fontMetrics().horizontalAdvance(number);
        painter.setPen(m_theme->color(Token::Text));
        painter.drawText(mirrored(QRect(cell.right() - numberWidth, cell.top(), numberWidth + 1, cell.height())),
                         Qt::AlignVCenter | Qt::AlignRight, number);
        const QRect name = cell.adjusted(side + m_theme->px(6), 0, -numberWidth - m_theme->px(4), 0);
        painter.setFont(m_theme->font(TypeRole::Secondary));
        painter.setPen(m_theme->color(Token::Text2));
        painter.drawText(mirrored(name), Qt::AlignVCenter | Qt::AlignLeading,
                         painter.fontMetrics().elidedText(m_parts[i].name, Qt::ElideMiddle, name.width()));
    }
}

PriorityCard::PriorityCard(const Theme* theme, QWidget* parent)
    : QWidget(parent), m_total(new QLabel), m_bar(new PriorityBar(theme))
{
    auto* card = new Card(tr("Why it is next"));
    setRole(m_total, "mono");
    card->addTitleWidget(m_total);
    card->body()->addWidget(m_bar);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(card);
    hide();
}

void PriorityCard::setPriority(const Priority& priority, const QueueOrder& order)
{
    const auto parts = priorityParts(priority, order);
    m_total->setText(twoDecimals(priority.total));
    m_bar->setParts(parts);
    setVisible(!parts.empty() && priority.total > 0);
}

} // namespace modscope::ui
