#include "ui/jobs/job.h"

#include <QMetaObject>

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace modscope::ui {

namespace {

constexpr auto kReportInterval = std::chrono::milliseconds(100);

} // namespace

// Shared between the owner and the worker; the owner lets go of it when the worker has left or has been waited for.
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
    m_live.push_back(current);
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
            QMetaObject::invokeMethod(
                this, [this, current] { report(current); }, Qt::QueuedConnection);
        };
        work(current->stop.get_token(), progress);
        // The owner is alive until it has seen `done`: it waits for every live run.
        const std::scoped_lock lock(current->mutex);
        QMetaObject::invokeMethod(
            this, [this, current] { conclude(current); }, Qt::QueuedConnection);
        current->done = true;
        current->left.notify_all();
    });
}

void JobBase::report(const std::shared_ptr<Run>& run)
{
    if (m_run != run) {
        return; // started again meanwhile
    }
    Progress latest;
    {
        const std::scoped_lock lock(run->mutex);
        run->reportQueued = false;
        latest = run->latest;
    }
    Q_EMIT progressed(latest);
}

void JobBase::conclude(const std::shared_ptr<Run>& run)
{
    std::erase(m_live, run);
    if (m_run != run) {
        return; // superseded: its result is dropped
    }
    report(run);
    m_running = false;
    m_run.reset();
    run->deliver();
    Q_EMIT finished();
}

void JobBase::stopAndWait()
{
    m_run.reset();
    m_running = false;
    for (const auto& run : m_live) {
        run->stop.request_stop();
    }
    for (const auto& run : m_live) {
        std::unique_lock lock(run->mutex);
        run->left.wait(lock, [&run] { return run->done; });
    }
    m_live.clear();
}

} // namespace modscope::ui
