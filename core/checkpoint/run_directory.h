#pragma once

#include "core/base/error.h"

#include <filesystem>
#include <string>
#include <vector>

// Private to this room: the files of a run directory, as the reference system and we write them.

namespace modscope {

/// What a run's JSON files say. Empty and 0 mean that nothing was said.
struct RunFiles {
    std::filesystem::path run;        ///< absolute, without a trailing slash
    std::filesystem::path checkpoint; ///< the directory that holds the weights
    std::string encoderName;
    std::string backend; ///< "clip", "siglip", "auto"
    std::string head;    ///< "fusion", "mtl"
    int fusionDim = 0;
    int maxTextLength = 0;
    std::vector<std::string> labels;
    std::vector<float> thresholds; ///< one per label, or one for all
    std::vector<std::string> warnings;
};

/// Finds the run that `path` means (itself, or the parent of a checkpoint-N directory or of a weights file), reads
/// inference_config.json, label_map.json and config.json (the training configuration), and chooses the checkpoint: the
/// named best one, else the highest N, else weights beside the JSON files.
/// Errors: NotFound; Unsupported for a plain encoder or pickled weights; ParseError naming file and field.
[[nodiscard]] Result<RunFiles> openRun(const std::filesystem::path& path);

/// MODEL_CARD.md or README.md of the run or of the folder above it; empty when there is none.
[[nodiscard]] std::string readModelCard(const std::filesystem::path& run);

} // namespace modscope
