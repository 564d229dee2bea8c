#pragma once

#include "core/checkpoint/encoder_config.h"
#include "core/image/image_processor.h"
#include "core/text/tokenizer.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace modscope {

enum class HeadKind { Fusion, Multitask };

[[nodiscard]] std::string_view name(HeadKind kind); ///< "fusion", "mtl"

struct HeadConfig {
    HeadKind kind = HeadKind::Fusion;
    int fusionDim = 512;
    int labels = 1;
    int hiddenDim = 0;  ///< of each multi-task head; 0 = a single linear layer
    int textWidth = 0;  ///< of the text feature that enters the head
    int imageWidth = 0; ///< of the image feature that enters the head

    bool operator==(const HeadConfig&) const = default;
};

/// Everything between a file and the encoder: fixed when the model was trained.
struct Preprocessing {
    PreprocessingMode mode = PreprocessingMode::Reference;
    ImageProcessorConfig image;
    TokenizerKind tokenizer = TokenizerKind::Clip;
    TokenizerOptions text;
    bool textAttentionMask = true; ///< SigLIP: hide padding from the text tower, as the reference trained

    bool operator==(const Preprocessing&) const = default;
};

/// Describes a model without running it.
struct ModelInfo {
    std::string name;                 ///< shown to people: "demo", or the run directory's name
    std::filesystem::path directory;  ///< the run
    std::filesystem::path checkpoint; ///< the directory that holds the weights
    std::filesystem::path
        encoderDirectory; ///< empty when a preset was used (then there is no tokenizer: opening fails)
    std::string encoderName;
    EncoderConfig encoder;
    HeadConfig head;
    std::vector<std::string> labels;
    std::vector<float> thresholds;     ///< parallel to labels
    bool thresholdsCalibrated = false; ///< read from the run; otherwise 0.5
    Preprocessing preprocessing;
    std::string sha256;            ///< of the weights: one file's hash, or of the shards' hashes in order
    std::uint64_t weightBytes = 0; ///< on disk
    std::uint64_t parameters = 0;
    std::string dtype;                 ///< of most weights: "F32", "F16", "BF16"
    std::string card;                  ///< Markdown of MODEL_CARD.md or README.md beside the run; may be empty
    std::vector<std::string> warnings; ///< disagreements that were resolved, in words
};

} // namespace modscope
