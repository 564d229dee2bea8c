#include "ui/widgets/toast.h"

#include "ui/theme/theme.h"
#include "ui/widgets/action_button.h"
#include "ui/widgets/shadow.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

#include <chrono>

namespace modscope::ui {

namespace {

constexpr auto kShownFor = std::chrono::seconds(4);
constexpr int kBottom = 44; ///< above the status line

} // namespace

Toast::Toast(const Theme* theme, QWidget* parent)
    : QFrame(parent), m_theme(theme), m_text(new QLabel), m_row(new QHBoxLayout(this))
{
    m_row->setContentsMargins(kShadowWidth + 14, kShadowWidth + 6, kShadowWidth + 8, kShadowWidth + 6);
    m_row->setSpacing(12);
    m_row->addWidget(m_text);
    m_text->setMinimumHeight(30);
    m_timer.setSingleShot(true);
    m_timer.setInterval(kShownFor);
    connect(&m_timer, &QTimer::timeout, this, &QWidget::hide);
    parent->installEventFilter(this);
    hide();
}

void Toast::showText(const QString& text, QAction* action)
{
    m_text->setText(text);
    setAccessibleName(text);
    if (m_button) {
        m_button->deleteLater();
        m_button = nullptr;
    }
    if (action) {
        m_button = new ActionButton(m_theme, action);
        setVariant(m_button, "quiet");
        m_row->addWidget(m_button);
    }
    show();
    raise();
    place();
    m_timer.start();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

bool Toast::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parent() && event->type() == QEvent::Resize && isVisible()) {
        place();
    }
    return QFrame::eventFilter(watched, event);
}

void Toast::place()
{
    adjustSize();
    move((parentWidget()->width() - width()) / 2, parentWidget()->height() - m_theme->px(kBottom) - height());
}

void Toast::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    paintRaised(painter, *m_theme, rect(), m_theme->px(8.0));
}

} // namespace modscope::ui
