#pragma once

#include "app/cli/command.h"
#include "core/review/session.h"
#include "core/store/open_store.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace modscope::cli {

// Each adds one command below `queue`.
void addQueueImport(CLI::App& queue, Command& chosen);
void addQueueExport(CLI::App& queue, Command& chosen);
void addQueueStats(CLI::App& queue, Command& chosen);
void addQueueVerify(CLI::App& queue, Command& chosen);
void addQueueAssign(CLI::App& queue, Command& chosen);
void addQueuePeople(CLI::App& queue, Command& chosen);

/// Which store, and as whom.
struct QueueStoreOptions {
    std::string store;    ///< empty: the desktop's own
    std::string reviewer; ///< empty: the account's name
};
void addQueueStoreOptions(CLI::App& command, QueueStoreOptions& options);

/// Which items of a store.
struct QueueSelection {
    std::string filter;
    std::string order = "oldest"; ///< of what --limit keeps
    std::size_t limit = 0;        ///< 0: all
};
void addQueueSelection(CLI::App& command, QueueSelection& selection);

/// The store that the options name. The desktop's own is $XDG_DATA_HOME/modscope/review.db.
[[nodiscard]] StoreOptions storeOptions(const QueueStoreOptions& options);
/// @param create  make the store if it is not there
[[nodiscard]] Result<std::unique_ptr<ReviewStore>> openQueue(const QueueStoreOptions& options,
                                                             std::optional<Project> create = std::nullopt);

/// A store and the items that the command is about.
struct OpenedSelection {
    ReviewSession session;
    std::optional<std::vector<ItemId>> items; ///< ascending; nothing: all
};
/// Errors: what the filter or the order says, the store's.
[[nodiscard]] Result<OpenedSelection> openSelection(const QueueStoreOptions& options,
                                                    const QueueSelection& selection,
                                                    const std::stop_token& stop);

} // namespace modscope::cli
