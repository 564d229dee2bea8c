#include "ui/widgets/action_button.h"

#include "ui/actions/action_registry.h"
#include "ui/theme/theme.h"
#include "ui/widgets/key_caps.h"

#include <QAction>
#include <QPainter>
#include <QStyleOptionButton>
#include <QStylePainter>

#include <algorithm>

namespace modscope::ui {

namespace {

constexpr int kHeight = 30;
constexpr int kPadding = 12;
constexpr int kIconSize = 16;
constexpr int kIconGap = 8;
constexpr int kKeyGap = 12;
constexpr int kKeyPadding = 8;

} // namespace

ActionButton::ActionButton(const Theme* theme, QAction* action, QWidget* parent)
    : QPushButton(parent), m_theme(theme), m_action(action)
{
    setAutoDefault(false);
    connect(action, &QAction::changed, this, &ActionButton::follow);
    connect(this, &QPushButton::clicked, action, &QAction::trigger);
    follow();
}

void ActionButton::setLabel(const QString& label)
{
    m_label = label;
    follow();
}

void ActionButton::setShowsKey(bool shows)
{
    m_showsKey = shows;
    updateGeometry();
    update();
}

void ActionButton::follow()
{
    const QString label = m_label.isEmpty() ? m_action->text() : m_label;
    setText(label);
    setEnabled(m_action->isEnabled());
    setToolTip(m_action->toolTip());
    const QKeySequence key = m_action->shortcut();
    setAccessibleName(key.isEmpty() ? label : tr("%1, %2", "label, key").arg(label, keyText(key)));
    updateGeometry();
    update();
}

QStringList ActionButton::caps() const
{
    const QKeySequence key = m_action->shortcut();
    return m_showsKey && !key.isEmpty() ? QStringList(keyCaps(key).join(QLatin1Char(' '))) : QStringList();
}

bool ActionButton::isPrimary() const
{
    return property("variant").toString() == QStringLiteral("primary");
}

QFont ActionButton::labelFont() const
{
    return m_theme->font(isPrimary() ? TypeRole::Value : TypeRole::Control);
}

QSize ActionButton::sizeHint() const
{
    int width = 2 * m_theme->px(kPadding) + QFontMetrics(labelFont()).horizontalAdvance(text());
    if (!m_action->icon().isNull()) {
        width += m_theme->px(kIconSize + kIconGap);
    }
    if (const QStringList keys = caps(); !keys.isEmpty()) {
        width += m_theme->px(kKeyGap) + keyCapsWidth(*m_theme, keys) - m_theme->px(kPadding - kKeyPadding);
    }
    return {width, std::max(m_theme->px(kHeight), minimumHeight())};
}

void ActionButton::paintEvent(QPaintEvent* /*event*/)
{
    QStylePainter painter(this);
    QStyleOptionButton option;
    initStyleOption(&option);
    option.text.clear();
    option.icon = {};
    painter.drawControl(QStyle::CE_PushButtonBevel, option);

    const bool primary = isPrimary() && isEnabled();
    const bool quiet = property("variant").toString() == QStringLiteral("quiet");
    const Token token = primary ? Token::OnAccent : !isEnabled() ? Token::Text3 : quiet ? Token::Text2 : Token::Text;
    QRect content = rect().adjusted(m_theme->px(kPadding), 0, -m_theme->px(kPadding), 0);
    const QStringList keys = caps();
    if (!keys.isEmpty()) {
        const QRect keyRect = rect().adjusted(0, 0, -m_theme->px(kKeyPadding), 0);
        paintKeyCaps(painter, *m_theme, keyRect, keys, primary ? CapTone::OnAccent : CapTone::Normal);
        content.setRight(keyRect.right() - keyCapsWidth(*m_theme, keys) - m_theme->px(kKeyGap));
    }
    painter.setFont(labelFont());
    const QString name = m_action->property("iconName").toString();
    const int iconWidth = name.isEmpty() ? 0 : m_theme->px(kIconSize + kIconGap);
    const int labelWidth = QFontMetrics(painter.font()).horizontalAdvance(text());
    // Centred when there is room to spare and no key, as in a row of equal buttons; else from the left.
    int left = content.left();
    if (keys.isEmpty()) {
        left += std::max(0, (content.width() - iconWidth - labelWidth) / 2);
    }
    if (!name.isEmpty()) {
        const int side = m_theme->px(kIconSize);
        painter.drawPixmap(left, (height() - side) / 2, m_theme->pixmap(name, token, side, devicePixelRatioF()));
        left += iconWidth;
    }
    painter.setPen(m_theme->color(token));
    painter.drawText(QRect(left, 0, content.right() + 1 - left, height()), Qt::AlignVCenter | Qt::AlignLeft, text());
}

} // namespace modscope::ui
