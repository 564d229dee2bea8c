#include "ui/widgets/header_bar.h"

#include "ui/actions/action_registry.h"
#include "ui/theme/theme.h"
#include "ui/widgets/action_button.h"
#include "ui/widgets/key_caps.h"

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

#include <utility>

namespace modscope::ui {

namespace {

constexpr int kHeaderHeight = 52;

/// Looks like a search field and opens the palette, where the typing happens.
class SearchButton final : public QAbstractButton {
public:
    SearchButton(const Theme* theme, QAction* palette) : m_theme(theme), m_palette(palette)
    {
        setText(ActionRegistry::tr("Search or run a command"));
        setFocusPolicy(Qt::TabFocus);
        setAttribute(Qt::WA_Hover);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        setMinimumWidth(160);
        setMaximumWidth(300);
        connect(this, &QAbstractButton::clicked, palette, &QAction::trigger);
        connect(palette, &QAction::changed, this, &SearchButton::follow);
        follow();
    }

    [[nodiscard]] QSize sizeHint() const override { return {m_theme->px(300), m_theme->px(30)}; }

protected:
    void paintEvent(QPaintEvent* /*event*/) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(m_theme->color(Token::Line2));
        painter.setBrush(m_theme->color(underMouse() ? Token::Sunken : Token::Surface));
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), m_theme->px(6.0), m_theme->px(6.0));
        const int side = m_theme->px(14);
        painter.drawPixmap(m_theme->px(10), (height() - side) / 2,
                           m_theme->pixmap(QStringLiteral("search"), Token::Text2, side, devicePixelRatioF()));
        const QStringList caps{keyCaps(m_palette->shortcut()).join(QLatin1Char(' '))};
        const QRect keys = rect().adjusted(0, 0, -m_theme->px(6), 0);
        paintKeyCaps(painter, *m_theme, keys, caps, CapTone::Normal);
        painter.setFont(m_theme->font(TypeRole::Body));
        painter.setPen(m_theme->color(Token::Text3));
        QRect label = rect().adjusted(m_theme->px(32), 0, 0, 0);
        label.setRight(keys.right() - keyCapsWidth(*m_theme, caps) - m_theme->px(6));
        painter.drawText(label, Qt::AlignVCenter,
                         QFontMetrics(painter.font()).elidedText(text(), Qt::ElideRight, label.width()));
    }

private:
    void follow()
    {
        setToolTip(m_palette->toolTip());
        setAccessibleName(ActionRegistry::tr("%1, %2", "label, key").arg(text(), keyText(m_palette->shortcut())));
        update();
    }

    const Theme* m_theme;
    QAction* m_palette;
};

} // namespace

HeaderBar::HeaderBar(const Theme* theme, const ActionRegistry* registry, QAction* palette, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_registry(registry), m_title(new QLabel), m_subtitle(new QLabel),
      m_search(new SearchButton(theme, palette)), m_buttons(new QHBoxLayout)
{
    setAccessibleName(tr("Header"));
    setFixedHeight(kHeaderHeight);
    setRole(m_title, "title");
    setRole(m_subtitle, "subtitle");
    m_subtitle->setMinimumWidth(0);
    m_subtitle->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_buttons->setSpacing(10);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(20, 0, 16, 0);
    row->setSpacing(10);
    row->addWidget(m_title);
    row->addWidget(m_subtitle, 1);
    row->addWidget(m_search, 1);
    row->addLayout(m_buttons);
}

void HeaderBar::setTitle(const QString& title, const QString& subtitle)
{
    m_title->setText(title);
    m_subtitleText = subtitle;
    elideSubtitle();
}

void HeaderBar::setActions(const QList<HeaderAction>& actions)
{
    const auto same = [](const HeaderAction& a, const HeaderAction& b) {
        return a.actionId == b.actionId && a.primary == b.primary;
    };
    if (std::equal(actions.begin(), actions.end(), m_shown.begin(), m_shown.end(), same)) {
        return; // keep the buttons, one of them may have the focus
    }
    m_shown = actions;
    while (QLayoutItem* item = m_buttons->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const HeaderAction& action : actions) {
        auto* button = new ActionButton(m_theme, m_registry->action(action.actionId));
        if (action.primary) {
            setVariant(button, "primary");
        }
        m_buttons->addWidget(button);
    }
}

void HeaderBar::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.fillRect(0, height() - 1, width(), 1, m_theme->color(Token::Line));
}

void HeaderBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    elideSubtitle();
}

void HeaderBar::elideSubtitle()
{
    const QString shown =
        QFontMetrics(m_subtitle->font()).elidedText(m_subtitleText, Qt::ElideMiddle, m_subtitle->width());
    m_subtitle->setText(shown);
    m_subtitle->setToolTip(shown == m_subtitleText ? QString() : m_subtitleText);
}

} // namespace modscope::ui
