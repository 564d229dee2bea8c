#pragma once

#include "core/base/error.h"
#include "core/review/decision.h"
#include "core/review/export_table.h"
#include "core/review/reimport.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// Private to this room.

namespace modscope {

/// The labels that people gave an item, as a row of a table has them: the column "labels", or the columns
/// "human_label_<class>". Nothing for a profile that has neither, and for a row without a label in them.
/// Errors: NotFound or ParseError that names the column and what stands there.
[[nodiscard]] Result<std::optional<std::vector<Answer>>> labelsInRow(const ExportTable::Row& row,
                                                                     std::span<const std::string> columns,
                                                                     std::span<const std::string> labels);

/// Whether the file says the same as people here. A column "labels" cannot tell no from unsure.
[[nodiscard]] bool sameLabels(const std::vector<Answer>& there,
                              const std::optional<std::vector<Answer>>& here,
                              ExportProfile profile);

/// The cells in which two tables' rows of one item differ.
[[nodiscard]] std::vector<ReimportReport::Cell> differingCells(const std::vector<ExportTable::Row>& here,
                                                               const std::vector<ExportTable::Row>& there,
                                                               std::span<const std::string> columns);
/// The values in which two lines of JSON differ.
[[nodiscard]] std::vector<ReimportReport::Cell> differingValues(std::string_view here, std::string_view there);

} // namespace modscope
