#pragma once

#include "core/base/error.h"
#include "core/checkpoint/checkpoint.h"

#include <filesystem>
#include <string>
#include <vector>

// Private to this room: from an encoder directory's files to ModelInfo::preprocessing.

namespace modscope {

/// @param maxTextLength  tokens, as the run says; 0 = the encoder's positions. Clamped to them with a warning.
/// Errors: as imageProcessorConfig; ParseError naming file and field.
[[nodiscard]] Result<Preprocessing> readPreprocessing(const std::filesystem::path& encoderDirectory,
                                                      const EncoderConfig& encoder,
                                                      int maxTextLength,
                                                      const CheckpointOptions& options,
                                                      std::vector<std::string>& warnings);

} // namespace modscope
