#include "ui/widgets/drop_zone.h"

#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <utility>

namespace modscope::ui {

namespace {

constexpr int kFanTop = 28;
constexpr int kFanHeight = 96; // above the title, kept free for the pictures
constexpr int kPadding = 28;
constexpr int kFanSide = 78;

QPen dashed(const QColor& color, qreal width)
{
    QPen pen(color, width, Qt::CustomDashLine, Qt::RoundCap);
    pen.setDashPattern({4, 4});
    return pen;
}

} // namespace

DropZone::DropZone(const Theme* theme, const QString& title, const QString& detail, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_buttons(new QHBoxLayout)
{
    auto* titleLabel = new QLabel(title);
    setRole(titleLabel, "emptyTitle");
    titleLabel->setAlignment(Qt::AlignHCenter);
    auto* detailLabel = new QLabel(detail);
    setRole(detailLabel, "subtitle");
    detailLabel->setAlignment(Qt::AlignHCenter);
    detailLabel->setWordWrap(true);
    m_buttons->setSpacing(10);
    m_buttons->addStretch();
    m_buttons->addStretch();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, kPadding, 24, 20);
    column->setSpacing(6);
    column->addWidget(titleLabel);
    column->addWidget(detailLabel);
    column->addSpacing(8);
    column->addLayout(m_buttons);
}

void DropZone::addButton(QWidget* button)
{
    m_buttons->insertWidget(m_buttons->count() - 1, button);
}

void DropZone::setPictures(std::vector<QPixmap> pictures)
{
    m_pictures = std::move(pictures);
    layout()->setContentsMargins(24, m_pictures.empty() ? kPadding : kFanHeight + kPadding, 24, 20);
    update();
}

void DropZone::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.setPen(dashed(m_theme->color(Token::Accent), m_theme->px(2)));
    painter.setBrush(m_theme->color(Token::AccentSoft));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5), m_theme->px(12), m_theme->px(12));
    paintFan(painter);
}

void DropZone::paintFan(QPainter& painter) const
{
    struct Leaf {
        double angle;
        double across; ///< of a side
        double down;
    };
    constexpr std::array kLeaves{Leaf{-9, -0.78, 0.08}, Leaf{8, 0.78, 0.08}, Leaf{0, 0, 0}};
    const double side = m_theme->px(kFanSide);
    const double rim = m_theme->px(3);
    for (std::size_t i = 0; i < std::min(m_pictures.size(), kLeaves.size()); ++i) {
        painter.save();
        painter.translate(width() / 2.0 + kLeaves[i].across * side,
                          m_theme->px(kFanTop) + side / 2 + kLeaves[i].down * side);
        painter.rotate(kLeaves[i].angle);
        const QRectF picture(-side / 2, -side / 2, side, side);
        painter.setPen(QPen(m_theme->color(Token::Line), 1));
        painter.setBrush(m_theme->color(Token::Surface));
        painter.drawRoundedRect(picture.adjusted(-rim, -rim, rim, rim), rim, rim);
        painter.drawPixmap(picture, m_pictures[i], QRectF(m_pictures[i].rect()));
        painter.restore();
    }
}

DropStrip::DropStrip(const Theme* theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Drop pictures, folders or a CSV, or open them"));
    setToolTip(accessibleName());
}

QSize DropStrip::sizeHint() const
{
    return {m_theme->px(240), m_theme->px(48)};
}

QSize DropStrip::minimumSizeHint() const
{
    return {m_theme->px(52), m_theme->px(48)};
}

void DropStrip::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(dashed(m_theme->color(hasFocus() ? Token::Accent : Token::Line2), hasFocus() ? 2 : 1.2));
    painter.setBrush(underMouse() ? m_theme->color(Token::Sunken) : m_theme->color(Token::Surface));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), m_theme->px(8), m_theme->px(8));

    painter.setFont(m_theme->font(TypeRole::Secondary));
    painter.setPen(m_theme->color(Token::Text2));
    const int icon = m_theme->px(14);
    const int gap = m_theme->px(6);
    const int room = width() - icon - gap - m_theme->px(16);
    const auto text = painter.fontMetrics().elidedText(tr("Drop pictures, folders or a CSV"), Qt::ElideRight, room);
    const int textWidth = painter.fontMetrics().horizontalAdvance(text);
    const int left = (width() - icon - gap - textWidth) / 2;
    painter.drawPixmap(QRect(left, (height() - icon) / 2, icon, icon),
                       m_theme->pixmap(QStringLiteral("plus"), Token::Text2, icon, devicePixelRatioF()));
    painter.drawText(QRect(left + icon + gap, 0, textWidth + gap, height()), Qt::AlignVCenter | Qt::AlignLeft, text);
}

void DropStrip::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint())) {
        Q_EMIT clicked();
    }
}

void DropStrip::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Space || event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        Q_EMIT clicked();
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace modscope::ui
