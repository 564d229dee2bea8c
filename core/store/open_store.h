#pragma once

#include "core/base/error.h"
#include "core/review/store.h"

#include <memory>
#include <optional>
#include <string>

namespace modscope {

struct StoreOptions {
    /// A file ("queue.db", "sqlite:///absolute/path.db") or a team's database ("postgresql://user@host:port/database").
    std::string location;
    std::string reviewerName;      ///< who works; spaces at its ends do not count
    std::optional<Project> create; ///< make the store if it is not there; the first reviewer is then its lead
    bool readOnly = false;         ///< nothing is written: no claims, no decisions
};

/// Opens one desk's file or a team's database, bringing an older schema up to date (a file is copied first).
/// Errors: NotFound for a store or reviewer that does not exist; ParseError for a foreign or damaged file; Unsupported
/// for a newer schema; Mismatch when `create` names other labels than the store has; Unavailable when the server cannot
/// be reached; PermissionDenied.
[[nodiscard]] Result<std::unique_ptr<ReviewStore>> openStore(const StoreOptions& options);

} // namespace modscope
