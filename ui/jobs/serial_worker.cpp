#include "ui/jobs/serial_worker.h"

namespace modscope::ui {

SerialWorker::SerialWorker(QObject* owner) : m_there(std::make_unique<QObject>()), m_here(std::make_unique<QObject>())
{
    m_here->moveToThread(owner->thread());
    m_there->moveToThread(&m_thread);
    m_thread.setObjectName(QStringLiteral("review store"));
    m_thread.start();
}

// What was asked runs before the end of the thread: quit() stands behind it in the thread's queue of events.
SerialWorker::~SerialWorker()
{
    QMetaObject::invokeMethod(
        m_there.get(), [this] { m_thread.quit(); }, Qt::QueuedConnection);
    m_thread.wait();
}

} // namespace modscope::ui
