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

/// What an export of ours is to a store.
struct ReimportReport {
    /// What came of one item of the export.
    enum class Standing : std::uint8_t {
        Restored,  ///< it was new here and stands as it stood there
        Unchanged, ///< the store would export it byte for byte the same
        Changed,   ///< the item is here, and something of it differs
        Unknown,   ///< there is no such item here
    };

    struct Difference {
        std::string key; ///< the item's; of the profile "reference" its text or picture
        Standing standing = Standing::Changed;
    };

    ExportManifest manifest;
    bool ofThisRecord = false; ///< the store's record has the event that the manifest ends with
    std::uint64_t restored = 0;
    std::uint64_t unchanged = 0;
    std::vector<Difference> differences; ///< changed and unknown items, in the file's order
    std::vector<ImportProblem> invalid;  ///< rows that could not be read or restored
    std::optional<Error> ended;          ///< why it ended early; what is counted is done

    [[nodiscard]] std::uint64_t count(Standing standing) const;
};

/// Reads an export with its manifest. In a store without items the profile "jsonl" restores every item with its states,
/// opinions and scores, people by their pseudonyms; only a lead may. The agreement of what was restored must be the
/// manifest's. In any other store, and for the other profiles, nothing is written: each item is compared with what the
/// store would export now. @param resume  goes on with a restoring that was interrupted
/// Errors: Mismatch for a file that its manifest does not fit or that was changed, and for other classes than the
/// project's; Unsupported for a profile made safe for spreadsheets, whose texts are not what they were;
/// InvalidArgument for another profile than "jsonl" in a store without items; what the store reports.
[[nodiscard]] Result<ReimportReport> reimportExport(ReviewStore& store,
                                                    const std::filesystem::path& exported,
                                                    bool resume = false,
                                                    std::stop_token stop = {},
                                                    const ProgressFn& progress = {});

} // namespace modscope
