#pragma once

#include "core/base/error.h"
#include "core/review/export_table.h"
#include "core/review/item.h"

#include <string>
#include <string_view>

namespace modscope {

/// One line of the profile "jsonl", without its LF: everything that is known of an item, by names instead of numbers,
/// so that another store can be given it whole. Floats are the shortest decimals that give them back.
/// @param notes  with reasons and notes
[[nodiscard]] std::string exportLine(const ItemContent& item,
                                     const ItemStatus& status,
                                     const ExportNames& names,
                                     bool notes);

struct ExportedItem {
    ItemContent content; ///< without an id
    ItemStatus status;   ///< without event numbers
};
/// Reads what exportLine() writes. @param names  of the store that is to take the item
/// Errors: ParseError naming the key; NotFound for a class, model or reviewer that `names` does not have.
[[nodiscard]] Result<ExportedItem> exportedItem(std::string_view line, const ExportNames& names);

} // namespace modscope
