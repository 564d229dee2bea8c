#pragma once

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/checkpoint/safetensors.h"

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

// Private to this room: which files hold a checkpoint's weights.

namespace modscope {

struct WeightFiles {
    TensorMap tensors;                        ///< names as in the files
    std::vector<std::filesystem::path> files; ///< in name order
    std::uint64_t bytes = 0;                  ///< on disk, all files
};

/// Whether openWeights would look into this directory: safetensors, or pickled weights it would refuse.
[[nodiscard]] bool hasWeights(const std::filesystem::path& directory);

/// model.safetensors, or the shards that model.safetensors.index.json lists (plain file names inside the directory
/// only). Errors: as openSafetensors; Unsupported for pickled weights (pytorch_model.bin, *.pt, *.pth, *.ckpt), with
/// how to convert them; NotFound; Mismatch when index and shards disagree.
[[nodiscard]] Result<WeightFiles> openWeights(const std::filesystem::path& directory);

/// The refusal of pickled weights, with the way out.
[[nodiscard]] Error pickleRefusal(const std::filesystem::path& file);
[[nodiscard]] bool isPickle(const std::filesystem::path& file);

/// One file: its SHA-256. Several: the SHA-256 of their hexadecimal hashes, each followed by LF, in name order.
/// `progress` counts the bytes of all files together.
[[nodiscard]] Result<std::string> hashWeights(const std::vector<std::filesystem::path>& files,
                                              std::stop_token stop,
                                              const ProgressFn& progress);

} // namespace modscope
