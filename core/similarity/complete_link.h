#pragma once

#include "core/similarity/hash_index.h"

#include <vector>

namespace modscope {

/// Two items and their distance; the smaller id comes first where it matters.
struct ItemPair {
    MemeId left = 0;
    MemeId right = 0;
    int distance = 0;

    bool operator==(const ItemPair&) const = default;
};

/// Complete-link clustering: the two clusters whose farthest members are nearest are merged, until none are left of
/// which every pair was given. A pair that is not given is infinitely far, so a chain of near items never becomes one
/// cluster. The result depends on the pairs alone, not on their order: of equal distances the cluster with the smallest
/// id goes first, then the partner with the smallest id.
/// @param items  each once
/// @param pairs  between two of the items, each pair once
/// @return all items in clusters, each sorted by id, clusters by their first id
/// Time and memory: a constant times pairs, and a logarithm in time.
[[nodiscard]] std::vector<std::vector<MemeId>> completeLinkClusters(const std::vector<MemeId>& items,
                                                                    const std::vector<ItemPair>& pairs);

} // namespace modscope
