#include "core/similarity/complete_link.h"

#include <queue>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace modscope {

namespace {

/// A cluster goes by its smallest id.
struct Cluster {
    std::vector<MemeId> members;
    std::map<MemeId, int> farthest; ///< other clusters of which every pair is known, with the largest distance
};

struct Merge {
    int distance = 0;
    MemeId first = 0; ///< smaller than second
    MemeId second = 0;

    bool operator>(const Merge& other) const
    {
        return std::tie(distance, first, second) > std::tie(other.distance, other.first, other.second);
    }
};

class Clustering {
public:
    Clustering(const std::vector<MemeId>& items, const std::vector<ItemPair>& pairs)
    {
        for (const MemeId item : items) {
            m_clusters[item].members = {item};
        }
        for (const ItemPair& pair : pairs) {
            connect(pair.left, pair.right, pair.distance);
        }
    }

    std::vector<std::vector<MemeId>> run()
    {
        while (!m_queue.empty()) {
            const Merge next = m_queue.top();
            m_queue.pop();
            if (isCurrent(next)) {
                merge(next.first, next.second);
            }
        }
        std::vector<std::vector<MemeId>> result;
        for (auto& [id, cluster] : m_clusters) {
            std::sort(cluster.members.begin(), cluster.members.end());
            result.push_back(std::move(cluster.members));
        }
        return result;
    }

private:
    void connect(MemeId left, MemeId right, int distance)
    {
        m_clusters[left].farthest[right] = distance;
        m_clusters[right].farthest[left] = distance;
        m_queue.push({distance, std::min(left, right), std::max(left, right)});
    }

    /// Entries of clusters that have changed since stay in the queue.
    [[nodiscard]] bool isCurrent(const Merge& merge) const
    {
        const auto first = m_clusters.find(merge.first);
        if (first == m_clusters.end()) {
            return false;
        }
        const auto link = first->second.farthest.find(merge.second);
        return link != first->second.farthest.end() && link->second == merge.distance;
    }

    /// Only clusters that both know every member of stay reachable: others have a pair that is infinitely far.
    void merge(MemeId keptId, MemeId goneId)
    {
        Cluster gone = std::move(m_clusters.at(goneId));
        m_clusters.erase(goneId);
        Cluster& kept = m_clusters.at(keptId);
        kept.members.insert(kept.members.end(), gone.members.begin(), gone.members.end());
        std::map<MemeId, int> before = std::move(kept.farthest);
        kept.farthest.clear();
        for (const auto& [other, distance] : gone.farthest) {
            if (other != keptId) {
                m_clusters.at(other).farthest.erase(goneId);
            }
        }
        for (const auto& [other, distance] : before) {
            if (other == goneId) {
                continue;
            }
            m_clusters.at(other).farthest.erase(keptId);
            if (const auto both = gone.farthest.find(other); both != gone.farthest.end()) {
                connect(keptId, other, std::max(distance, both->second));
            }
        }
    }

    std::map<MemeId, Cluster> m_clusters;
    std::priority_queue<Merge, std::vector<Merge>, std::greater<>> m_queue;
};

} // namespace

std::vector<std::vector<MemeId>> completeLinkClusters(const std::vector<MemeId>& items,
                                                      const std::vector<ItemPair>& pairs)
{
    return Clustering(items, pairs).run();
}

} // namespace modscope
