#include "ui/widgets/picture_canvas.h"

#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <utility>

namespace modscope::ui {

namespace {

constexpr int kMargin = 14; // between the well's edge and a fitted picture
constexpr double kSmallestZoom = 0.02;
constexpr double kLargestZoom = 16;
constexpr double kZoomStep = 1.2;

} // namespace

PictureCanvas::PictureCanvas(const Theme* theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    m_revealLimit.setSingleShot(true);
    m_revealLimit.setInterval(kRevealLimitMs);
    connect(&m_revealLimit, &QTimer::timeout, this, &PictureCanvas::coverAgain);
    describe();
}

void PictureCanvas::setPicture(CanvasPicture picture)
{
    coverAgain();
    m_picture = std::move(picture);
    m_message.clear();
    m_overlay = {};
    m_fitted = true;
    m_offset = {};
    describe();
    update();
}

void PictureCanvas::setMessage(const QString& icon, const QString& text)
{
    setPicture({});
    m_messageIcon = icon;
    m_message = text;
    describe();
}

void PictureCanvas::setGrey(bool grey)
{
    m_grey = grey;
    update();
}

void PictureCanvas::setCovered(bool covered)
{
    coverAgain();
    m_covered = covered;
    describe();
    update();
}

void PictureCanvas::setOverlay(const QImage& cells, const QRectF& area)
{
    m_overlay = cells;
    m_overlayArea = area;
    update();
}

void PictureCanvas::setOverlayOpacity(double opacity)
{
    m_overlayOpacity = opacity;
    update();
}

void PictureCanvas::setFitted(bool fitted)
{
    m_fitted = fitted;
    m_zoom = 1;
    m_offset = {};
    update();
}

double PictureCanvas::zoom() const
{
    return m_fitted ? fitZoom() : m_zoom;
}

void PictureCanvas::reveal()
{
    if (!m_covered || m_picture.levels.empty()) {
        return;
    }
    m_revealed = true;
    m_revealLimit.start();
    describe();
    update();
}

void PictureCanvas::coverAgain()
{
    if (std::exchange(m_revealed, false)) {
        m_revealLimit.stop();
        describe();
        repaint(); // now, not when the event loop comes round to it
    }
}

// Never enlarges a small picture to fill the canvas: 100 % is the most that fitting gives, at twice for tiny ones.
double PictureCanvas::fitZoom() const
{
    if (m_picture.size.isEmpty()) {
        return 1;
    }
    const double room = m_theme->px(2 * kMargin);
    const double ratio = devicePixelRatioF();
    const double across = (width() - room) * ratio / m_picture.size.width();
    const double down = (height() - room) * ratio / m_picture.size.height();
    return std::max(kSmallestZoom, std::min({across, down, 2.0 * ratio}));
}

QRectF PictureCanvas::pictureRect() const
{
    const QSizeF shown = QSizeF(m_picture.size) * (zoom() / devicePixelRatioF());
    QRectF rect(QPointF(), shown);
    rect.moveCenter(QRectF(this->rect()).center() + (m_fitted ? QPointF() : m_offset));
    return rect;
}

void PictureCanvas::setZoom(double zoom, const QPointF& around)
{
    const double before = this->zoom();
    const QPointF centre = QRectF(rect()).center() + (m_fitted ? QPointF() : m_offset);
    m_zoom = std::clamp(zoom, kSmallestZoom, kLargestZoom * devicePixelRatioF());
    const QPointF moved = around + (centre - around) * (m_zoom / before); // what is under the pointer stays there
    m_offset = moved - QRectF(rect()).center();
    m_fitted = false;
    update();
}

void PictureCanvas::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const qreal radius = m_theme->px(8);
    QPainterPath well;
    well.addRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    painter.fillPath(well, m_theme->color(Token::Sunken));
    if (m_picture.levels.empty()) {
        paintPictureMessage(painter, *m_theme, rect(), m_messageIcon, m_message);
    } else {
        painter.setClipPath(well);
        const QRectF picture = pictureRect();
        const auto& levels = m_grey ? m_picture.greyLevels : m_picture.levels;
        painter.drawImage(picture,
                          showsCover() ? m_picture.covered : levelFor(levels, picture.width() * devicePixelRatioF()));
        if (!showsCover()) {
            paintOverlay(painter, picture);
        }
        painter.setClipping(false);
        paintChips(painter);
    }
    painter.setPen(QPen(m_theme->color(hasFocus() ? Token::Accent : Token::Line), hasFocus() ? 2 : 1));
    painter.drawPath(well);
}

