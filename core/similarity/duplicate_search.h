#pragma once

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/similarity/duplicate_groups.h"
#include "core/similarity/relation.h"

#include <span>
#include <stop_token>
#include <vector>

namespace modscope {

/// Everything near something else in a collection. Items go by their place in it.
struct Duplicates {
    DuplicateGroups groups;
    /// Items left out of the groups: neither a hash of enough quality nor a file that another item shares.
    std::vector<MemeId> unhashable;
};

/// Finds the pairs of all items that are related (compare()) and puts them into groups with the diameter
/// thresholds.templateBits. The distance of a pair is that of its nearest hashes, or 0 for one file; pairs that are
/// alike by embedding only are no part of groups, which promise a diameter.
/// Errors: Mismatch for two hash families, what compare() reports, Cancelled. Progress: items.
[[nodiscard]] Result<Duplicates> findDuplicates(std::span<const Fingerprint> items,
                                                const RelationThresholds& thresholds = {},
                                                std::stop_token stop = {},
                                                const ProgressFn& progress = {});

} // namespace modscope
