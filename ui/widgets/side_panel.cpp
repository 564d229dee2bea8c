#include "ui/widgets/side_panel.h"

#include "ui/theme/theme.h"
#include "ui/widgets/key_caps.h"
#include "ui/widgets/shadow.h"

#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace modscope::ui {

namespace {

constexpr int kMinimumWidth = 460;
constexpr double kRadius = 12;

} // namespace

SidePanel::SidePanel(const Theme* theme, QWidget* over)
    : QWidget(over), m_theme(theme), m_head(new QHBoxLayout), m_body(new QVBoxLayout(this))
{
    setFocusPolicy(Qt::StrongFocus);
    m_head->setContentsMargins(21, 14, 16, 8);
    m_head->setSpacing(10);
    m_body->setContentsMargins(kShadowWidth, kShadowWidth, kShadowWidth, kShadowWidth + 8);
    m_body->setSpacing(0);
    m_body->addLayout(m_head);
    over->installEventFilter(this);
    hide();
}

void SidePanel::endHead()
{
    m_head->addWidget(new KeyCaps(m_theme, QKeySequence(Qt::Key_Escape)));
}

void SidePanel::open()
{
    m_focusBefore = QApplication::focusWidget();
    place();
    show();
    raise();
    setFocus(Qt::ShortcutFocusReason);
}

void SidePanel::close()
{
    if (!isVisible()) {
        return;
    }
    hide();
    if (m_focusBefore) {
        m_focusBefore->setFocus(Qt::OtherFocusReason);
    }
    Q_EMIT closed();
}

void SidePanel::place()
{
    const QRect over = parentWidget()->rect();
    const int wide = std::min(over.width(), std::max(m_theme->px(kMinimumWidth), over.width() / 2));
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    setGeometry(mirrored ? 0 : over.width() - wide, 0, wide, over.height());
}

bool SidePanel::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parent() && event->type() == QEvent::Resize && isVisible()) {
        place();
    }
    return QWidget::eventFilter(watched, event);
}

void SidePanel::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    paintRaised(painter, *m_theme, rect(), m_theme->px(kRadius));
}

} // namespace modscope::ui
