#pragma once

#include "core/base/error.h"
#include "core/review/store.h"

#include <functional>
#include <span>
#include <string>

// Private to this room.

namespace modscope {

/// Brings items in. A row that the store refuses does not keep the others out: the batch is halved until it is alone.
/// @param each    takes what each part brought
/// @param refuse  takes an item that cannot come in, by its place in `items`, and why
/// Errors: of the store, not of rows.
[[nodiscard]] Result<void> importBatch(ReviewStore& store,
                                       std::span<const NewItem> items,
                                       const std::string& name,
                                       const std::function<void(const ImportOutcome&)>& each,
                                       const std::function<void(std::size_t, const Error&)>& refuse);

} // namespace modscope
