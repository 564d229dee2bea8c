#include "core/nn/classifier.h"

#include "core/nn/engine_library.h"
#include "core/nn/item_preparer.h"
#include "core/nn/prediction_stream.h"
#include "core/nn/scorer.h"
#include "core/nn/worker_pool.h"

#include <algorithm>
#include <chrono>
#include <future>
#include <memory>
#include <thread>
#include <utility>

namespace modscope {

namespace {

// One core's batch: large enough that reading the weights no longer counts, small enough to fill many cores.
constexpr std::size_t kCpuBatch = 16;
constexpr std::size_t kGpuBatch = 256;
// One batch computes while the next one is copied.
constexpr int kGpuLanes = 2;

bool onCpu(const Engine& engine)
{
    return engine.facts().device.find("cuda") == std::string::npos;
}

int threadsOrAll(int threads)
{
    return threads > 0 ? threads : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
}

/// Waits for all parts, then puts their rows one below the other.
Result<Matrix> joined(std::vector<std::future<Result<Matrix>>>& parts)
{
    for (const auto& part : parts) {
        part.wait(); // the parts use what the caller holds: none may be left running after an error
    }
    Matrix whole;
    for (auto& part : parts) {
        const Result<Matrix> rows = part.get();
        if (!rows) {
            return fail(rows.error());
        }
        whole.rows += rows->rows;
        whole.columns = rows->columns;
        whole.values.insert(whole.values.end(), rows->values.begin(), rows->values.end());
    }
    return whole;
}

} // namespace

struct Classifier::State {
    State(ModelInfo modelInfo,
          std::unique_ptr<Engine> openedEngine,
          std::shared_ptr<const Tokenizer> openedTokenizer,
          const ClassifierOptions& options)
        : info(std::move(modelInfo)), engine(std::move(openedEngine)), tokenizer(std::move(openedTokenizer)),
          threads(threadsOrAll(options.threads)), lanes(onCpu(*engine) ? threads : kGpuLanes),
          batchSize(options.batchSize > 0 ? options.batchSize : (onCpu(*engine) ? kCpuBatch : kGpuBatch)),
          preparer(tokenizer, ImageProcessor(info.preprocessing.image), options.limits), scorer(*engine, info),
          pool(onCpu(*engine) ? threads : threads + kGpuLanes, lanes), single(1, 1)
    {}

