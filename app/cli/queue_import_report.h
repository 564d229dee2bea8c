#pragma once

#include "app/cli/command.h"
#include "core/review/grouping.h"
#include "core/review/import.h"
#include "core/review/reimport.h"

#include <optional>
#include <string>

namespace modscope::cli {

/// Says what an import did: each problem on a line, then the counts. @return what it ends with
[[nodiscard]] ExitCode reportImport(const ImportReport& report,
                                    const std::optional<GroupingReport>& duplicates,
                                    bool json,
                                    const CommandContext& context);
[[nodiscard]] ExitCode reportReimport(const ReimportReport& report, bool json, const CommandContext& context);
/// The first rows of an import, as a table or JSON.
[[nodiscard]] ExitCode printPreview(const ImportPreview& preview, bool json);

} // namespace modscope::cli
