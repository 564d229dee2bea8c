#pragma once

#include "core/base/error.h"
#include "core/review/item.h"

#include <span>
#include <string>
#include <unordered_map>

// Private to this room.

namespace modscope {

/// Where each id stands in a list: rows come in the database's order, answers leave in the caller's. An id that is
/// listed twice has its last place.
[[nodiscard]] inline std::unordered_map<ItemId, std::size_t> placesOf(std::span<const ItemId> ids)
{
    std::unordered_map<ItemId, std::size_t> places;
    places.reserve(ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i) {
        places[ids[i]] = i;
    }
    return places;
}

[[nodiscard]] inline tl::unexpected<Error> noSuchItem(ItemId id)
{
    return fail(ErrorCode::NotFound, "item " + std::to_string(id) + " does not exist");
}

} // namespace modscope
