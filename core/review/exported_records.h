#pragma once

#include "core/base/error.h"
#include "core/data/csv.h"
#include "core/data/line_reader.h"
#include "core/review/export.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

// Private to this room.

namespace modscope {

/// One item of an export, as it stands in the file.
struct ExportedRecord {
    std::uint64_t row = 0;                      ///< of its last row or line, 1-based, the header not counted
    std::string key;                            ///< item_id; empty where the profile has none, and in JSON Lines
    std::vector<std::vector<std::string>> rows; ///< parallel to the columns; none of JSON Lines
    std::string bytes;                          ///< its rows with their LFs, or its line without one
};

/// Items of an export in the file's order. Threads: one.
class ExportedRecords {
public:
    /// Errors: what opening reports.
    [[nodiscard]] static Result<ExportedRecords> open(const std::filesystem::path& path,
                                                      const ExportManifest& manifest);
    /// Up to `count` items, none at the end. Errors: a row or line that cannot be read.
    [[nodiscard]] Result<std::vector<ExportedRecord>> next(std::size_t count);

private:
    [[nodiscard]] Result<std::optional<ExportedRecord>> nextLine();
    [[nodiscard]] Result<std::optional<ExportedRecord>> nextRows();
    [[nodiscard]] Result<std::optional<ExportedRecord>> readRow();

    std::optional<LineReader> m_lines;
    std::optional<CsvReader> m_csv;
    bool m_keyed = false;
    std::uint64_t m_row = 0;
    std::optional<ExportedRecord> m_ahead;
};

} // namespace modscope
