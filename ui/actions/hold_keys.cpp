#include "ui/actions/hold_keys.h"

#include "ui/actions/action_registry.h"

#include <QAbstractButton>
#include <QApplication>
#include <QKeyEvent>
#include <QKeySequence>
#include <QWidget>

#include <algorithm>
#include <utility>

namespace modscope::ui {

HoldKeys::HoldKeys(const ActionRegistry* registry, QStringList ids, QWidget* page)
    : QObject(page), m_registry(registry), m_ids(std::move(ids)), m_page(page)
{
    QCoreApplication::instance()->installEventFilter(this);
}

bool HoldKeys::eventFilter(QObject* watched, QEvent* event)
{
    const bool away = event->type() == QEvent::ApplicationDeactivate ||
                      (event->type() == QEvent::WindowDeactivate && watched == m_page->window()) ||
                      (event->type() == QEvent::Hide && watched == m_page);
    if (away) {
        releaseAll();
    } else if (event->type() == QEvent::KeyPress && watched->isWidgetType()) {
        return press(watched, *static_cast<QKeyEvent*>(event));
    } else if (event->type() == QEvent::KeyRelease && watched->isWidgetType()) {
        return release(*static_cast<QKeyEvent*>(event));
    }
    return false;
}

bool HoldKeys::press(QObject* target, const QKeyEvent& event)
{
    if (m_down.contains(event.key())) {
        return true; // a repeat, or the way up through the parents
    }
    const bool inFront = m_page->isVisible() && m_page->window()->isActiveWindow() &&
                         QApplication::activePopupWidget() == nullptr && QApplication::activeModalWidget() == nullptr;
    if (!inFront || event.isAutoRepeat() || isTextField(target)) {
        return false;
    }
    if (event.key() == Qt::Key_Space && qobject_cast<QAbstractButton*>(target) != nullptr) {
        return false; // a focused button is pressed with it
    }
    const QKeySequence key(event.keyCombination());
    const auto id = std::find_if(m_ids.begin(), m_ids.end(), [&](const QString& one) {
        return m_registry->isActive(m_registry->spec(one)) && m_registry->key(one) == key;
    });
    if (id == m_ids.end()) {
        return false;
    }
    m_down.insert(event.key(), *id);
    Q_EMIT pressed(*id);
    return true;
}

bool HoldKeys::release(const QKeyEvent& event)
{
    if (!m_down.contains(event.key())) {
        return false;
    }
    if (!event.isAutoRepeat()) {
        Q_EMIT released(m_down.take(event.key()));
    }
    return true;
}

void HoldKeys::releaseAll()
{
    const QHash<int, QString> down = std::exchange(m_down, {});
    for (const QString& id : down) {
        Q_EMIT released(id);
    }
}

} // namespace modscope::ui
