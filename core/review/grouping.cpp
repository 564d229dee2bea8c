#include "core/review/grouping.h"

#include "core/review/fresh_pictures.h"
#include "core/review/kinship.h"
#include "core/similarity/duplicate_groups.h"
#include "core/similarity/hash_index.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace modscope {

namespace {

/// Every picture of a store by its hash and its file.
class StoredPictures {
public:
    StoredPictures(const FreshPictures& fresh, const RelationThresholds& thresholds)
        : m_fresh(fresh), m_thresholds(thresholds)
    {}

    Result<void> read(ReviewStore& store, const std::stop_token& stop)
    {
        Result<void> added;
        auto done =
            store.readPictures(stop, [&](const StoredPicture& picture) { added = added ? add(picture) : added; });
        return done ? added : done;
    }

    [[nodiscard]] const std::vector<ItemId>& items() const { return m_items; }
    [[nodiscard]] std::int64_t groupOf(ItemId item) const
    {
        const auto found = m_groups.find(item);
        return found == m_groups.end() ? 0 : found->second;
    }
    [[nodiscard]] bool usable(ItemId item) const { return m_hashes.contains(item); }

    /// Pictures near one, itself left out: the same file, or hashes within the diameter.
    Result<std::vector<ItemId>> near(ItemId item) const
    {
        std::vector<ItemId> found;
        if (auto looked = alike(item, found); !looked) {
            return fail(looked.error());
        }
        if (const auto file = m_fileOf.find(item); file != m_fileOf.end()) {
            const auto same = m_files.equal_range(file->second);
            std::transform(same.first, same.second, std::back_inserter(found),
                           [](const auto& one) { return one.second; });
        }
        std::sort(found.begin(), found.end());
        found.erase(std::unique(found.begin(), found.end()), found.end());
        std::erase(found, item);
        return found;
    }

private:
    /// By hashes: of a fresh picture in every orientation, and without its border.
    Result<void> alike(ItemId item, std::vector<ItemId>& found) const
    {
        const Fingerprint* print = m_fresh.find(item);
        if (print == nullptr) {
            const auto hash = m_hashes.find(item);
            return hash == m_hashes.end() ? Result<void>() : take(m_index.within(hash->second, bits()), found);
        }
        for (const PdqViews* views : {&print->whole, print->inside ? &*print->inside : nullptr}) {
            if (views == nullptr || views->quality < m_thresholds.quality) {
                continue;
            }
            if (auto taken = take(m_index.within(*views, bits()), found); !taken) {
                return taken;
            }
        }
        return {};
    }

    static Result<void> take(const Result<std::vector<HashMatch>>& matches, std::vector<ItemId>& found)
    {
        if (!matches) {
            return fail(matches.error());
        }
        std::transform(matches->begin(), matches->end(), std::back_inserter(found),
                       [](const HashMatch& match) { return static_cast<ItemId>(match.id); });
        return {};
    }

    [[nodiscard]] int bits() const { return m_thresholds.templateBits; }

    Result<void> add(const StoredPicture& picture)
    {
        m_items.push_back(picture.item);
        if (picture.group > 0) {
            m_groups[picture.item] = picture.group;
        }
        if (!picture.sha256.empty()) {
            const auto file = std::hash<std::string>()(picture.sha256); // compare() looks at all of it
            m_fileOf[picture.item] = file;
            m_files.emplace(file, picture.item);
        }
        if (picture.hash.pdq.empty() || picture.hash.quality < m_thresholds.quality) {
            return {};
        }
        const auto hash = parsePdqHash(picture.hash.pdq);
        if (!hash) {
            return fail(hash.error().code, "item " + std::to_string(picture.item) + ": " + hash.error().message);
        }
        const Pdq pdq{*hash, picture.hash.quality, PdqFamily::Full};
        m_hashes[picture.item] = pdq;
        return m_index.add(static_cast<MemeId>(picture.item), pdq);
    }

    const FreshPictures& m_fresh;
    const RelationThresholds& m_thresholds;
    std::vector<ItemId> m_items;
    HashIndex m_index;
    std::unordered_map<ItemId, Pdq> m_hashes;
    std::unordered_map<ItemId, std::int64_t> m_groups;
    std::unordered_map<ItemId, std::size_t> m_fileOf;
    std::unordered_multimap<std::size_t, ItemId> m_files;
};

/// One component of near items, clustered and brought into the store.
class ComponentGrouping {
public:
    ComponentGrouping(ReviewStore& store,
                      const StoredPictures& pictures,
                      const FreshPictures& fresh,
                      const std::vector<std::pair<ItemId, ItemId>>& forbidden,
                      const RelationThresholds& thresholds,
                      GroupingReport& report)
        : m_store(store), m_pictures(pictures), m_fresh(fresh), m_forbidden(forbidden), m_thresholds(thresholds),
          m_report(report)
    {}

