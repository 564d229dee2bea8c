#pragma once

#include "core/nn/batch_plan.h"
#include "core/nn/classifier.h"
#include "core/nn/scorer.h"
#include "core/nn/worker_pool.h"

#include <cstddef>
#include <deque>
#include <memory>
#include <stop_token>

namespace modscope {

/// What the streams of one Classifier share. The referred objects outlive the pools' threads.
struct StreamResources {
    const ItemPreparer& preparer;
    const Scorer& scorer;
    WorkerPool& pool;   ///< one engine thread per batch
    WorkerPool& single; ///< one worker, whose engine calls have a team of `team` threads
    int team = 1;
    std::size_t lanes = 1; ///< batches at the same time
    std::size_t batchSize = 1;
};

/// One predictStream() call: pulls samples, cuts batches, hands results out in order. At most 2 * lanes + 2 batches are
/// in memory, whatever the stream's length. Lives on the calling thread; only its batches are seen by the workers.
class PredictionStream {
public:
    PredictionStream(const StreamResources& resources,
                     const Classifier::NextSample& next,
                     const Classifier::EmitPrediction& emit);
    /// Tells the workers to drop what has not begun. A batch that is running ends unseen.
    ~PredictionStream();
    PredictionStream(const PredictionStream&) = delete;
    PredictionStream& operator=(const PredictionStream&) = delete;

    /// Returns at the end of the stream, or soon after a stop, without waiting for running batches.
    void run(const std::stop_token& stop);

private:
    struct Shared;
    struct Batch;

    [[nodiscard]] bool emitFinished();
    [[nodiscard]] bool pull();
    void launchPlanned();
    void launch(std::size_t size);
    void waitForFirst(const std::stop_token& stop);
    static void prepare(const StreamResources& resources, const std::shared_ptr<Batch>& batch, std::size_t index);
    static void score(const StreamResources& resources, Batch& batch);

    StreamResources m_resources;
    const Classifier::NextSample& m_next;
    const Classifier::EmitPrediction& m_emit;
    BatchPlan m_plan;
    std::shared_ptr<Shared> m_shared;
    std::deque<Sample> m_waiting; ///< pulled, not in a batch yet
    std::deque<std::shared_ptr<Batch>> m_batches;
    std::size_t m_launched = 0; ///< items
    bool m_ended = false;
};

} // namespace modscope
