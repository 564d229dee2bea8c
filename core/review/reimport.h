#pragma once

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/review/export.h"
#include "core/review/import.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace modscope {

struct ReimportOptions {
    bool resume = false; ///< goes on with a restoring that was interrupted
    bool dryRun = false; ///< says what would be done; nothing is written
    /// Takes a file that was changed after it was written, as somebody does who corrects labels in it. Its columns must
    /// still be the manifest's. It restores nothing: other people's opinions are only believed as they were written.
    bool unverified = false;
    /// Labels that differ from those here become my decisions, as far as the rules let me decide.
    bool decide = false;
};

/// What an export of ours is to a store.
struct ReimportReport {
    /// What came of one item of the export.
    enum class Standing : std::uint8_t {
        Restored,  ///< it was new here and stands as it stood there
        Unchanged, ///< the store would export it byte for byte the same
        Changed,   ///< the item is here, and something of it differs
        Unknown,   ///< there is no such item here
    };

    /// One value that differs.
    struct Cell {
        std::string column; ///< of JSON Lines the path to the value: "opinions/0/answers/Religion"
        std::string here;
        std::string there; ///< in the file

        bool operator==(const Cell&) const = default;
    };

    struct Difference {
        std::uint64_t row = 0; ///< of the item's last row or line in the file, 1-based
        std::string key;       ///< the item's; of the profile "reference" its text or picture
        Standing standing = Standing::Changed;
        ItemId item = 0;                            ///< 0 when it is unknown
        std::vector<Cell> cells;                    ///< of the first kShownDifferences changed items
        std::optional<std::vector<Answer>> answers; ///< the file's labels, where they differ from those here
    };
    static constexpr std::size_t kShownDifferences = 20;

    ExportManifest manifest;
    bool verified = true;      ///< the file is as its manifest says
    bool ofThisRecord = false; ///< the store's record has the event that the manifest ends with
    bool restores = false;     ///< the store has no items, or the restoring was interrupted
    std::string importName;    ///< of what was restored; takeBackImport() asks for it
    std::uint64_t restored = 0;
    std::uint64_t unchanged = 0;
    std::vector<Difference> differences; ///< changed and unknown items, in the file's order
    std::vector<ImportProblem> invalid;  ///< rows that could not be read, restored or decided
    std::uint64_t decided = 0;           ///< items whose labels became my decision
    std::vector<EventSeq> decisions;     ///< the events that did it, one for each set of labels
    std::optional<Error> ended;          ///< why it ended early; what is counted is done

    [[nodiscard]] std::uint64_t count(Standing standing) const;
    /// Changed items whose labels differ: what ReimportOptions::decide is about.
    [[nodiscard]] std::uint64_t relabelled() const;
};

/// Reads an export with its manifest. In a store without items the profile "jsonl" restores every item with its states,
/// opinions and scores, people by their pseudonyms; only a lead may. The agreement of what was restored must be the
/// manifest's. In any other store each item is compared with what the store would export now, and nothing is written
/// unless `decide` asks for it.
/// Errors: Mismatch for a file that its manifest does not fit or that was changed, and for other classes than the
/// project's; Unsupported for a profile made safe for spreadsheets, whose texts are not what they were;
/// InvalidArgument for another profile than "jsonl" in a store without items; what the store reports.
[[nodiscard]] Result<ReimportReport> reimportExport(ReviewStore& store,
                                                    const std::filesystem::path& exported,
                                                    const ReimportOptions& options = {},
                                                    std::stop_token stop = {},
                                                    const ProgressFn& progress = {});

/// Takes back what a re-import wrote: the items that it restored, in one event, or the decisions that it made and that
/// nobody built on. Errors: NotFound when there is nothing to take back; what the store reports.
/// @return how many items stand as before
[[nodiscard]] Result<std::uint64_t> takeBackReimport(ReviewStore& store, const ReimportReport& report);

} // namespace modscope
