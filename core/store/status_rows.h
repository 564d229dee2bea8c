#pragma once

#include "core/review/item.h"
#include "core/store/connection.h"

#include <span>
#include <vector>

// Private to this room: how items stand, as rows.

namespace modscope {

enum class RowLock { None, ForChange };

/// Parallel to `ids`. Errors: NotFound naming the first id that is not there.
[[nodiscard]] Result<std::vector<ItemStatus>> loadStatuses(Connection& connection,
                                                           std::span<const ItemId> ids,
                                                           RowLock lock = RowLock::None);

/// Writes what differs. @param touched  the event that is the reason, also when it took another one back
void saveStatus(
    Connection& connection, ItemId item, const ItemStatus& before, const ItemStatus& after, EventSeq touched);

} // namespace modscope
