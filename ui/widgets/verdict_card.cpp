#include "ui/widgets/verdict_card.h"

#include "ui/theme/theme.h"

#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QVBoxLayout>

namespace modscope::ui {

namespace {

constexpr int kIcon = 20;

} // namespace

VerdictCard::VerdictCard(const Theme* theme, QWidget* parent)
    : QFrame(parent), m_theme(theme), m_title(new QLabel), m_reason(new QLabel)
{
    m_title->setWordWrap(true);
    m_reason->setWordWrap(true);
    m_reason->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(50, 10, 14, 11);
    column->setSpacing(1);
    column->addWidget(m_title);
    column->addWidget(m_reason);
    connect(theme, &Theme::changed, this, &VerdictCard::colour);
}

QString VerdictCard::title() const
{
    return m_title->text();
}

QString VerdictCard::reason() const
{
    return m_reason->text();
}

void VerdictCard::setVerdict(ItemState state, Verdict verdict, const QString& title, const QString& reason)
{
    m_style = verdictStyle(state, verdict);
    m_title->setText(title);
    m_reason->setText(reason);
    m_reason->setVisible(!reason.isEmpty());
    setAccessibleName(title);
    setAccessibleDescription(reason);
    colour();
}

void VerdictCard::colour()
{
    QPalette palette = m_title->palette();
    palette.setColor(QPalette::WindowText, m_theme->color(m_style.color));
    m_title->setPalette(palette);
    QFont font = m_theme->font(TypeRole::Value);
    m_title->setFont(font);
    m_reason->setFont(m_theme->font(TypeRole::Secondary));
    update();
}

void VerdictCard::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath shape;
    shape.addRoundedRect(rect(), m_theme->px(8), m_theme->px(8));
    painter.fillPath(shape, m_theme->color(m_style.soft));
    painter.setClipPath(shape);
    const int edge = m_theme->px(4);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    painter.fillRect(QRect(mirrored ? width() - edge : 0, 0, edge, height()), m_theme->color(m_style.color));
    const int side = m_theme->px(kIcon);
    const int left = m_theme->px(18);
    painter.drawPixmap(QRect(mirrored ? width() - left - side : left, (height() - side) / 2, side, side),
                       m_theme->pixmap(m_style.icon, m_style.color, side, devicePixelRatioF()));
}

} // namespace modscope::ui
