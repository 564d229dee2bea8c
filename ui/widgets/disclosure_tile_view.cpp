// How a DisclosureTile is painted and touched; when it opens and covers is in disclosure_tile.cpp.
#include "ui/theme/theme.h"
#include "ui/widgets/disclosure_tile.h"

#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace modscope::ui {

namespace {

constexpr int kWellRadius = 8;
constexpr int kTileRadius = 5;
constexpr double kRingWidth = 2.5;
constexpr double kRingGap = 4;
constexpr double kRimWidth = 3; // around the lens, so that it stands out from any picture
constexpr int kFullCircle = 360 * 16;
constexpr int kTwelveOClock = 90 * 16;

} // namespace

void DisclosureTile::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const qreal radius = m_theme->px(kWellRadius);
    painter.setPen(QPen(m_theme->color(hasFocus() ? Token::Accent : Token::Line), hasFocus() ? 2 : 1));
    painter.setBrush(m_theme->color(Token::Sunken));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), radius, radius);
    if (hasTile()) {
        paintTile(painter);
    } else {
        paintPictureMessage(painter, *m_theme, rect(), m_messageIcon, m_message);
    }
}

void DisclosureTile::paintTile(QPainter& painter) const
{
    const QRectF tile = tileRect();
    QPainterPath outline;
    outline.addRoundedRect(tile, m_theme->px(kTileRadius), m_theme->px(kTileRadius));
    painter.save();
    painter.setClipPath(outline);
    const double opacity = revealOpacity();
    if (opacity < 1 || !m_whole) {
        painter.drawImage(tile, m_covered);
    }
    if (m_revealed) {
        if (!m_whole) {
            QPainterPath lens;
            lens.addEllipse(lensRect());
            painter.setClipPath(lens, Qt::IntersectClip);
        }
        painter.setOpacity(opacity);
        const auto& levels = m_colour ? m_picture.levels : m_picture.greyLevels;
        painter.drawImage(tile, levelFor(levels, tile.width() * devicePixelRatioF()));
    }
    painter.restore();
    if (m_revealed) {
        paintRing(painter);
    }
}

// What is left of the eight seconds, clockwise from the top: around the lens, or in a corner of the whole picture.
void DisclosureTile::paintRing(QPainter& painter) const
{
    const qreal width = m_theme->px(kRingWidth);
    QRectF ring = lensRect();
    if (m_whole) {
        const qreal side = m_theme->px(24);
        ring = QRectF(tileRect().right() - side - m_theme->px(8), tileRect().top() + m_theme->px(8), side, side);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme->color(Token::Raised));
        painter.drawEllipse(ring.adjusted(-4, -4, 4, 4));
    } else {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(m_theme->color(Token::Surface), m_theme->px(kRimWidth)));
        painter.drawEllipse(ring);
        const qreal out = m_theme->px(kRingGap);
        ring.adjust(-out, -out, out, out);
    }
    const double left = 1 - static_cast<double>(m_clock.elapsed() - m_openedAt) / kRevealLimitMs;
    painter.setPen(QPen(m_theme->color(Token::Accent), width, Qt::SolidLine, Qt::RoundCap));
    painter.drawArc(ring, kTwelveOClock, -static_cast<int>(std::clamp(left, 0.0, 1.0) * kFullCircle));
}

void DisclosureTile::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    layoutSentence();
    m_meter.setArea(m_clock.elapsed(), openArea());
}

void DisclosureTile::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && tileRect().contains(event->position())) {
        beginHold();
        setLensCentre(event->position());
    } else if (event->button() == Qt::RightButton && m_revealed) {
        setColour(true);
    }
}

void DisclosureTile::mouseMoveEvent(QMouseEvent* event)
{
    if (m_revealed) { // following the pointer while open; being pointed at never opens
        setLensCentre(event->position());
    }
}

void DisclosureTile::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton) {
        endHold();
    } else if (event->button() == Qt::RightButton) {
        setColour(false);
    }
}

// The right button is colour while the picture is open, not a menu.
void DisclosureTile::contextMenuEvent(QContextMenuEvent* event)
{
    event->setAccepted(m_revealed);
}

void DisclosureTile::keyPressEvent(QKeyEvent* event)
{
    const bool repeated = event->isAutoRepeat();
    switch (event->key()) {
    case Qt::Key_Space:
        if (!repeated) {
            beginHold();
        }
        return;
    case Qt::Key_C:
        if (!repeated && m_revealed) {
            setColour(true);
        }
        return;
    case Qt::Key_Left:
        moveLens(-1, 0);
        return;
    case Qt::Key_Right:
        moveLens(1, 0);
        return;
    case Qt::Key_Up:
        moveLens(0, -1);
        return;
    case Qt::Key_Down:
        moveLens(0, 1);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void DisclosureTile::keyReleaseEvent(QKeyEvent* event)
{
    if (event->isAutoRepeat()) {
        return;
    }
    if (event->key() == Qt::Key_Space) {
        endHold();
    } else if (event->key() == Qt::Key_C) {
        setColour(false);
    } else {
        QWidget::keyReleaseEvent(event);
    }
}

void DisclosureTile::focusOutEvent(QFocusEvent* event)
{
    coverAgain();
    QWidget::focusOutEvent(event);
    update();
}

void DisclosureTile::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (hasTile()) {
        m_meter.showCover();
    }
}

void DisclosureTile::hideEvent(QHideEvent* event)
{
    coverAgain();
    QWidget::hideEvent(event);
}

void DisclosureTile::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::ActivationChange && !isActiveWindow()) {
        coverAgain();
    }
    QWidget::changeEvent(event);
}

} // namespace modscope::ui
