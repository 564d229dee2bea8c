#pragma once

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/store/open_store.h"

#include <cstddef>
#include <optional>
#include <stop_token>
#include <string>

namespace modscope {

/// What a check of a whole store found.
struct StoreReport {
    EventSeq events = 0;   ///< that were followed
    std::size_t items = 0; ///< whose history was replayed
    std::string chainHead; ///< hash of the last event: note it, and a later check can tell that nothing ahead was cut
    std::optional<Error> firstDifference; ///< names an event's number or an item's key

    bool operator==(const StoreReport&) const = default;
};

/// Follows the chain of events, compares what each import brought with its digest, replays every item's history and
/// compares the result with its row. Reads one picture of the store, changes nothing. Others may go on working.
/// @param progress  counts events, then items; the total is not known
/// Errors: what opening reports; Cancelled. A difference is no error but part of the report.
[[nodiscard]] Result<StoreReport> verifyStore(const StoreOptions& options,
                                              std::stop_token stop = {},
                                              const ProgressFn& progress = {});

} // namespace modscope
