#pragma once

#include "ui/models/model_card.h"

#include <filesystem>

namespace modscope::ui {

/// Reads what a run left beside its weights: config.json (data and settings of the training), val_report.json and
/// test_metrics.json (what it measured), a licence file. All of them are optional; one that cannot be read is a
/// warning.
/// @param run      the run directory
/// @param encoder  the encoder directory, looked into for a licence file after the run
[[nodiscard]] RunFacts readRunFacts(const std::filesystem::path& run, const std::filesystem::path& encoder);

} // namespace modscope::ui
