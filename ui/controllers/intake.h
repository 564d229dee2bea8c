#pragma once

#include "core/base/error.h"
#include "ui/models/classify_item.h"

#include <QImage>

#include <cstddef>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <vector>

namespace modscope::ui {

/// One drop, paste or choice in a file dialog.
struct IntakeRequest {
    std::vector<std::filesystem::path> paths; ///< files, folders and tables
    QImage picture;                           ///< pasted or dragged pixels; null when there are none
    QString text;                             ///< pasted text; empty when there is none
    std::size_t skip = 0;                     ///< items that an earlier reading of the same request gave
    std::size_t limit = 0;                    ///< stop after this many; 0 = none
};

struct IntakeSummary {
    std::size_t items = 0;     ///< handed out, unusable ones included
    bool limitReached = false; ///< there is more than the limit
};

/// Reads a request item by item; what cannot be used becomes an item with its error. Runs on a worker.
/// Errors: Cancelled.
[[nodiscard]] Result<IntakeSummary> readIntake(const IntakeRequest& request,
                                               std::stop_token stop,
                                               const std::function<void(ClassifyItem)>& emit);

} // namespace modscope::ui