    ModelInfo info;
    std::unique_ptr<Engine> engine;
    std::shared_ptr<const Tokenizer> tokenizer;
    int threads;
    int lanes;
    std::size_t batchSize;
    ItemPreparer preparer;
    Scorer scorer;
    // Last, so that their threads end before anything they use. The pools have their own locks.
    mutable WorkerPool pool;
    mutable WorkerPool single;
};

Result<Classifier> Classifier::open(const std::filesystem::path& path,
                                    const ClassifierOptions& options,
                                    std::stop_token stop)
{
    waitPassively();
    // Loading torch takes as long as reading a large checkpoint: do both at once.
    auto library = std::async(std::launch::async, [] { return engineLibrary(); });
    auto checkpoint = openCheckpoint(path, options.checkpoint, stop);
    if (!checkpoint) {
        return fail(checkpoint.error());
    }
    auto tokenizer = openTokenizer(checkpoint->info.encoderDirectory, checkpoint->info.preprocessing.tokenizer,
                                   checkpoint->info.preprocessing.text);
    if (!tokenizer) {
        return fail(tokenizer.error());
    }
    const auto opened = library.get();
    if (!opened) {
        return fail(opened.error());
    }
    if (stop.stop_requested()) {
        return fail(ErrorCode::Cancelled, path.string() + ": opening was cancelled");
    }
    auto engine = (*opened)->open(*checkpoint, options.engine);
    if (!engine) {
        return fail(engine.error());
    }
    return Classifier(
        std::make_shared<const State>(std::move(checkpoint->info), std::move(*engine), std::move(*tokenizer), options));
}

const ModelInfo& Classifier::info() const
{
    return m_state->info;
}

const EngineFacts& Classifier::engine() const
{
    return m_state->engine->facts();
}

void Classifier::predictStream(const NextSample& next, const EmitPrediction& emit, std::stop_token stop) const
{
    const std::shared_ptr<const State> alive = m_state;
    const StreamResources resources{alive->preparer, alive->scorer,  alive->pool,
                                    alive->single,   alive->threads, static_cast<std::size_t>(alive->lanes),
                                    alive->batchSize};
    PredictionStream(resources, next, emit).run(stop);
}

std::vector<Result<Prediction>> Classifier::predict(std::span<const Sample> samples,
                                                    std::stop_token stop,
                                                    const ProgressFn& progress) const
{
    std::vector<Result<Prediction>> results(samples.size(), fail(ErrorCode::Cancelled, "Scoring was cancelled"));
    std::size_t pulled = 0;
    const auto next = [&]() -> std::optional<Sample> {
        return pulled < samples.size() ? std::optional(samples[pulled++]) : std::nullopt;
    };
    const auto emit = [&](std::size_t index, const Sample&, Result<Prediction> prediction) {
        results[index] = std::move(prediction);
        if (progress) {
            progress({index + 1, samples.size()});
        }
    };
    predictStream(next, emit, stop);
    return results;
}

Result<PreparedPicture> Classifier::preparePicture(const Sample& sample) const
{
    return m_state->preparer.preparePicture(sample);
}

Result<Embedding> Classifier::embed(const Sample& sample) const
{
    const auto item = m_state->preparer.prepare(sample);
    if (!item) {
        return fail(item.error());
    }
    const PreparedItem* const only = &*item;
    const auto start = std::chrono::steady_clock::now();
    auto features = m_state->scorer.encode(std::span(&only, 1), m_state->threads);
    if (!features) {
        return fail(features.error());
    }
    Embedding embedding{std::move(features->text.values),
                        std::move(features->image.values),
                        item->present,
                        item->tokens.truncated,
                        item->imageFrames,
                        item->timings};
    embedding.timings.engineMs =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    return embedding;
}

Result<Embedding> Classifier::withText(const Embedding& embedding, std::string_view text) const
{
    Embedding changed = embedding;
    changed.text.assign(static_cast<std::size_t>(info().head.textWidth), 0.0F);
    changed.present.text = false;
    changed.textTruncated = false;
    Sample edited;
    edited.text = text;
    if (!edited.hasText()) {
        return changed;
    }
    PreparedItem item;
    item.present.text = true;
    item.tokens = m_state->tokenizer->encode(text);
    const PreparedItem* const only = &item;
    auto features = m_state->scorer.encode(std::span(&only, 1), m_state->threads);
    if (!features) {
        return fail(features.error());
    }
    changed.text = std::move(features->text.values);
    changed.present.text = true;
    changed.textTruncated = item.tokens.truncated;
    return changed;
}

// One single-threaded part per lane: unlike a team, parts do not wait for each other at every layer.
Result<Matrix> Classifier::encodeSquares(std::span<const Image> squares) const
{
    std::vector<std::span<const std::uint8_t>> pixels;
    for (const Image& square : squares) {
        pixels.emplace_back(square.rgb);
    }
    const State& state = *m_state;
    if (pixels.size() <= 1 || !onCpu(*state.engine)) {
        return state.engine->encodeImages(pixels, state.threads);
    }
    const std::size_t parts = std::min(pixels.size(), static_cast<std::size_t>(state.lanes));
    std::vector<std::future<Result<Matrix>>> encoding;
    for (std::size_t part = 0; part < parts; ++part) {
        const std::size_t first = pixels.size() * part / parts;
        const std::size_t end = pixels.size() * (part + 1) / parts;
        const auto task = std::make_shared<std::packaged_task<Result<Matrix>()>>(
            [&state, some = std::span(pixels).subspan(first, end - first)] {
                return state.engine->encodeImages(some, 1);
            });
        encoding.push_back(task->get_future());
        state.pool.submit(WorkerPool::Kind::Batch, [task] { (*task)(); });
    }
    return joined(encoding);
}

Result<Prediction> Classifier::classify(const Embedding& embedding) const
{
    if (!embedding.present.text && !embedding.present.image) {
        return fail(ErrorCode::NoContent, "There is neither text nor a picture to judge");
    }
    const auto scores = logits(std::span(&embedding, 1));
    if (!scores) {
        return fail(scores.error());
    }
    return m_state->scorer.toPrediction(scores->row(0)).map([&embedding](Prediction prediction) {
        prediction.textPresent = embedding.present.text;
        prediction.imagePresent = embedding.present.image;
        prediction.textTruncated = embedding.textTruncated;
        prediction.imageFrames = embedding.imageFrames;
        prediction.timings = embedding.timings;
        return prediction;
    });
}

Result<Matrix> Classifier::logits(std::span<const Embedding> embeddings) const
{
    Matrix text{embeddings.size(), static_cast<std::size_t>(info().head.textWidth), {}};
    Matrix image{embeddings.size(), static_cast<std::size_t>(info().head.imageWidth), {}};
    std::vector<Presence> present;
    for (const Embedding& embedding : embeddings) {
        if (embedding.text.size() != text.columns || embedding.image.size() != image.columns) {
            return fail(ErrorCode::Mismatch, "The features are of another model than '" + info().name + "'");
        }
        text.values.insert(text.values.end(), embedding.text.begin(), embedding.text.end());
        image.values.insert(image.values.end(), embedding.image.begin(), embedding.image.end());
        present.push_back(embedding.present);
    }
    return m_state->engine->classify(text, image, present, m_state->threads);
}

} // namespace modscope
