#include "core/text/bpe.h"

#include "core/text/utf8.h"

#include <queue>

#include <algorithm>
#include <bit>
#include <functional>
#include <limits>

namespace modscope {

Result<void> Vocabulary::add(std::string piece, std::int32_t id)
{
    const auto [entry, isNew] = m_ids.try_emplace(std::move(piece), id);
    if (!isNew) {
        return fail(ErrorCode::ParseError, "piece " + inQuotes(entry->first) + " is listed twice");
    }
    return {};
}

Result<void> Vocabulary::checkIds() const
{
    std::vector<const std::string*> pieces(m_ids.size(), nullptr);
    for (const auto& [piece, id] : m_ids) {
        const auto index = static_cast<std::size_t>(id);
        if (id < 0 || index >= pieces.size()) {
            continue; // then another id is missing or shared, which is the better thing to say
        }
        if (pieces[index] != nullptr) {
            const auto& [first, second] = std::minmax(*pieces[index], piece);
            return fail(ErrorCode::ParseError,
                        "pieces " + inQuotes(first) + " and " + inQuotes(second) + " share id " + std::to_string(id));
        }
        pieces[index] = &piece;
    }
    const auto hole = std::find(pieces.begin(), pieces.end(), nullptr);
    if (hole != pieces.end()) {
        return fail(ErrorCode::ParseError, "none of the " + std::to_string(pieces.size()) + " pieces has id " +
                                               std::to_string(hole - pieces.begin()));
    }
    return {};
}

std::optional<std::int32_t> Vocabulary::find(std::string_view piece) const
{
    const auto entry = m_ids.find(piece);
    return entry == m_ids.end() ? std::nullopt : std::optional(entry->second);
}

void MergeList::add(std::string_view left, std::string_view right)
{
    m_entries.push_back(
        {m_text.size(), static_cast<std::uint32_t>(left.size()), static_cast<std::uint32_t>(right.size())});
    m_text += left;
    m_text += right;
}

std::pair<std::string_view, std::string_view> MergeList::operator[](std::size_t rank) const
{
    const Entry& entry = m_entries[rank];
    const std::string_view both = std::string_view(m_text).substr(entry.start, entry.leftSize + entry.rightSize);
    return {both.substr(0, entry.leftSize), both.substr(entry.leftSize)};
}

namespace {

std::uint64_t pairOf(std::int32_t left, std::int32_t right)
{
    return (std::uint64_t{static_cast<std::uint32_t>(left)} << 32U) | static_cast<std::uint32_t>(right);
}

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

} // namespace

/// One symbol of the word, linked to its living neighbours.
struct BpeMerges::Node {
    std::int32_t id;
    std::uint32_t previous;
    std::uint32_t next;
    std::uint32_t rank;  // of the pair (this, next); kNone if it does not merge or this symbol is gone
    std::int32_t merged; // what that pair becomes
};

Result<BpeMerges> BpeMerges::create(const MergeList& list, const Vocabulary& vocabulary)
{
    BpeMerges merges;
    merges.m_slots.resize(std::bit_ceil(list.size() + list.size() / 3 + 2));
    std::string both;
    for (std::size_t rank = 0; rank < list.size(); ++rank) {
        const auto [left, right] = list[rank];
        both.assign(left).append(right);
        const auto leftId = vocabulary.find(left);
        const auto rightId = vocabulary.find(right);
        const auto merged = vocabulary.find(both);
        if (!leftId || !rightId || !merged) {
            const std::string_view missing = !leftId ? left : !rightId ? right : std::string_view(both);
            return fail(ErrorCode::ParseError, "merge " + std::to_string(rank + 1) + " needs piece " +
                                                   inQuotes(missing) + ", which is not in the vocabulary");
        }
        const std::uint64_t pair = pairOf(*leftId, *rightId);
        merges.m_slots[merges.slotOf(pair)] = {pair, static_cast<std::uint32_t>(rank), *merged};
    }
    return merges;
}

/// Where a pair is, or the free slot where it would be.
std::size_t BpeMerges::slotOf(std::uint64_t pair) const
{
    const std::size_t mask = m_slots.size() - 1;
    std::uint64_t hash = pair * 0x9E3779B97F4A7C15U; // Fibonacci hashing mixes the high bits best:
    hash ^= hash >> 32U;                             // bring them down to where the mask looks
    std::size_t index = hash & mask;
    while (m_slots[index].pair != pair && m_slots[index].pair != kNoPair) {
        index = (index + 1) & mask;
    }
    return index;
}

/// Looks up what the symbol at `position` and its right neighbour become; false if nothing.
bool BpeMerges::rankPair(std::vector<Node>& nodes, std::uint32_t position) const
{
    Node& node = nodes[position];
    node.rank = kNone;
    if (node.next == kNone) {
        return false;
    }
    const Slot& slot = m_slots[slotOf(pairOf(node.id, nodes[node.next].id))];
    if (slot.pair == kNoPair) {
        return false;
    }
    node.rank = slot.rank;
    node.merged = slot.merged;
    return true;
}

void BpeMerges::apply(std::vector<std::int32_t>& symbols) const
{
    if (symbols.size() < 2 || m_slots.empty()) {
        return;
    }
    const auto count = static_cast<std::uint32_t>(symbols.size());
    std::vector<Node> nodes(count);
    for (std::uint32_t i = 0; i < count; ++i) {
        nodes[i] = {symbols[i], i == 0 ? kNone : i - 1, i + 1 == count ? kNone : i + 1, kNone, 0};
    }

    // An entry is (rank, position) in one number, so the smallest is the next to merge. Entries are never removed: one
    // whose rank is no longer its node's rank is out of date and skipped.
    std::vector<std::uint64_t> entries;
    const auto entryOf = [&](std::uint32_t position) {
        return (std::uint64_t{nodes[position].rank} << 32U) | position;
    };
    for (std::uint32_t i = 0; i < count; ++i) {
        if (rankPair(nodes, i)) {
            entries.push_back(entryOf(i));
        }
    }
    std::priority_queue queue(std::greater<>(), std::move(entries));
    while (!queue.empty()) {
        const auto position = static_cast<std::uint32_t>(queue.top());
        const auto rank = static_cast<std::uint32_t>(queue.top() >> 32U);
        queue.pop();
        Node& node = nodes[position];
        if (node.rank != rank) {
            continue;
        }
        nodes[node.next].rank = kNone;
        node.id = node.merged;
        node.next = nodes[node.next].next;
        if (node.next != kNone) {
            nodes[node.next].previous = position;
        }
        for (const std::uint32_t changed : {node.previous, position}) {
            if (changed != kNone && rankPair(nodes, changed)) {
                queue.push(entryOf(changed));
            }
        }
    }

    symbols.clear();
    for (std::uint32_t i = 0; i != kNone; i = nodes[i].next) {
        symbols.push_back(nodes[i].id);
    }
}

} // namespace modscope
