#pragma once

#include "core/base/progress.h"
#include "core/checkpoint/model_info.h"
#include "core/checkpoint/safetensors.h"

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace modscope {

struct CheckpointOptions {
    std::filesystem::path encoderDirectory;         ///< --encoder-dir
    std::optional<PreprocessingMode> preprocessing; ///< default: Reference for reference runs
    SpecialTokens specialTokens = SpecialTokens::AsText;
    bool hashWeights = true;       ///< false leaves ModelInfo::sha256 empty (saves reading the file once)
    std::vector<float> thresholds; ///< override: empty, one for all, or one per label
    ProgressFn progress;           ///< bytes of weights hashed so far: the step that waits for the disk
};

/// A model on disk, checked and ready to be given to the engine. Tensor names are canonical: prefixes of wrappers
/// stripped, flattened towers nested again, buffers that inference ignores left out.
struct Checkpoint {
    ModelInfo info;
    TensorMap tensors;
};

/// Opens a run directory, a checkpoint-N directory in it, or our own self-contained run.
/// Everything is checked: names and shapes strictly (up to ten missing, unexpected and misshapen ones are listed),
/// labels and thresholds against the head, config against tensors, non-finite values. Errors: one sentence naming file,
/// key or tensor; Unsupported for pytorch_model.bin with how to convert it; Cancelled.
[[nodiscard]] Result<Checkpoint> openCheckpoint(const std::filesystem::path& path,
                                                const CheckpointOptions& options = {},
                                                std::stop_token stop = {});

/// The SHA-256 of the weights as ModelInfo has it, computed anew from the files; checks nothing else about them.
/// Errors: NotFound, Unsupported or ParseError when there are no weights to be found; what reading reports; Cancelled.
[[nodiscard]] Result<std::string> hashCheckpoint(const std::filesystem::path& path,
                                                 std::stop_token stop = {},
                                                 const ProgressFn& progress = {});

/// One finding of `models verify`.
struct VerifyFinding {
    enum class Level { Ok, Warning, Failure } level = Level::Ok;
    std::string subject; ///< file, key or tensor
    std::string message;
};

/// Everything openCheckpoint checks and more (tokenizer, preprocessor, hashes), going on after a failure.
[[nodiscard]] std::vector<VerifyFinding> verifyCheckpoint(const std::filesystem::path& path,
                                                          const CheckpointOptions& options = {},
                                                          std::stop_token stop = {});

/// The tensors that a model of this shape must have: name to shape. The engine asks for exactly these.
[[nodiscard]] std::map<std::string, std::vector<std::int64_t>, std::less<>> expectedTensors(
    const EncoderConfig& encoder, const HeadConfig& head);

} // namespace modscope
