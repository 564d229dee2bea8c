#include "ui/widgets/focus_ring.h"

#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QEvent>
#include <QLineEdit>

namespace modscope::ui {

FocusRing::FocusRing(QWidget* window) : QFocusFrame(window), m_window(window)
{
    qApp->installEventFilter(this);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget* /*old*/, QWidget* now) { follow(now); });
}

bool FocusRing::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress && !m_keyboard) {
        m_keyboard = true;
    } else if (event->type() == QEvent::MouseButtonPress && m_keyboard) {
        m_keyboard = false;
        setWidget(nullptr);
    }
    return QFocusFrame::eventFilter(watched, event);
}

void FocusRing::follow(QWidget* focused)
{
    const bool ownBorder = qobject_cast<QLineEdit*>(focused) || qobject_cast<QAbstractSpinBox*>(focused) ||
                           qobject_cast<QComboBox*>(focused) || qobject_cast<QAbstractScrollArea*>(focused);
    const bool ringed = m_keyboard && focused && !ownBorder && focused->window() == m_window;
    setWidget(ringed ? focused : nullptr);
}

} // namespace modscope::ui
