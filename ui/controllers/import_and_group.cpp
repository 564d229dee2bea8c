#include "ui/controllers/import_and_group.h"

#include "core/review/grouping.h"

namespace modscope::ui {

Result<ImportReport> importAndGroup(ReviewStore& store,
                                    const std::vector<std::filesystem::path>& paths,
                                    const ImportOptions& options,
                                    const std::stop_token& stop,
                                    const ProgressFn& progress)
{
    auto report = importFiles(store, paths, options, stop, progress);
    if (report && !report->addedIds.empty() && !report->ended) {
        const auto grouped = groupDuplicates(store, report->addedIds, {}, stop);
        if (!grouped) {
            report->ended = grouped.error();
        }
    }
    return report;
}

} // namespace modscope::ui
