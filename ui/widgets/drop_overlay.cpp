#include "ui/widgets/drop_overlay.h"

#include "ui/theme/theme.h"

#include <QPainter>

namespace modscope::ui {

namespace {

constexpr int kInset = 12;

} // namespace

DropOverlay::DropOverlay(const Theme* theme, QWidget* window) : QWidget(window), m_theme(theme)
{
    setAttribute(Qt::WA_TransparentForMouseEvents); // the window goes on receiving the drag
    hide();
}

void DropOverlay::showOffer(const DropOffer& offer)
{
    m_offer = offer;
    setAccessibleName(offer.text);
    setGeometry(parentWidget()->rect());
    show();
    raise();
    update();
}

void DropOverlay::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor veil = m_theme->color(Token::Window);
    veil.setAlphaF(0.86F);
    painter.fillRect(rect(), veil);
    const QColor edge = m_theme->color(m_offer.accepted ? Token::Accent : Token::Flag);
    const qreal inset = m_theme->px(kInset);
    painter.setPen(QPen(edge, 2, Qt::DashLine));
    QColor fill = m_theme->color(m_offer.accepted ? Token::AccentSoft : Token::FlagSoft);
    fill.setAlphaF(0.7F);
    painter.setBrush(fill);
    const QRectF box = QRectF(rect()).adjusted(inset, inset, -inset, -inset);
    painter.drawRoundedRect(box, m_theme->px(12.0), m_theme->px(12.0));

    const int side = m_theme->px(32);
    const QPointF centre = box.center();
    painter.drawPixmap(QPointF(centre.x() - side / 2.0, centre.y() - side - m_theme->px(6)),
                       m_theme->pixmap(m_offer.accepted ? QStringLiteral("box-arrow-down") : QStringLiteral("x-circle"),
                                       m_offer.accepted ? Token::Accent : Token::Flag, side, devicePixelRatioF()));
    painter.setFont(m_theme->font(TypeRole::EmptyTitle));
    painter.setPen(m_theme->color(m_offer.accepted ? Token::Text : Token::Flag));
    const QRectF text(box.left() + inset, centre.y() + m_theme->px(6), box.width() - 2 * inset, m_theme->px(80));
    painter.drawText(text, Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, m_offer.text);
}

} // namespace modscope::ui
