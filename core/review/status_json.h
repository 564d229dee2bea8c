#pragma once

#include "core/base/error.h"
#include "core/review/item.h"

#include <string>
#include <string_view>

namespace modscope {

/// How an item stands as one line of canonical JSON (keys sorted, defaults left out, reviewers by their number), as a
/// Restore event carries it. Without `version` and the opinions' event numbers: those belong to one chain.
[[nodiscard]] std::string statusJson(const ItemStatus& status);
/// The other way round. Errors: ParseError naming the key.
[[nodiscard]] Result<ItemStatus> statusFromJson(std::string_view json);

/// Whether a status is one that steps could have led to: a decided item has an opinion, a disputed one has two that
/// differ, no answer list has another length than `labels`. Errors: InvalidArgument saying what is wrong.
[[nodiscard]] Result<void> checkStanding(const ItemStatus& status, std::size_t labels);

} // namespace modscope
