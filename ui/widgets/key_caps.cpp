#include "ui/widgets/key_caps.h"

#include "ui/actions/action_registry.h"
#include "ui/theme/theme.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>

namespace modscope::ui {

namespace {

constexpr int kCapHeight = 18;
constexpr int kCapPadding = 5;
constexpr int kCapGap = 3;

QFont capFont(const Theme& theme)
{
    QFont font = theme.font(TypeRole::Small);
    font.setWeight(QFont::DemiBold);
    return font;
}

int capWidth(const Theme& theme, const QFontMetrics& metrics, const QString& cap)
{
    return std::max(theme.px(kCapHeight), metrics.horizontalAdvance(cap) + 2 * theme.px(kCapPadding));
}

} // namespace

int keyCapsWidth(const Theme& theme, const QStringList& caps)
{
    const QFontMetrics metrics(capFont(theme));
    int width = 0;
    for (const QString& cap : caps) {
        width += capWidth(theme, metrics, cap) + theme.px(kCapGap);
    }
    return std::max(0, width - theme.px(kCapGap));
}

void paintKeyCaps(QPainter& painter, const Theme& theme, const QRect& rect, const QStringList& caps, CapTone tone)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(capFont(theme));
    const QFontMetrics metrics(painter.font());
    QColor fill = theme.color(Token::Sunken);
    QColor edge = theme.color(Token::Line);
    QColor text = theme.color(Token::Text2);
    if (tone == CapTone::OnAccent) {
        text = theme.color(Token::OnAccent);
        fill = text;
        fill.setAlphaF(0.14F);
        edge = text;
        edge.setAlphaF(0.45F);
    }
    const int height = theme.px(kCapHeight);
    int left = rect.right() + 1 - keyCapsWidth(theme, caps);
    for (const QString& cap : caps) {
        const QRect box(left, rect.center().y() - height / 2, capWidth(theme, metrics, cap), height);
        painter.setPen(edge);
        painter.setBrush(fill);
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), theme.px(4.0), theme.px(4.0));
        painter.setPen(text);
        painter.drawText(box, Qt::AlignCenter, cap);
        left += box.width() + theme.px(kCapGap);
    }
    painter.restore();
}

KeyCaps::KeyCaps(const Theme* theme, const QKeySequence& key, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_caps(keyCaps(key))
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(keyText(key));
}

void KeyCaps::setKey(const QKeySequence& key)
{
    m_caps = keyCaps(key);
    setAccessibleName(keyText(key));
    updateGeometry();
    update();
}

QSize KeyCaps::sizeHint() const
{
    return {keyCapsWidth(*m_theme, m_caps), m_theme->px(kCapHeight)};
}

void KeyCaps::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    paintKeyCaps(painter, *m_theme, rect(), m_caps, CapTone::Normal);
}

} // namespace modscope::ui
