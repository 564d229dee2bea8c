#include "ui/widgets/popover.h"

#include "ui/theme/theme.h"
#include "ui/widgets/shadow.h"

#include <QApplication>
#include <QEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace modscope::ui {

Popover::Popover(const Theme* theme, QWidget* window) : QWidget(window), m_theme(theme)
{
    setFocusPolicy(Qt::NoFocus);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(kShadowWidth + 14, kShadowWidth + 10, kShadowWidth + 14, kShadowWidth + 12);
    qApp->installEventFilter(this);
    hide();
}

QVBoxLayout* Popover::clear(const QString& title)
{
    delete m_content;
    m_content = new QWidget;
    auto* body = new QVBoxLayout(m_content);
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(6);
    auto* heading = new QLabel(title);
    setRole(heading, "cardTitle");
    body->addWidget(heading);
    setAccessibleName(title);
    layout()->addWidget(m_content);
    return body;
}

void Popover::open(QWidget* anchor)
{
    m_anchor = anchor;
    show();
    raise();
    layout()->activate();
    adjustSize();
    const QPoint corner = anchor->mapTo(parentWidget(), QPoint(0, 0));
    const int above = corner.y() - height() + kShadowWidth - m_theme->px(4);
    const int below = corner.y() + anchor->height() - kShadowWidth + m_theme->px(4);
    const int left = std::clamp(corner.x() - kShadowWidth, 0, std::max(0, parentWidget()->width() - width()));
    move(left, above >= 0 ? above : below);
}

void Popover::close()
{
    hide();
    m_anchor = nullptr;
}

bool Popover::eventFilter(QObject* watched, QEvent* event)
{
    if (!isVisible()) {
        return false;
    }
    if (event->type() == QEvent::MouseButtonPress && watched->isWidgetType()) {
        auto* pressed = static_cast<QWidget*>(watched);
        const bool onAnchor = pressed == m_anchor; // its click closes by itself
        if (pressed != this && !isAncestorOf(pressed) && !onAnchor) {
            close();
        }
    } else if (watched == parent() && event->type() == QEvent::Resize) {
        close();
    }
    return false;
}

void Popover::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    paintRaised(painter, *m_theme, rect(), m_theme->px(8.0));
}

} // namespace modscope::ui
