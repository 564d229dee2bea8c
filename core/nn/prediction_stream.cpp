#include "core/nn/prediction_stream.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <utility>

namespace modscope {

/// What the calling thread and the workers both touch.
struct PredictionStream::Shared {
    std::atomic<bool> cancelled = false;
    std::mutex mutex;
    std::condition_variable_any finishedOne;
};

struct PredictionStream::Batch {
    std::shared_ptr<Shared> shared;
    std::size_t first = 0; ///< position of the first sample in the stream
    int threads = 1;       ///< the engine's team
    WorkerPool* pool = nullptr;
    std::vector<Sample> samples;
    std::vector<Result<PreparedItem>> items;
    std::vector<Result<Prediction>> predictions;
    std::atomic<std::size_t> unprepared = 0;
    bool finished = false; ///< guarded by shared->mutex
};

PredictionStream::PredictionStream(const StreamResources& resources,
                                   const Classifier::NextSample& next,
                                   const Classifier::EmitPrediction& emit)
    : m_resources(resources), m_next(next), m_emit(emit), m_plan(resources.lanes, resources.batchSize),
      m_shared(std::make_shared<Shared>())
{}

PredictionStream::~PredictionStream()
{
    m_shared->cancelled = true;
}

void PredictionStream::run(const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        if (emitFinished() || pull()) {
            continue;
        }
        launchPlanned();
        if (m_batches.empty()) {
            return; // pull() found the end, and everything is handed out
        }
        waitForFirst(stop);
    }
}

bool PredictionStream::emitFinished()
{
    if (m_batches.empty()) {
        return false;
    }
    const std::shared_ptr<Batch> batch = m_batches.front();
    {
        const std::lock_guard lock(m_shared->mutex);
        if (!batch->finished) {
            return false;
        }
    }
    m_batches.pop_front();
    launchPlanned(); // the workers go on while the receiver looks at the results
    for (std::size_t index = 0; index < batch->samples.size(); ++index) {
        m_emit(batch->first + index, batch->samples[index], std::move(batch->predictions[index]));
    }
    return true;
}

// Takes one sample from the source. @return false if there is no room, or nothing left
bool PredictionStream::pull()
{
    if (m_ended || m_waiting.size() >= m_plan.lookahead()) {
        return false;
    }
    auto sample = m_next();
    if (sample) {
        m_waiting.push_back(std::move(*sample));
    } else {
        m_ended = true;
    }
    launchPlanned();
    return true;
}

void PredictionStream::launchPlanned()
{
    const std::size_t maxBatches = 2 * m_resources.lanes + 2;
    while (!m_waiting.empty() && m_batches.size() < maxBatches && (m_ended || m_waiting.size() >= m_plan.lookahead())) {
        launch(m_plan.next(m_waiting.size()));
    }
}

void PredictionStream::launch(std::size_t size)
{
    const bool alone = m_ended && m_launched == 0 && m_waiting.size() == 1;
    auto batch = std::make_shared<Batch>();
    batch->shared = m_shared;
    batch->first = m_launched;
    batch->threads = alone ? m_resources.team : 1;
    batch->pool = alone ? &m_resources.single : &m_resources.pool;
    for (std::size_t index = 0; index < size; ++index) {
        batch->samples.push_back(std::move(m_waiting.front()));
        m_waiting.pop_front();
    }
    batch->items.resize(size);
    batch->unprepared = size;
    m_launched += size;
    m_batches.push_back(batch);
    for (std::size_t index = 0; index < size; ++index) {
        batch->pool->submit(WorkerPool::Kind::Item,
                            [resources = m_resources, batch, index] { prepare(resources, batch, index); });
    }
}

void PredictionStream::waitForFirst(const std::stop_token& stop)
{
    std::unique_lock lock(m_shared->mutex);
    m_shared->finishedOne.wait(lock, stop, [this] { return m_batches.front()->finished; });
}

void PredictionStream::prepare(const StreamResources& resources, const std::shared_ptr<Batch>& batch, std::size_t index)
{
    if (batch->shared->cancelled) {
        return;
    }
    batch->items[index] = resources.preparer.prepare(batch->samples[index]);
    if (batch->unprepared.fetch_sub(1) == 1) {
        batch->pool->submit(WorkerPool::Kind::Batch, [resources, batch] { score(resources, *batch); });
    }
}

void PredictionStream::score(const StreamResources& resources, Batch& batch)
{
    if (batch.shared->cancelled) {
        return;
    }
    std::vector<const PreparedItem*> usable;
    for (const auto& item : batch.items) {
        if (item) {
            usable.push_back(&*item);
        }
    }
    auto scored = resources.scorer.score(usable, batch.threads);
    std::size_t nextScored = 0;
    for (const auto& item : batch.items) {
        batch.predictions.push_back(item ? std::move(scored[nextScored++]) : fail(item.error()));
    }
    batch.items.clear();
    const std::lock_guard lock(batch.shared->mutex);
    batch.finished = true;
    batch.shared->finishedOne.notify_one();
}

} // namespace modscope
