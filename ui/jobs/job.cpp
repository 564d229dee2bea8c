#include "ui/jobs/job.h"

#include <QMetaObject>

#include <chrono>
#include <condition_variable>
#include <exception>

namespace modscope::ui {

namespace {

constexpr auto kReportInterval = std::chrono::milliseconds(100);

} // namespace

// Shared between the owner and the worker; the owner lets go of it when it starts again or is destroyed.
struct JobBase::Run {
    std::stop_source stop;
    std::function<void()> deliver;
    std::mutex mutex;
    std::condition_variable left;
    bool done = false;
    bool reportQueued = false;
    Progress latest;
    std::chrono::steady_clock::time_point lastReport{};
};

JobBase::JobBase(QThreadPool* pool, QObject* parent) : QObject(parent), m_pool(pool) {}

JobBase::~JobBase()
{
    stopAndWait();
}

void JobBase::cancel()
{
    if (m_run) {
        m_run->stop.request_stop();
    }
}

void JobBase::run(Work work, std::function<void()> deliver)
{
    cancel();
    auto current = std::make_shared<Run>();
    current->deliver = std::move(deliver);
    m_run = current;
    m_running = true;
    m_pool->start([this, current, work = std::move(work)] {
        const ProgressFn progress = [this, &current](const Progress& value) {
            const std::scoped_lock lock(current->mutex);
            current->latest = value;
            const auto now = std::chrono::steady_clock::now();
            if (current->reportQueued || now - current->lastReport < kReportInterval) {
                return;
            }
            current->reportQueued = true;
            current->lastReport = now;
            QMetaObject::invokeMethod(this, [this, current] { report(current); }, Qt::QueuedConnection);
        };
        work(current->stop.get_token(), progress);
        const std::scoped_lock lock(current->mutex);
        QMetaObject::invokeMethod(
            this,
            [this, current] {
                if (m_run != current) {
                    return; // started again meanwhile
                }
                report(current);
                m_running = false;
                m_run.reset();
                current->deliver();
                Q_EMIT finished();
            },
            Qt::QueuedConnection);
        current->done = true;
        current->left.notify_all();
    });
}

void JobBase::report(const std::shared_ptr<Run>& run)
{
    if (m_run != run) {
        return;
    }
    Progress latest;
    {
        const std::scoped_lock lock(run->mutex);
        run->reportQueued = false;
        latest = run->latest;
    }
    Q_EMIT progressed(latest);
}

void JobBase::stopAndWait()
{
    const auto run = std::exchange(m_run, nullptr);
    if (!run) {
        return;
    }
    run->stop.request_stop();
    std::unique_lock lock(run->mutex);
    run->left.wait(lock, [&run] { return run->done; });
    m_running = false;
}

} // namespace modscope::ui
