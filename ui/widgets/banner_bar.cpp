#include "ui/widgets/banner_bar.h"

#include "ui/actions/action_registry.h"
#include "ui/theme/theme.h"
#include "ui/widgets/action_button.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QToolButton>

#include <algorithm>

namespace modscope::ui {

namespace {

struct BannerLook {
    Token color;
    Token soft;
    const char* icon;
};

BannerLook look(BannerKind kind)
{
    switch (kind) {
    case BannerKind::Error:
        return {Token::Flag, Token::FlagSoft, "exclamation-octagon-fill"};
    case BannerKind::Attention:
        return {Token::Review, Token::ReviewSoft, "exclamation-triangle-fill"};
    case BannerKind::Info:
        break;
    }
    return {Token::Info, Token::InfoSoft, "info-circle-fill"};
}

} // namespace

BannerBar::BannerBar(const Theme* theme, const ActionRegistry* registry, QWidget* parent)
    : QFrame(parent), m_theme(theme), m_registry(registry), m_icon(new QLabel), m_text(new QLabel), m_place(new QLabel),
      m_buttons(new QHBoxLayout), m_close(new QToolButton)
{
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::RichText);
    setRole(m_place, "secondary");
    m_close->setIcon(theme->icon(QStringLiteral("x-lg")));
    m_close->setAccessibleName(tr("Close this message"));
    m_close->setToolTip(m_close->accessibleName());
    m_buttons->setSpacing(8);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(18, 6, 10, 6);
    row->setSpacing(10);
    row->addWidget(m_icon);
    row->addWidget(m_text, 1);
    row->addWidget(m_place);
    row->addLayout(m_buttons);
    row->addWidget(m_close);
    connect(m_close, &QToolButton::clicked, this, [this] { withdraw(QString(current().id)); });
    connect(theme, &Theme::changed, this, &BannerBar::showFirst);
    hide();
}

void BannerBar::raiseBanner(const Banner& banner)
{
    std::erase_if(m_banners, [&banner](const Banner& other) { return other.id == banner.id; });
    const auto lessUrgent = std::find_if(m_banners.begin(), m_banners.end(),
                                         [&banner](const Banner& other) { return other.kind < banner.kind; });
    m_banners.insert(lessUrgent, banner);
    showFirst();
}

void BannerBar::withdraw(const QString& id)
{
    std::erase_if(m_banners, [&id](const Banner& banner) { return banner.id == id; });
    showFirst();
}

void BannerBar::showFirst()
{
    setVisible(!m_banners.empty());
    if (m_banners.empty()) {
        return;
    }
    const Banner& banner = current();
    const BannerLook colors = look(banner.kind);
    m_icon->setPixmap(
        m_theme->pixmap(QString::fromLatin1(colors.icon), colors.color, m_theme->px(18), devicePixelRatioF()));
    m_text->setText(
        QStringLiteral("<b style='color:%1'>%2</b>&nbsp; %3")
            .arg(m_theme->color(colors.color).name(), banner.title.toHtmlEscaped(), banner.text.toHtmlEscaped()));
    setAccessibleName(tr("%1 %2", "title of a message, then its text").arg(banner.title, banner.text));
    m_place->setText(tr("1 of %1", "messages waiting").arg(locale().toString(count())));
    m_place->setVisible(count() > 1);
    while (QLayoutItem* item = m_buttons->takeAt(0)) {
        item->widget()->deleteLater(); // its click may be what brought us here
        delete item;
    }
    for (const QString& id : banner.actionIds) {
        m_buttons->addWidget(new ActionButton(m_theme, m_registry->action(id)));
    }
    update();
}

void BannerBar::paintEvent(QPaintEvent* /*event*/)
{
    if (m_banners.empty()) {
        return;
    }
    const BannerLook colors = look(current().kind);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme->color(colors.color));
    painter.drawRoundedRect(rect(), m_theme->px(6.0), m_theme->px(6.0));
    painter.setBrush(m_theme->color(colors.soft));
    painter.drawRoundedRect(rect().adjusted(m_theme->px(4), 0, 0, 0), m_theme->px(6.0), m_theme->px(6.0));
    painter.drawRect(rect().adjusted(m_theme->px(4), 0, -m_theme->px(8), 0));
}

} // namespace modscope::ui
