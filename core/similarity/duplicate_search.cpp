#include "core/similarity/duplicate_search.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace modscope {

namespace {

/// All items, searched for those that could be related.
class Collection {
public:
    Collection(std::span<const Fingerprint> items, const RelationThresholds& thresholds)
        : m_items(items), m_thresholds(thresholds), m_whole(familyOf(items)), m_inside(familyOf(items))
    {}

    [[nodiscard]] Result<void> build()
    {
        for (MemeId id = 0; id < m_items.size(); ++id) {
            const Fingerprint& item = m_items[id];
            if (!item.sha256.empty()) {
                m_files[item.sha256].push_back(id);
            }
            if (auto added = add(m_whole, id, &item.whole); !added) {
                return added;
            }
            if (auto added = add(m_inside, id, item.inside ? &*item.inside : nullptr); !added) {
                return added;
            }
        }
        return {};
    }

    /// Adds pairs of the item and others, the smaller id first. A pair is near when one of its pictures turned is near
    /// the other; the two ways differ a little, so the pair is only sure to be found after both were asked.
    [[nodiscard]] Result<void> addCandidates(MemeId id, std::set<std::pair<MemeId, MemeId>>& pairs) const
    {
        const Fingerprint& item = m_items[id];
        const auto addPair = [&](MemeId other) {
            if (other != id) {
                pairs.insert({std::min(id, other), std::max(id, other)});
            }
        };
        if (const auto file = m_files.find(item.sha256); file != m_files.end()) {
            std::for_each(file->second.begin(), file->second.end(), addPair);
        }
        for (const PdqViews* views : {&item.whole, item.inside ? &*item.inside : nullptr}) {
            for (const HashIndex* index : {&m_whole, &m_inside}) {
                if (!isUsable(views)) {
                    continue;
                }
                const auto matches = index->within(*views, m_thresholds.templateBits);
                if (!matches) {
                    return fail(matches.error());
                }
                std::for_each(matches->begin(), matches->end(), [&](const HashMatch& match) { addPair(match.id); });
            }
        }
        return {};
    }

    /// Whether anything of the item can be near something else.
    [[nodiscard]] bool isUsable(const PdqViews* views) const
    {
        return views != nullptr && views->quality >= m_thresholds.quality;
    }

private:
    [[nodiscard]] static PdqFamily familyOf(std::span<const Fingerprint> items)
    {
        return items.empty() ? PdqFamily::Full : items.front().whole.family;
    }

    [[nodiscard]] Result<void> add(HashIndex& index, MemeId id, const PdqViews* views) const
    {
        return isUsable(views) ? index.add(id, views->original()) : Result<void>();
    }

    std::span<const Fingerprint> m_items;
    const RelationThresholds& m_thresholds;
    HashIndex m_whole;
    HashIndex m_inside;
    std::map<std::string, std::vector<MemeId>> m_files; ///< by SHA-256
};

/// Distance of a related pair in a group.
std::optional<int> groupDistance(const Comparison& comparison, const RelationThresholds& thresholds)
{
    if (comparison.sameFile) {
        return 0;
    }
    const auto nearest = comparison.nearest();
    return nearest && nearest->bits <= thresholds.templateBits ? std::optional(nearest->bits) : std::nullopt;
}

/// Of each item, the neighbours with a smaller id.
Result<std::vector<std::vector<Neighbour>>> earlierNeighbours(std::span<const Fingerprint> items,
                                                              const std::set<std::pair<MemeId, MemeId>>& pairs,
                                                              const RelationThresholds& thresholds)
{
    std::vector<std::vector<Neighbour>> neighbours(items.size());
    for (const auto& [left, right] : pairs) {
        const auto comparison = compare(items[left], items[right], thresholds);
        if (!comparison) {
            return fail(comparison.error());
        }
        if (const auto distance = groupDistance(*comparison, thresholds)) {
            neighbours[right].push_back({left, *distance});
        }
    }
    return neighbours;
}

} // namespace

Result<Duplicates> findDuplicates(std::span<const Fingerprint> items,
                                  const RelationThresholds& thresholds,
                                  std::stop_token stop,
                                  const ProgressFn& progress)
{
    Collection collection(items, thresholds);
    if (auto built = collection.build(); !built) {
        return fail(built.error());
    }
    std::set<std::pair<MemeId, MemeId>> pairs;
    for (MemeId id = 0; id < items.size(); ++id) {
        if (stop.stop_requested()) {
            return fail(ErrorCode::Cancelled, "Cancelled after " + std::to_string(id) + " items");
        }
        if (auto added = collection.addCandidates(id, pairs); !added) {
            return fail(added.error());
        }
        if (progress) {
            progress({id + 1, items.size()});
        }
    }
    const auto neighbours = earlierNeighbours(items, pairs, thresholds);
    if (!neighbours) {
        return fail(neighbours.error());
    }
    Duplicates result{DuplicateGroups(thresholds.templateBits), {}};
    for (MemeId id = 0; id < items.size(); ++id) {
        if (auto added = result.groups.add(id, (*neighbours)[id]); !added) {
            return fail(added.error());
        }
    }
    for (MemeId id = 0; id < items.size(); ++id) {
        const Fingerprint& item = items[id];
        const bool usable = collection.isUsable(&item.whole) || (item.inside && collection.isUsable(&*item.inside));
        if (!usable && !result.groups.groupOf(id)) {
            result.unhashable.push_back(id);
        }
    }
    return result;
}

} // namespace modscope
