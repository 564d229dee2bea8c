#pragma once

#include "core/base/error.h"
#include "core/review/item.h"
#include "core/similarity/relation.h"

// Private to this room.

namespace modscope {

/// What is compared of an item, from what the store has. Without a hash its quality is 0: it is near to nothing.
/// Errors: ParseError naming the item.
[[nodiscard]] Result<Fingerprint> storedFingerprint(const ItemContent& item);

} // namespace modscope
