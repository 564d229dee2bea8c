#pragma once

#include "core/base/error.h"
#include "core/review/item.h"
#include "core/store/connection.h"

#include <span>
#include <string_view>

// Private to this room.

namespace modscope {

inline constexpr int kSchemaVersion = 1;

/// Makes the tables of a new store, or brings an older one up to date step by step.
/// Errors: NotFound when there is no store and `mayCreate` is false; ParseError for a database of somebody else;
/// Unsupported for a schema of a newer Modscope.
[[nodiscard]] Result<void> prepareSchema(Connection& connection, bool mayCreate, bool readOnly);

/// The statements that lead from version - 1 to `version`, in both databases' common words.
[[nodiscard]] std::span<const std::string_view> tableDefinitions(int version);

} // namespace modscope
