#pragma once

#include "core/review/import.h"

#include <filesystem>
#include <stop_token>
#include <vector>

namespace modscope::ui {

/// Imports, then compares what came in with what is there. That its groups could not be made does not undo the import:
/// the report says that it ended early. Errors: as importFiles().
[[nodiscard]] Result<ImportReport> importAndGroup(ReviewStore& store,
                                                  const std::vector<std::filesystem::path>& paths,
                                                  const ImportOptions& options,
                                                  const std::stop_token& stop,
                                                  const ProgressFn& progress);

} // namespace modscope::ui
