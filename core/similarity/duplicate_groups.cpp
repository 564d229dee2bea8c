#include "core/similarity/duplicate_groups.h"

#include <algorithm>
#include <limits>
#include <string>

namespace modscope {

namespace {

std::pair<MemeId, MemeId> ordered(MemeId left, MemeId right)
{
    return {std::min(left, right), std::max(left, right)};
}

tl::unexpected<Error> wrongNeighbour(MemeId id, const Neighbour& neighbour, const char* problem)
{
    return fail(ErrorCode::InvalidArgument,
                "item " + std::to_string(id) + ": its neighbour " + std::to_string(neighbour.id) + " " + problem);
}

} // namespace

Result<void> DuplicateGroups::add(MemeId id, std::span<const Neighbour> neighbours)
{
    if (contains(id)) {
        return fail(ErrorCode::InvalidArgument, "item " + std::to_string(id) + " is in the groups already");
    }
    std::map<MemeId, int> links;
    std::set<MemeId> named;
    for (const Neighbour& neighbour : neighbours) {
        if (!contains(neighbour.id)) {
            return wrongNeighbour(id, neighbour, "is not in the groups");
        }
        if (neighbour.distance < 0) {
            return wrongNeighbour(id, neighbour, "has a negative distance");
        }
        if (!named.insert(neighbour.id).second) {
            return wrongNeighbour(id, neighbour, "is given twice");
        }
        if (neighbour.distance <= m_diameter) {
            links[neighbour.id] = neighbour.distance;
        }
    }
    for (const auto& [other, distance] : links) {
        m_links[other][id] = distance;
    }
    m_links[id] = std::move(links);
    m_changed.insert(id);
    return {};
}

bool DuplicateGroups::remove(MemeId id)
{
    const auto found = m_links.find(id);
    if (found == m_links.end()) {
        return false;
    }
    recompute(); // what it was grouped with is known then
    for (const auto& [other, distance] : found->second) {
        m_links[other].erase(id);
        m_changed.insert(other);
    }
    m_links.erase(found);
    if (const auto group = m_groupOf.find(id); group != m_groupOf.end()) {
        const auto members = m_members.extract(group->second).mapped();
        for (const MemeId member : members) {
            m_groupOf.erase(member);
        }
    }
    return true;
}

Result<void> DuplicateGroups::forbid(MemeId left, MemeId right)
{
    if (left == right) {
        return fail(ErrorCode::InvalidArgument, "item " + std::to_string(left) + " cannot be kept apart from itself");
    }
    m_forbidden.insert(ordered(left, right));
    for (const MemeId id : {left, right}) {
        if (contains(id)) {
            m_changed.insert(id);
        }
    }
    return {};
}

Result<void> DuplicateGroups::split(std::span<const MemeId> part)
{
    const auto group = part.empty() ? std::nullopt : groupOf(part.front());
    const std::set<MemeId> named(part.begin(), part.end());
    const bool inside =
        group && std::includes(group->members.begin(), group->members.end(), named.begin(), named.end());
    if (!inside || named.size() == group->members.size()) {
        return fail(ErrorCode::InvalidArgument, "only some, but not all, members of one group can be split off");
    }
    for (const MemeId member : group->members) {
        for (const MemeId apart : named) {
            if (!named.contains(member)) {
                m_forbidden.insert(ordered(member, apart));
            }
        }
    }
    m_changed.insert(group->members.begin(), group->members.end());
    return {};
}

std::vector<DuplicateGroup> DuplicateGroups::groups() const
{
    recompute();
    std::vector<DuplicateGroup> result;
    result.reserve(m_members.size());
    for (const auto& [first, members] : m_members) {
        result.push_back(describe(members));
    }
    return result;
}

std::optional<DuplicateGroup> DuplicateGroups::groupOf(MemeId id) const
{
    recompute();
    const auto found = m_groupOf.find(id);
    if (found == m_groupOf.end()) {
        return std::nullopt;
    }
    return describe(m_members.at(found->second));
}

std::optional<int> DuplicateGroups::distance(MemeId left, MemeId right) const
{
    const auto links = m_links.find(left);
    if (links == m_links.end()) {
        return std::nullopt;
    }
    const auto link = links->second.find(right);
    return link == links->second.end() ? std::nullopt : std::optional(link->second);
}

bool DuplicateGroups::mayLink(MemeId left, MemeId right) const
{
    return !m_forbidden.contains(ordered(left, right));
}

/// Everything that is connected with an item, also through cannot-link pairs: the groups of all of it are forgotten and
/// no longer wait to be clustered.
std::vector<MemeId> DuplicateGroups::takeComponent(MemeId start) const
{
    std::set<MemeId> seen{start};
    std::vector<MemeId> open{start};
    while (!open.empty()) {
        const MemeId id = open.back();
        open.pop_back();
        m_changed.erase(id);
        if (const auto group = m_groupOf.find(id); group != m_groupOf.end()) {
            m_members.erase(group->second);
            m_groupOf.erase(group);
        }
        for (const auto& [other, distance] : m_links.at(id)) {
            if (seen.insert(other).second) {
                open.push_back(other);
            }
        }
    }
    return {seen.begin(), seen.end()};
}

void DuplicateGroups::recompute() const
{
    while (!m_changed.empty()) {
        const MemeId start = *m_changed.begin();
        m_changed.erase(m_changed.begin());
        if (!contains(start)) {
            continue;
        }
        const std::vector<MemeId> items = takeComponent(start);
        std::vector<ItemPair> pairs;
        for (const MemeId item : items) {
            for (const auto& [other, distance] : m_links.at(item)) {
                if (item < other && mayLink(item, other)) {
                    pairs.push_back({item, other, distance});
                }
            }
        }
        for (auto& cluster : completeLinkClusters(items, pairs)) {
            if (cluster.size() > 1) {
                for (const MemeId member : cluster) {
                    m_groupOf[member] = cluster.front();
                }
                const MemeId first = cluster.front();
                m_members[first] = std::move(cluster);
            }
        }
    }
}

DuplicateGroup DuplicateGroups::describe(const std::vector<MemeId>& members) const
{
    DuplicateGroup group{members, members.front(), 0};
    auto smallest = std::numeric_limits<long long>::max();
    for (const MemeId candidate : members) {
        long long sum = 0;
        for (const MemeId member : members) {
            const int apart = member == candidate ? 0 : *distance(candidate, member);
            group.diameter = std::max(group.diameter, apart);
            sum += apart;
        }
        if (sum < smallest) {
            smallest = sum;
            group.medoid = candidate;
        }
    }
    return group;
}

} // namespace modscope