void PictureCanvas::paintOverlay(QPainter& painter, const QRectF& picture) const
{
    if (m_overlay.isNull()) {
        return;
    }
    const QRectF area(picture.left() + picture.width() * m_overlayArea.left(),
                      picture.top() + picture.height() * m_overlayArea.top(), picture.width() * m_overlayArea.width(),
                      picture.height() * m_overlayArea.height());
    painter.setOpacity(m_overlayOpacity);
    painter.drawImage(area, m_overlay); // smooth: bilinear between the cells
    painter.setOpacity(1);
}

void PictureCanvas::paintChips(QPainter& painter) const
{
    QStringList chips;
    if (!m_picture.chip.isEmpty()) {
        chips << m_picture.chip;
    }
    if (!m_fitted) {
        chips << QLocale().toString(std::lround(zoom() * 100)) + QStringLiteral(" %");
    }
    if (m_covered) {
        chips << (m_revealed ? tr("Open while held") : tr("Covered · hold Space to look"));
    }
    painter.setFont(m_theme->font(TypeRole::Small));
    int right = width() - m_theme->px(12);
    for (const auto& chip : chips) {
        const int textWidth = painter.fontMetrics().horizontalAdvance(chip);
        const QRect box(right - textWidth - m_theme->px(16), m_theme->px(12), textWidth + m_theme->px(16),
                        m_theme->px(22));
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme->color(Token::Raised));
        painter.drawRoundedRect(box, m_theme->px(5), m_theme->px(5));
        painter.setPen(m_theme->color(Token::Text));
        painter.drawText(box, Qt::AlignCenter, chip);
        right = box.left() - m_theme->px(6);
    }
}

void PictureCanvas::wheelEvent(QWheelEvent* event)
{
    if (!event->modifiers().testFlag(Qt::ControlModifier)) {
        Q_EMIT scrolled(event);
        event->accept();
        return;
    }
    const double notches = event->angleDelta().y() / 120.0;
    setZoom(zoom() * std::pow(kZoomStep, notches), event->position());
    event->accept();
}

void PictureCanvas::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton) {
        return;
    }
    m_dragFrom = event->position();
    reveal();
}

void PictureCanvas::mouseMoveEvent(QMouseEvent* event)
{
    if (!event->buttons().testFlag(Qt::LeftButton) || m_fitted || m_covered) {
        return;
    }
    m_offset += event->position() - m_dragFrom;
    m_dragFrom = event->position();
    update();
}

void PictureCanvas::mouseReleaseEvent(QMouseEvent* /*event*/)
{
    coverAgain();
}

void PictureCanvas::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && !m_covered) {
        Q_EMIT fullSizeWanted();
    }
}

void PictureCanvas::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Space && m_covered) {
        if (!event->isAutoRepeat()) {
            reveal();
        }
        return;
    }
    QWidget::keyPressEvent(event);
}

void PictureCanvas::keyReleaseEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Space && m_covered) {
        if (!event->isAutoRepeat()) {
            coverAgain();
        }
        return;
    }
    QWidget::keyReleaseEvent(event);
}

void PictureCanvas::focusOutEvent(QFocusEvent* event)
{
    coverAgain();
    QWidget::focusOutEvent(event);
    update();
}

void PictureCanvas::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::ActivationChange && !isActiveWindow()) {
        coverAgain();
    }
    QWidget::changeEvent(event);
}

void PictureCanvas::describe()
{
    if (m_picture.levels.empty()) {
        setAccessibleName(m_message.isEmpty() ? tr("No picture") : m_message);
    } else if (showsCover()) {
        setAccessibleName(tr("Picture, covered. Hold Space to reveal."));
    } else {
        setAccessibleName(tr("Picture, %1 by %2 pixels").arg(m_picture.size.width()).arg(m_picture.size.height()));
    }
}

} // namespace modscope::ui
