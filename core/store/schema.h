#pragma once

#include "core/base/error.h"
#include "core/review/item.h"
#include "core/store/connection.h"

#include <span>
#include <string_view>

// Private to this room.

namespace modscope {

/// The steps that lead to a store's tables: the first makes them, each later one changes what the one ahead of it made.
/// A step is a list of statements in both databases' common words (Dialect::definition).
using SchemaSteps = std::span<const std::span<const std::string_view>>;
[[nodiscard]] SchemaSteps schemaSteps();

/// Makes the tables of a new store, or brings an older one up to date: one transaction a step, a copy of the file ahead
/// of each. @param steps  as many as the schema's version
/// Errors: NotFound when there is no store and `mayCreate` is false; ParseError for a database of somebody else;
/// Unsupported for a schema of a newer Modscope; InvalidArgument when an older copy is in the way; what the database
/// reports, and the store is as it was ahead of that step.
[[nodiscard]] Result<void> prepareSchema(Connection& connection,
                                         bool mayCreate,
                                         bool readOnly,
                                         SchemaSteps steps = schemaSteps());

} // namespace modscope
