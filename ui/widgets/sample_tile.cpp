#include "ui/widgets/sample_tile.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>

#include <utility>

namespace modscope::ui {

namespace {

constexpr int kPadding = 8;
constexpr int kCaption = 34;
constexpr int kSmallest = 84;
constexpr int kUsual = 138;

} // namespace

SampleTile::SampleTile(const Theme* theme, QPixmap picture, const QString& title, QWidget* parent)
    : QAbstractButton(parent), m_theme(theme), m_picture(std::move(picture))
{
    setText(title);
    setAccessibleName(tr("Score the sample %1").arg(title));
    setToolTip(accessibleName());
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

QSize SampleTile::sizeHint() const
{
    const int width = m_theme->px(kUsual);
    return {width, heightForWidth(width)};
}

QSize SampleTile::minimumSizeHint() const
{
    const int width = m_theme->px(kSmallest);
    return {width, heightForWidth(width)};
}

int SampleTile::heightForWidth(int width) const
{
    return width - m_theme->px(kPadding) + m_theme->px(kCaption);
}

void SampleTile::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const bool marked = underMouse() || hasFocus();
    painter.setPen(QPen(m_theme->color(marked ? Token::Accent : Token::Line), hasFocus() ? 2 : 1));
    painter.setBrush(m_theme->color(isDown() ? Token::Sunken : Token::Surface));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), m_theme->px(8), m_theme->px(8));

    const int padding = m_theme->px(kPadding);
    const QRect picture(padding, padding, width() - 2 * padding, height() - m_theme->px(kCaption) - padding);
    if (m_picture.isNull()) {
        painter.fillRect(picture, m_theme->color(Token::Sunken));
        painter.setFont(m_theme->font(TypeRole::Secondary));
        painter.setPen(m_theme->color(Token::Text2));
        painter.drawText(picture.adjusted(padding, 0, -padding, 0), Qt::AlignCenter | Qt::TextWordWrap, text());
    } else {
        QPainterPath outline;
        outline.addRoundedRect(picture, m_theme->px(4), m_theme->px(4));
        painter.setClipPath(outline);
        painter.drawPixmap(picture, m_picture);
        painter.setClipping(false);
    }
    painter.setFont(m_theme->font(TypeRole::Secondary));
    painter.setPen(m_theme->color(Token::Text));
    const QRect caption(padding + m_theme->px(4), picture.bottom(), picture.width() - m_theme->px(4),
                        m_theme->px(kCaption));
    const auto title = m_picture.isNull() ? tr("Text only") : text();
    painter.drawText(caption, Qt::AlignVCenter | Qt::AlignLeading,
                     painter.fontMetrics().elidedText(title, Qt::ElideRight, caption.width()));
}

} // namespace modscope::ui