    /// @param members  ascending
    /// @param pairs    candidates, both members
    Result<void> group(const std::vector<ItemId>& members, const std::vector<std::pair<ItemId, ItemId>>& pairs)
    {
        if (auto loaded = load(members); !loaded) {
            return loaded;
        }
        if (auto measured = measure(pairs); !measured) {
            return measured;
        }
        DuplicateGroups groups(m_thresholds.templateBits);
        for (const auto& [one, other] : m_forbidden) {
            if (m_prints.contains(one) && m_prints.contains(other)) {
                if (auto parted = groups.forbid(static_cast<MemeId>(one), static_cast<MemeId>(other)); !parted) {
                    return parted;
                }
            }
        }
        for (const ItemId item : members) {
            if (!m_prints.contains(item)) {
                continue;
            }
            if (auto added = groups.add(static_cast<MemeId>(item), m_earlier[item]); !added) {
                return added;
            }
        }
        for (const DuplicateGroup& one : groups.groups()) {
            if (auto saved = save(one); !saved) {
                return saved;
            }
        }
        return {};
    }

private:
    Result<void> load(const std::vector<ItemId>& members)
    {
        const auto contents = m_store.contents(members);
        if (!contents) {
            return fail(contents.error());
        }
        for (const ItemContent& item : *contents) {
            auto print = storedFingerprint(item);
            if (!print && print.error().code == ErrorCode::LimitExceeded) {
                ++m_report.tooLong;
                continue;
            }
            if (!print) {
                return fail(print.error());
            }
            if (const Fingerprint* seen = m_fresh.find(item.id)) {
                print->whole = seen->whole;
                print->inside = seen->inside;
            }
            m_prints.emplace(item.id, std::move(*print));
            m_contents.emplace(item.id, item);
        }
        return {};
    }

    Result<void> measure(const std::vector<std::pair<ItemId, ItemId>>& pairs)
    {
        for (const auto& [one, other] : pairs) {
            if (!m_prints.contains(one) || !m_prints.contains(other)) {
                continue;
            }
            auto numbers = compare(m_prints.at(one), m_prints.at(other), m_thresholds);
            if (!numbers) {
                return fail(numbers.error());
            }
            if (numbers->relation == Relation::Unrelated && areMates(one, other)) {
                numbers = kinshipInGroup(m_contents.at(one), m_contents.at(other), m_thresholds);
            }
            if (!numbers) {
                return fail(numbers.error());
            }
            const auto nearest = numbers->nearest();
            const int distance = numbers->sameFile ? 0 : nearest ? nearest->bits : PdqHash::kBits;
            if (numbers->relation != Relation::Unrelated && distance <= m_thresholds.templateBits) {
                m_earlier[other].push_back({static_cast<MemeId>(one), distance});
                m_relations[{one, other}] = numbers->relation;
            }
        }
        return {};
    }

    /// Of one group before: their pictures were seen to be alike, which stored hashes may not tell.
    [[nodiscard]] bool areMates(ItemId one, ItemId other) const
    {
        return m_pictures.groupOf(one) > 0 && m_pictures.groupOf(one) == m_pictures.groupOf(other);
    }

    /// The weakest relation of any two: only where all are the same meme is the group.
    [[nodiscard]] Relation relationOf(const std::vector<ItemId>& members) const
    {
        Relation weakest = Relation::SameMeme;
        for (std::size_t i = 0; i < members.size(); ++i) {
            for (std::size_t j = i + 1; j < members.size(); ++j) {
                weakest = std::max(weakest, m_relations.at({members[i], members[j]}));
            }
        }
        return weakest;
    }

    Result<void> save(const DuplicateGroup& group)
    {
        std::vector<ItemId> members(group.members.begin(), group.members.end());
        const std::int64_t number = m_pictures.groupOf(members.front());
        const auto stored = number > 0 ? m_store.group(members.front()) : Result<std::vector<ItemId>>();
        if (!stored) {
            return fail(stored.error());
        }
        if (number > 0 && *stored == members) {
            return {};
        }
        if (auto set = m_store.setGroup(members, name(relationOf(members))); !set) {
            return set;
        }
        ++m_report.groups;
        m_report.grouped += members.size();
        return {};
    }

