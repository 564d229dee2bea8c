#include "core/nn/worker_pool.h"

#include <utility>

namespace modscope {

namespace {

std::function<void()> takeFirst(std::deque<std::function<void()>>& jobs)
{
    std::function<void()> job = std::move(jobs.front());
    jobs.pop_front();
    return job;
}

} // namespace

WorkerPool::WorkerPool(int workers, int batches) : m_maxBatches(batches)
{
    for (int index = 0; index < workers; ++index) {
        m_workers.emplace_back([this](const std::stop_token& stop) { work(stop); });
    }
}

WorkerPool::~WorkerPool()
{
    for (std::jthread& worker : m_workers) {
        worker.request_stop(); // all first: joining one by one would let the others go on
    }
}

void WorkerPool::submit(Kind kind, std::function<void()> job)
{
    {
        const std::lock_guard lock(m_mutex);
        (kind == Kind::Batch ? m_batchJobs : m_itemJobs).push_back(std::move(job));
    }
    m_changed.notify_one();
}

void WorkerPool::work(const std::stop_token& stop)
{
    std::unique_lock lock(m_mutex);
    while (m_changed.wait(lock, stop, [this] { return mayRunBatch() || !m_itemJobs.empty(); })) {
        if (stop.stop_requested()) {
            return; // wait() reports the jobs that are left before it reports the stop
        }
        const bool isBatch = mayRunBatch();
        m_runningBatches += isBatch ? 1 : 0;
        std::function<void()> job = takeFirst(isBatch ? m_batchJobs : m_itemJobs);
        lock.unlock();
        job();
        job = nullptr; // what it holds is freed outside the lock
        lock.lock();
        if (isBatch) {
            --m_runningBatches;
            m_changed.notify_one(); // a batch that had to wait for this one
        }
    }
}

} // namespace modscope
