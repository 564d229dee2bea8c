#pragma once

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/data/prediction.h"
#include "core/data/sample.h"
#include "core/nn/engine.h"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

namespace modscope {

struct ClassifierOptions {
    CheckpointOptions checkpoint;
    EngineOptions engine;
    int threads = 0;           ///< of the whole pipeline; 0 = all cores
    std::size_t batchSize = 0; ///< 0 = chosen for the device
    DecodeOptions limits;      ///< of pictures; the orientation comes from the checkpoint
};

/// One item's encoder outputs, kept to re-score an edited text, or to ask the head "what if" questions.
struct Embedding {
    std::vector<float> text;  ///< [D], zeros when absent
    std::vector<float> image; ///< [D], zeros when absent
    Presence present;
    bool textTruncated = false;
    int imageFrames = 0;
    PredictionTimings timings;

    bool operator==(const Embedding&) const = default;
};

/// A picture after decoding, resizing and cropping: what the image encoder sees.
struct PreparedPicture {
    Image square;
    int sourceWidth = 0; ///< pixels of the decoded picture, upright if the preprocessing turns pictures
    int sourceHeight = 0;
    int frames = 1;
};

/// The one facade for inference: a checkpoint, opened, and everything that turns samples into predictions.
/// A cheap handle: copies share weights. Threads: const; any number at once.
class Classifier {
public:
    [[nodiscard]] static Result<Classifier> open(const std::filesystem::path& path,
                                                 const ClassifierOptions& options = {},
                                                 std::stop_token stop = {});

    [[nodiscard]] const ModelInfo& info() const;
    [[nodiscard]] const EngineFacts& engine() const;

    /// One result per sample, in order: one bad item never sinks a batch. Decoding overlaps with compute.
    /// After a stop the items not reached hold Cancelled.
    [[nodiscard]] std::vector<Result<Prediction>> predict(std::span<const Sample> samples,
                                                          std::stop_token stop = {},
                                                          const ProgressFn& progress = {}) const;

    /// As predict, for streams of any length in flat memory: pulls samples until `next` returns nothing and hands out
    /// results in order. Both functions run on the calling thread.
    using NextSample = std::function<std::optional<Sample>()>;
    using EmitPrediction = std::function<void(std::size_t index, const Sample& sample, Result<Prediction> prediction)>;
    void predictStream(const NextSample& next, const EmitPrediction& emit, std::stop_token stop = {}) const;

    /// The steps, for explanations and for re-scoring while a text is edited.
    [[nodiscard]] Result<PreparedPicture> preparePicture(const Sample& sample) const;
    [[nodiscard]] Result<Embedding> embed(const Sample& sample) const;
    /// The same item with another text: only the text tower runs.
    [[nodiscard]] Result<Embedding> withText(const Embedding& embedding, std::string_view text) const;
    [[nodiscard]] Result<Matrix> encodeSquares(std::span<const Image> squares) const;
    [[nodiscard]] Result<Prediction> classify(const Embedding& embedding) const;
    /// Logits [B, C] for rows of embeddings with presence forced: the "what if" of the modality split.
    [[nodiscard]] Result<Matrix> logits(std::span<const Embedding> embeddings) const;

private:
    struct State;
    explicit Classifier(std::shared_ptr<const State> state) : m_state(std::move(state)) {}
    std::shared_ptr<const State> m_state;
};

} // namespace modscope