    ReviewStore& m_store;
    const StoredPictures& m_pictures;
    const FreshPictures& m_fresh;
    const std::vector<std::pair<ItemId, ItemId>>& m_forbidden;
    const RelationThresholds& m_thresholds;
    GroupingReport& m_report;
    std::unordered_map<ItemId, Fingerprint> m_prints;
    std::unordered_map<ItemId, ItemContent> m_contents;
    std::unordered_map<ItemId, std::vector<Neighbour>> m_earlier; ///< of each item: neighbours with a smaller id
    std::map<std::pair<ItemId, ItemId>, Relation> m_relations;
};

/// Walks from fresh items to everything that is near them, component by component.
class GroupingRun {
public:
    GroupingRun(ReviewStore& store, const RelationThresholds& thresholds)
        : m_store(store), m_thresholds(thresholds), m_pictures(m_fresh, thresholds)
    {}

    Result<GroupingReport> run(const std::optional<std::vector<ItemId>>& fresh,
                               const std::stop_token& stop,
                               const ProgressFn& progress)
    {
        auto forbidden = m_store.notDuplicates();
        auto read = forbidden ? m_pictures.read(m_store, stop) : fail(forbidden.error());
        if (!read) {
            return fail(read.error());
        }
        m_forbidden = std::move(*forbidden);
        if (auto seen = fresh ? m_fresh.read(m_store, *fresh, stop, progress) : Result<void>(); !seen) {
            return fail(seen.error());
        }
        m_report.unread = m_fresh.unread();
        const std::vector<ItemId>& starts = fresh ? *fresh : m_pictures.items();
        for (const ItemId item : starts) {
            if (stop.stop_requested()) {
                return fail(ErrorCode::Cancelled,
                            "looking for duplicates was stopped after " + std::to_string(m_report.asked) + " items");
            }
            ++m_report.asked;
            m_report.tooPlain += m_pictures.usable(item) ? 0 : 1;
            if (!m_seen.contains(item)) {
                if (auto grouped = groupAround(item); !grouped) {
                    return fail(grouped.error());
                }
            }
            if (progress) {
                progress({m_report.asked, starts.size()});
            }
        }
        return m_report;
    }

private:
    Result<void> groupAround(ItemId start)
    {
        std::vector<ItemId> members = {start};
        std::vector<std::pair<ItemId, ItemId>> pairs;
        m_seen.insert(start);
        for (std::size_t next = 0; next < members.size(); ++next) {
            const auto near = nearOrMates(members[next]);
            if (!near) {
                return fail(near.error());
            }
            for (const ItemId other : *near) {
                pairs.emplace_back(std::min(members[next], other), std::max(members[next], other));
                if (m_seen.insert(other).second) {
                    members.push_back(other);
                }
            }
        }
        if (members.size() == 1) {
            return {};
        }
        std::sort(members.begin(), members.end());
        std::sort(pairs.begin(), pairs.end());
        pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
        return ComponentGrouping(m_store, m_pictures, m_fresh, m_forbidden, m_thresholds, m_report)
            .group(members, pairs);
    }

    /// What is near an item, and what shares its group.
    Result<std::vector<ItemId>> nearOrMates(ItemId item)
    {
        auto near = m_pictures.near(item);
        if (!near || m_pictures.groupOf(item) == 0) {
            return near;
        }
        const auto mates = m_store.group(item);
        if (!mates) {
            return fail(mates.error());
        }
        near->insert(near->end(), mates->begin(), mates->end());
        std::sort(near->begin(), near->end());
        near->erase(std::unique(near->begin(), near->end()), near->end());
        std::erase(*near, item);
        return near;
    }

    ReviewStore& m_store;
    const RelationThresholds& m_thresholds;
    FreshPictures m_fresh;
    StoredPictures m_pictures;
    std::vector<std::pair<ItemId, ItemId>> m_forbidden;
    std::unordered_set<ItemId> m_seen;
    GroupingReport m_report;
};

} // namespace

Result<GroupingReport> groupDuplicates(ReviewStore& store,
                                       const std::optional<std::vector<ItemId>>& fresh,
                                       const RelationThresholds& thresholds,
                                       std::stop_token stop,
                                       const ProgressFn& progress)
{
    return GroupingRun(store, thresholds).run(fresh, stop, progress);
}

} // namespace modscope
