#include "ui/widgets/mode_rail.h"

#include "ui/actions/action_registry.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QAction>
#include <QButtonGroup>
#include <QFontMetrics>
#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace modscope::ui {

namespace {

constexpr int kRailWidth = 76;
constexpr int kButtonHeight = 56;
constexpr int kIconSize = 20;
constexpr int kLogoSize = 28;

/// Icon above label; painted, because the bar at the edge stands outside the filled part.
class RailButton final : public QAbstractButton {
public:
    /// The tooltip and the accessible name follow the action's key.
    RailButton(const Theme* theme, const QString& label, QString iconName, QAction* action)
        : m_theme(theme), m_iconName(std::move(iconName))
    {
        setText(label);
        const auto follow = [this, action] {
            const QString key = keyText(action->shortcut());
            setToolTip(action->toolTip());
            m_key = key;
            describe();
        };
        connect(action, &QAction::changed, this, follow);
        follow();
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
        setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    }

    [[nodiscard]] QSize sizeHint() const override { return {m_theme->px(kRailWidth), m_theme->px(kButtonHeight)}; }

    void setBadge(const QString& badge)
    {
        if (badge != m_badge) {
            m_badge = badge;
            describe();
            update();
        }
    }

protected:
    void paintEvent(QPaintEvent* /*event*/) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const bool on = isChecked();
        const QRect fill = rect().adjusted(m_theme->px(8), 0, -m_theme->px(8), 0);
        if (on || underMouse()) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(m_theme->color(on ? Token::AccentSoft : Token::Track));
            painter.drawRoundedRect(fill, m_theme->px(6.0), m_theme->px(6.0));
        }
        if (on) {
            const int width = m_theme->px(3);
            const int left = layoutDirection() == Qt::RightToLeft ? rect().right() + 1 - width : 0;
            painter.setPen(Qt::NoPen);
            painter.setBrush(m_theme->color(Token::Accent));
            painter.drawRoundedRect(QRectF(left, m_theme->px(14), width, height() - m_theme->px(28)), 1.5, 1.5);
        }
        const Token token = on ? Token::Accent : Token::Text2;
        const int side = m_theme->px(kIconSize);
        painter.drawPixmap((width() - side) / 2, m_theme->px(9),
                           m_theme->pixmap(m_iconName, token, side, devicePixelRatioF()));
        QFont font = m_theme->font(TypeRole::Small);
        font.setWeight(on ? QFont::DemiBold : QFont::Medium);
        painter.setFont(font);
        painter.setPen(m_theme->color(token));
        const QRect label(0, m_theme->px(33), width(), m_theme->px(18));
        const QString shown = QFontMetrics(font).elidedText(text(), Qt::ElideMiddle, width() - m_theme->px(4));
        painter.drawText(label, Qt::AlignCenter, shown);
        if (!m_badge.isEmpty()) {
            paintBadge(painter);
        }
    }

private:
    void describe()
    {
        QStringList words{text()};
        for (const QString& more : {m_key, m_badge.isEmpty() ? QString() : ModeRail::tr("%1 waiting").arg(m_badge)}) {
            if (!more.isEmpty()) {
                words << more;
            }
        }
        setAccessibleName(words.join(QStringLiteral(", ")));
    }

    void paintBadge(QPainter& painter) const
    {
        QFont font = m_theme->font(TypeRole::Small);
        font.setWeight(QFont::DemiBold);
        const int high = m_theme->px(16);
        const int wide = std::max(high, QFontMetrics(font).horizontalAdvance(m_badge) + m_theme->px(10));
        const bool mirrored = layoutDirection() == Qt::RightToLeft;
        const int left = mirrored ? m_theme->px(10) : width() - m_theme->px(10) - wide;
        const QRect pill(left, m_theme->px(4), wide, high);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme->color(Token::Accent));
        painter.drawRoundedRect(pill, high / 2.0, high / 2.0);
        painter.setFont(font);
        painter.setPen(m_theme->color(Token::OnAccent));
        painter.drawText(pill, Qt::AlignCenter, m_badge);
    }

    const Theme* m_theme;
    QString m_iconName;
    QString m_key;
    QString m_badge;
};

/// The mark of the program: a lens over a line.
void paintLogo(QPainter& painter, const Theme& theme, const QRectF& box)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(Token::Accent));
    painter.drawRoundedRect(box, box.width() * 0.25, box.width() * 0.25);
    painter.setBrush(Qt::NoBrush);
    const qreal side = box.width();
    painter.setPen(QPen(theme.color(Token::OnAccent), side * 0.086, Qt::SolidLine, Qt::RoundCap));
    const QPointF centre = box.center();
    painter.drawEllipse(centre, side * 0.258, side * 0.258);
    const QPointF outer(0, side * 0.328);
    const QPointF inner(0, side * 0.156);
    painter.drawLine(centre - outer, centre - inner);
    painter.drawLine(centre + inner, centre + outer);
}

} // namespace

ModeRail::ModeRail(const Theme* theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_group(new QButtonGroup(this)), m_column(new QVBoxLayout(this))
{
    setAccessibleName(tr("Pages"));
    setFixedWidth(kRailWidth);
    m_column->setContentsMargins(0, 60, 0, 8);
    m_column->setSpacing(6);
    m_column->addStretch();
    connect(m_group, &QButtonGroup::idClicked, this, &ModeRail::chosen);
}

void ModeRail::addMode(int id, const QString& label, const QString& iconName, QAction* action, Place place)
{
    auto* button = new RailButton(m_theme, label, iconName, action);
    button->setCheckable(true);
    m_group->addButton(button, id);
    m_column->insertWidget(place == Place::Top ? m_topCount++ : m_column->count() - m_commandCount, button);
}

void ModeRail::addCommand(const QString& label, const QString& iconName, QAction* action)
{
    auto* button = new RailButton(m_theme, label, iconName, action);
    connect(button, &QAbstractButton::clicked, action, &QAction::trigger);
    m_column->addWidget(button);
    ++m_commandCount;
}

void ModeRail::setCurrent(int id)
{
    if (QAbstractButton* button = m_group->button(id)) {
        button->setChecked(true);
    }
}

void ModeRail::setBadge(int id, const QString& badge)
{
    if (auto* button = static_cast<RailButton*>(m_group->button(id))) {
        button->setBadge(badge);
    }
}

void ModeRail::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme->color(Token::Rail));
    const int edge = layoutDirection() == Qt::RightToLeft ? 0 : width() - 1;
    painter.fillRect(edge, 0, 1, height(), m_theme->color(Token::Line));
    painter.setRenderHint(QPainter::Antialiasing);
    const int side = m_theme->px(kLogoSize);
    const int left = (width() - side) / 2;
    paintLogo(painter, *m_theme, QRectF(left, m_theme->px(14), side, side));
}

void ModeRail::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Down) {
        focusNextChild();
    } else if (event->key() == Qt::Key_Up) {
        focusPreviousChild();
    } else {
        QWidget::keyPressEvent(event);
    }
}

} // namespace modscope::ui
