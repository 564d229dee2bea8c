#pragma once

#include "core/base/error.h"
#include "core/similarity/complete_link.h"

#include <map>
#include <optional>
#include <set>
#include <span>
#include <utility>
#include <vector>

namespace modscope {

/// An item near another.
struct Neighbour {
    MemeId id = 0;
    int distance = 0;

    bool operator==(const Neighbour&) const = default;
};

/// Items that are all within one diameter of each other.
struct DuplicateGroup {
    std::vector<MemeId> members; ///< at least 2, sorted
    MemeId medoid = 0;           ///< with the smallest sum of distances to the others; ties go to the smaller id
    int diameter = 0;            ///< the largest distance within

    bool operator==(const DuplicateGroup&) const = default;
};

/// Groups of duplicates, kept up to date while items come and go: complete-link clusters with a hard diameter, never
/// chains. Groups are a function of the items, their distances and the cannot-link pairs: the order in which these came
/// does not matter, and neither does history. A nearer newcomer can therefore part a group. Ties:
/// completeLinkClusters(). A change recomputes only the connected items around it, at the next question. Memory: the
/// pairs within the diameter. Threads: one at a time, const functions as well.
class DuplicateGroups {
public:
    /// @param diameter  the largest distance of two members of a group
    explicit DuplicateGroups(int diameter) : m_diameter(diameter) {}

    [[nodiscard]] int diameter() const { return m_diameter; }
    [[nodiscard]] bool contains(MemeId id) const { return m_links.contains(id); }

    /// @param neighbours  items added before, with their distances; those beyond the diameter may be left out, and an
    ///                    item that is left out counts as beyond
    /// Errors: InvalidArgument for an id that is there, a neighbour that is not or is given twice, a negative distance.
    [[nodiscard]] Result<void> add(MemeId id, std::span<const Neighbour> neighbours);
    /// Its cannot-link pairs are kept, in case it comes back. @return whether it was there
    bool remove(MemeId id);

    /// "These are no duplicates": never again in one group, whatever comes. The items need not be there yet.
    /// Errors: InvalidArgument for an item and itself.
    [[nodiscard]] Result<void> forbid(MemeId left, MemeId right);
    /// Takes items out of their group for ever: each of them cannot be linked to any member that is not named.
    /// Errors: InvalidArgument when they are not some, but not all, of one group.
    [[nodiscard]] Result<void> split(std::span<const MemeId> part);
    /// Every pair that was forbidden, smaller id first: what has to be stored.
    [[nodiscard]] const std::set<std::pair<MemeId, MemeId>>& forbidden() const { return m_forbidden; }

    /// All groups, by their first id.
    [[nodiscard]] std::vector<DuplicateGroup> groups() const;
    /// The group of an item, nothing if it has no duplicate.
    [[nodiscard]] std::optional<DuplicateGroup> groupOf(MemeId id) const;
    /// Why two items are (not) together: their distance, nothing beyond the diameter.
    [[nodiscard]] std::optional<int> distance(MemeId left, MemeId right) const;

private:
    [[nodiscard]] bool mayLink(MemeId left, MemeId right) const;
    [[nodiscard]] std::vector<MemeId> takeComponent(MemeId start) const;
    void recompute() const;
    [[nodiscard]] DuplicateGroup describe(const std::vector<MemeId>& members) const;

    int m_diameter;
    std::map<MemeId, std::map<MemeId, int>> m_links; ///< of each item: neighbours within the diameter
    std::set<std::pair<MemeId, MemeId>> m_forbidden;
    mutable std::set<MemeId> m_changed;                      ///< items whose component has to be clustered again
    mutable std::map<MemeId, std::vector<MemeId>> m_members; ///< groups of 2 and more by their first id
    mutable std::map<MemeId, MemeId> m_groupOf;              ///< item -> first id of its group
};

} // namespace modscope
