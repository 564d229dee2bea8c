#include "core/similarity/hash_index.h"

#include <algorithm>
#include <string>
#include <thread>
#include <tuple>
#include <utility>

namespace modscope {

namespace {

/// Below, starting a second thread costs more than it saves.
constexpr std::size_t kBlocksWorthAThread = 16'384;

std::string_view name(PdqFamily family)
{
    return family == PdqFamily::Full ? "full" : "squashed";
}

void sortByDistance(std::vector<HashMatch>& matches)
{
    std::sort(matches.begin(), matches.end(), [](const HashMatch& left, const HashMatch& right) {
        return std::tie(left.distance, left.id) < std::tie(right.distance, right.id);
    });
}

} // namespace

Result<void> HashIndex::add(MemeId id, const Pdq& pdq)
{
    if (auto checked = checkFamily(pdq.family); !checked) {
        return checked;
    }
    const std::size_t slot = m_ids.size();
    if (!m_slots.try_emplace(id, slot).second) {
        return fail(ErrorCode::InvalidArgument, "item " + std::to_string(id) + " is in the index already");
    }
    m_ids.push_back(id);
    if (slot % hash_scan::kBlock == 0) {
        m_blocks.emplace_back();
    }
    store(slot, pdq.hash);
    return {};
}

bool HashIndex::remove(MemeId id)
{
    const auto found = m_slots.find(id);
    if (found == m_slots.end()) {
        return false;
    }
    const std::size_t slot = found->second;
    const std::size_t last = m_ids.size() - 1;
    m_slots.erase(found);
    if (slot != last) {
        store(slot, load(last));
        m_ids[slot] = m_ids[last];
        m_slots[m_ids[slot]] = slot;
    }
    m_ids.pop_back();
    if (last % hash_scan::kBlock == 0) {
        m_blocks.pop_back();
    }
    return true;
}

Result<std::vector<HashMatch>> HashIndex::within(const Pdq& query, int radius) const
{
    if (auto checked = checkFamily(query.family); !checked) {
        return fail(checked.error());
    }
    auto found = matches(query.hash, radius, Dihedral::Original);
    sortByDistance(found);
    return found;
}

Result<std::vector<HashMatch>> HashIndex::within(const PdqViews& query, int radius) const
{
    if (auto checked = checkFamily(query.family); !checked) {
        return fail(checked.error());
    }
    std::unordered_map<MemeId, HashMatch> nearest;
    for (const Dihedral orientation : kDihedrals) {
        for (const HashMatch& match : matches(query[orientation], radius, orientation)) {
            const auto [known, isNew] = nearest.try_emplace(match.id, match);
            if (!isNew && match.distance < known->second.distance) {
                known->second = match;
            }
        }
    }
    std::vector<HashMatch> found;
    found.reserve(nearest.size());
    for (const auto& [id, match] : nearest) {
        found.push_back(match);
    }
    sortByDistance(found);
    return found;
}

Result<void> HashIndex::checkFamily(PdqFamily family) const
{
    if (family != m_family) {
        return fail(ErrorCode::Mismatch, "a PDQ hash of the family '" + std::string(name(family)) +
                                             "' cannot be compared with those of the family '" +
                                             std::string(name(m_family)) + "'");
    }
    return {};
}

std::vector<HashMatch> HashIndex::matches(const PdqHash& query, int radius, Dihedral orientation) const
{
    std::vector<HashMatch> found;
    for (const hash_scan::Hit& hit : scan(query, radius)) {
        if (hit.slot < m_ids.size()) { // the last block may have lanes without a hash
            found.push_back({m_ids[hit.slot], hit.distance, orientation});
        }
    }
    return found;
}

std::vector<hash_scan::Hit> HashIndex::scan(const PdqHash& query, int radius) const
{
    std::vector<hash_scan::Hit> hits;
    const std::size_t count = m_blocks.size();
    if (count < 2 * kBlocksWorthAThread) {
        m_kernel->scan(m_blocks.data(), 0, count, query, radius, hits);
        return hits;
    }
    std::vector<hash_scan::Hit> others;
    {
        const std::jthread second([&] { m_kernel->scan(m_blocks.data(), count / 2, count, query, radius, others); });
        m_kernel->scan(m_blocks.data(), 0, count / 2, query, radius, hits);
    }
    hits.insert(hits.end(), others.begin(), others.end());
    return hits;
}

void HashIndex::store(std::size_t slot, const PdqHash& hash)
{
    auto& block = m_blocks[slot / hash_scan::kBlock];
    for (std::size_t word = 0; word < hash.words.size(); ++word) {
        block.words[word][slot % hash_scan::kBlock] = hash.words[word];
    }
}

PdqHash HashIndex::load(std::size_t slot) const
{
    PdqHash hash;
    const auto& block = m_blocks[slot / hash_scan::kBlock];
    for (std::size_t word = 0; word < hash.words.size(); ++word) {
        hash.words[word] = block.words[word][slot % hash_scan::kBlock];
    }
    return hash;
}

} // namespace modscope
