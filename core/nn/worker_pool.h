#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

namespace modscope {

/// Threads that prepare items and run batches. A batch that is ready goes first; whoever has no batch prepares, so no
/// core waits for the other kind of work. Threads: submit() from any. Jobs must not throw.
class WorkerPool {
public:
    enum class Kind { Batch, Item };

    /// @param workers  threads
    /// @param batches  how many batch jobs may run at the same time
    WorkerPool(int workers, int batches);
    /// Waits for running jobs; jobs not begun are dropped.
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    void submit(Kind kind, std::function<void()> job);

private:
    void work(const std::stop_token& stop);
    [[nodiscard]] bool mayRunBatch() const { return !m_batchJobs.empty() && m_runningBatches < m_maxBatches; }

    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::deque<std::function<void()>> m_batchJobs;
    std::deque<std::function<void()>> m_itemJobs;
    int m_runningBatches = 0;
    int m_maxBatches;
    std::vector<std::jthread> m_workers; // last: joined before the queues go
};

} // namespace modscope
