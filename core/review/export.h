#pragma once

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/review/export_table.h"
#include "core/review/review_agreement.h"
#include "core/review/store.h"

#include <filesystem>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace modscope {

/// What an export wrote. Its manifest says the same, so that anybody can check the file later.
struct ExportManifest {
    ExportProfile profile = ExportProfile::Wide;
    bool notes = true;
    bool spreadsheetSafe = false;
    std::string file;       ///< its name, without a folder
    std::string sha256;     ///< of its bytes
    std::uint64_t rows = 0; ///< without the header
    std::uint64_t items = 0;
    std::uint64_t changedCells = 0;               ///< by the spreadsheet-safe rule
    std::map<std::string, std::uint64_t> leftOut; ///< items by reason
    std::vector<std::string> columns;
    std::vector<std::string> labels;
    std::vector<ScoringModel> models;
    std::vector<std::string> reviewers; ///< pseudonyms that may stand in the rows
    LabelSetAgreement agreement;        ///< of first and second opinions of the items written; each item drawn alone
    EventSeq events = 0;                ///< the rows are what the record says up to this event, to the letter
    std::string chainHead;              ///< that event's hash
    TimeMs written = 0;

    bool operator==(const ExportManifest&) const = default;
};

/// Where the manifest of an export is: "queue.csv" -> "queue.csv.manifest.json".
[[nodiscard]] std::filesystem::path manifestPath(const std::filesystem::path& exported);
/// Whether a file is an export of ours: its manifest lies beside it.
[[nodiscard]] bool hasManifest(const std::filesystem::path& file);

/// Writes items as CSV (RFC 4180, UTF-8, LF) or JSON Lines and the manifest beside it, and records an Exported event
/// unless the store is read-only; memory stays flat but for 40 bytes an item with two opinions. Each file appears whole
/// or not at all; where the manifest or the event cannot be written that is an error that says what stays behind.
/// @param items  ascending; nothing: all. Items that are gone since are left out and counted.
/// Errors: InvalidArgument for JSON Lines made safe for spreadsheets; what the store or the file reports (disk full:
/// nothing stays behind), Cancelled.
[[nodiscard]] Result<ExportManifest> exportItems(ReviewStore& store,
                                                 const ExportOptions& options,
                                                 const std::optional<std::vector<ItemId>>& items,
                                                 const std::filesystem::path& target,
                                                 std::stop_token stop = {},
                                                 const ProgressFn& progress = {});

[[nodiscard]] std::string toJson(const ExportManifest& manifest);
/// Errors: ParseError naming the key.
[[nodiscard]] Result<ExportManifest> manifestFromJson(std::string_view json);

/// The manifest beside an export, unchecked. Errors: what reading reports, ParseError.
[[nodiscard]] Result<ExportManifest> readManifest(const std::filesystem::path& exported);

/// Checks an export against its manifest: hash, columns, number of rows. Errors: Mismatch that says what differs; what
/// reading reports.
[[nodiscard]] Result<ExportManifest> verifyExport(const std::filesystem::path& exported, std::stop_token stop = {});

} // namespace modscope
