#pragma once

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/review/import_source.h"
#include "core/review/store.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace modscope {

struct ImportOptions {
    TableImportOptions table; ///< `source` also names pictures' items
    /// Items whose picture cannot be read are imported all the same, without its hashes; otherwise each is an error.
    bool keepUnreadablePictures = false;
    /// Goes on behind the rows that an interrupted import of the same table brought in. Without it the table is read
    /// from the start; what is known is joined, so nothing comes in twice either way.
    bool resume = false;
    unsigned threads = 0; ///< that read pictures; 0: as many as there are cores
};

/// A row that was not imported.
struct ImportProblem {
    std::uint64_t row = 0; ///< 1-based
    std::string key;       ///< its id, picture or the start of its text; may be empty
    Error error;

    bool operator==(const ImportProblem&) const = default;
};

/// What an import did. Rows = added + joined + problems, except those that an earlier import brought.
struct ImportReport {
    std::string name; ///< of the import in the store; takeBackImport() asks for it
    std::uint64_t rows = 0;
    std::uint64_t before = 0; ///< rows that the interrupted import had brought in
    std::uint64_t added = 0;
    std::uint64_t joined = 0;
    std::vector<ImportProblem> problems;
    std::vector<ItemId> addedIds;
    std::vector<std::string> unusedColumns; ///< of a table
    std::optional<Error> ended;             ///< why it ended early; what is counted is in
};

/// Tables: .csv, .jsonl, .ndjson.
[[nodiscard]] bool isTable(const std::filesystem::path& path);

/// Imports one table, or pictures and folders of pictures. Rows come in by batches of some thousand, each of them whole
/// or not at all; memory stays flat but for the problems and the added ids. Pictures are read and hashed on several
/// threads. Labels in a table are no decisions and stay unused.
/// @param paths  one table, or pictures and folders
/// Errors: a table that cannot be used at all, named columns and all; PermissionDenied. What goes wrong later is in the
/// report.
[[nodiscard]] Result<ImportReport> importFiles(ReviewStore& store,
                                               const std::vector<std::filesystem::path>& paths,
                                               const ImportOptions& options,
                                               std::stop_token stop = {},
                                               const ProgressFn& progress = {});

/// The first rows of what would be imported.
struct ImportPreview {
    struct Row {
        ImportRow row;
        ItemId known = 0; ///< the item that it would be joined to; 0: it is new, or unreadable
    };
    static constexpr std::size_t kRows = 20;

    std::vector<Row> rows;
    std::size_t added = 0;
    std::size_t joined = 0;
    std::size_t unreadable = 0;
    bool more = false; ///< there are more rows than these
    ColumnMapping mapping;
    std::vector<std::string> columns;
    std::vector<std::string> unusedColumns;
};
/// Reads rows and pictures as the import would, and writes nothing. Errors: as importFiles().
[[nodiscard]] Result<ImportPreview> previewImport(ReviewStore& store,
                                                  const std::vector<std::filesystem::path>& paths,
                                                  const ImportOptions& options,
                                                  std::stop_token stop = {});

/// Removes everything that imports of this name added and that nobody took back since: one event, which undo puts back.
/// Errors: NotFound when there is nothing to take back; what the store reports.
[[nodiscard]] Result<CommitOutcome> takeBackImport(ReviewStore& store, const std::string& name);

/// Reads the pictures of rows and gives them their hashes; rows without a picture stay as they are. A row whose picture
/// cannot be read becomes its error, unless it is kept. Errors: Cancelled.
[[nodiscard]] Result<void> hashPictures(std::vector<ImportRow>& rows,
                                        bool keepUnreadable,
                                        unsigned threads,
                                        std::stop_token stop);

} // namespace modscope
