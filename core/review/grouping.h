#pragma once

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/review/store.h"
#include "core/similarity/relation.h"

#include <cstddef>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace modscope {

struct GroupingReport {
    std::size_t asked = 0;    ///< items whose neighbours were looked for
    std::size_t tooPlain = 0; ///< of them: no hash, or one of too little structure to compare
    std::size_t tooLong = 0;  ///< near something, but their text is too long to be compared
    std::size_t unread = 0;   ///< fresh ones whose picture could not be read again: compared by their stored hash
    std::size_t groups = 0;   ///< that were made or changed
    std::size_t grouped = 0;  ///< items in them
};

/// Puts near-duplicates into groups of the store, whose relation is the weakest of any two members: "same_meme",
/// "same_template", "cropped_or_framed". Stored hashes know one orientation and no border, so the pictures of fresh
/// items are read once more: they are found as turned, mirrored or framed copies of what is there and of one another. A
/// framed picture that was there first is not found by a fresh one without its frame. Pairs that a person said are no
/// duplicates never meet in a group.
/// @param fresh  items that came in; nothing: all, by their stored hashes alone. Only they, their neighbours and the
/// neighbours' groups are looked at. Errors: what the store reports; Cancelled (groups made so far stay). Memory: about
/// 100 bytes a picture of the store, and 600 a fresh one.
[[nodiscard]] Result<GroupingReport> groupDuplicates(ReviewStore& store,
                                                     const std::optional<std::vector<ItemId>>& fresh,
                                                     const RelationThresholds& thresholds = {},
                                                     std::stop_token stop = {},
                                                     const ProgressFn& progress = {});

/// What two items are to each other, by their texts and stored hashes. Only SameMeme may be proposed to be decided
/// together. Errors: ParseError for a stored hash that is none.
[[nodiscard]] Result<Comparison> kinship(const ItemContent& one,
                                         const ItemContent& other,
                                         const RelationThresholds& thresholds = {});

/// As kinship(), with the two files read again: turned, mirrored, cropped and framed copies are seen too. Takes two
/// decoded pictures' time. Errors: what reading reports; Mismatch for a file that is not what was imported.
[[nodiscard]] Result<Comparison> kinshipOfPictures(const ItemContent& one,
                                                   const ItemContent& other,
                                                   const RelationThresholds& thresholds = {});

/// What two members of one group are to each other: as kinship(), and only where the stored hashes see nothing in
/// common as kinshipOfPictures(). Files that cannot be read leave it at what the hashes say.
[[nodiscard]] Result<Comparison> kinshipInGroup(const ItemContent& one,
                                                const ItemContent& other,
                                                const RelationThresholds& thresholds = {});

/// Of a group's members, those that are the same meme as the item: what one decision is proposed for.
[[nodiscard]] Result<std::vector<ItemId>> sameMemes(const ItemContent& item,
                                                    std::span<const ItemContent> group,
                                                    const RelationThresholds& thresholds = {});

} // namespace modscope
