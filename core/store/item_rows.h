#pragma once

#include "core/review/item.h"
#include "core/store/connection.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

// Private to this room: what items are, as rows.

namespace modscope {

/// Parallel to `ids`. Errors: NotFound naming the first id that is not there.
[[nodiscard]] Result<std::vector<ItemContent>> loadContents(Connection& connection, std::span<const ItemId> ids);

/// The next thousand ids after `after`, ascending: what is held in memory at once while all items are read.
[[nodiscard]] std::vector<ItemId> nextIds(Connection& connection, ItemId after);

/// Writes new items without their scores. @param imported  the event that brings them
void insertItems(Connection& connection, const std::vector<ItemContent>& items, EventSeq imported);

/// The number by which content is found again: same picture bytes (or path, where there are none) and same text.
[[nodiscard]] std::int64_t joinHash(const ItemContent& item);
[[nodiscard]] bool sameContent(const ItemContent& one, const ItemContent& other);

/// An item's name for people, from its id: "4f2a-91c0". Ids that are neighbours have names that are not.
[[nodiscard]] std::string keyOf(ItemId id);

/// Gives the items' rows a new event as their last change. @param ids  in any order
void touchItems(Connection& connection, std::span<const ItemId> ids, EventSeq event);

} // namespace modscope
