#pragma once

#include <QObject>
#include <QThread>

#include <memory>
#include <utility>

namespace modscope::ui {

/// A thread that does one thing after the other, for what must stay on one thread (a review store). Answers arrive on
/// the owner's thread. Destruction waits for what was asked and drops the answers.
class SerialWorker final {
public:
    /// @param owner  outlives the worker
    explicit SerialWorker(QObject* owner);
    ~SerialWorker();
    SerialWorker(const SerialWorker&) = delete;
    SerialWorker& operator=(const SerialWorker&) = delete;

    /// Runs `work()` after everything asked before, then `done(its result)` on the owner's thread.
    template <typename Work, typename Done>
    void ask(Work work, Done done)
    {
        QMetaObject::invokeMethod(
            m_there.get(),
            [receiver = m_here.get(), work = std::move(work), done = std::move(done)]() mutable {
                auto result = work();
                QMetaObject::invokeMethod(
                    receiver,
                    [result = std::move(result), done = std::move(done)]() mutable { done(std::move(result)); },
                    Qt::QueuedConnection);
            },
            Qt::QueuedConnection);
    }

private:
    QThread m_thread;
    std::unique_ptr<QObject> m_there; ///< lives on the thread; work runs in its events
    std::unique_ptr<QObject> m_here;  ///< lives on the owner's thread; answers that wait die with it
};

} // namespace modscope::ui
