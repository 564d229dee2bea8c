#pragma once

#include "core/base/error.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace modscope {

/// The pieces of a tokenizer and their ids, while its files are read.
class Vocabulary {
public:
    /// Errors: ParseError if the piece is already there.
    [[nodiscard]] Result<void> add(std::string piece, std::int32_t id);
    /// Errors: ParseError unless the ids are exactly 0 ... size() - 1: an embedding has one row for each.
    [[nodiscard]] Result<void> checkIds() const;

    [[nodiscard]] std::optional<std::int32_t> find(std::string_view piece) const;
    [[nodiscard]] std::size_t size() const { return m_ids.size(); }
    [[nodiscard]] auto begin() const { return m_ids.begin(); }
    [[nodiscard]] auto end() const { return m_ids.end(); }

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view piece) const { return std::hash<std::string_view>()(piece); }
    };
    std::unordered_map<std::string, std::int32_t, Hash, std::equal_to<>> m_ids;
};

/// Merges as text, in the order of their rank: all characters in one string, for a file has up to a million.
class MergeList {
public:
    void add(std::string_view left, std::string_view right);
    [[nodiscard]] std::size_t size() const { return m_entries.size(); }
    [[nodiscard]] std::pair<std::string_view, std::string_view> operator[](std::size_t rank) const;

private:
    struct Entry {
        std::size_t start;
        std::uint32_t leftSize;
        std::uint32_t rightSize;
    };
    std::string m_text;
    std::vector<Entry> m_entries;
};

/// Byte-pair encoding: which two adjacent ids become one, and which pair goes first.
/// Threads: const after construction.
class BpeMerges {
public:
    BpeMerges() = default;

    /// A pair that is listed twice has its last rank, as in the reference.
    /// Errors: ParseError naming the merge if one of its pieces, or their concatenation, is not in the vocabulary.
    [[nodiscard]] static Result<BpeMerges> create(const MergeList& list, const Vocabulary& vocabulary);

    /// Merges adjacent symbols, lowest rank first and leftmost first among equals, until no listed pair is left.
    /// O(n log n): the text is not trusted, and a whole text may be one word.
    void apply(std::vector<std::int32_t>& symbols) const;

private:
    struct Slot {
        std::uint64_t pair = kNoPair;
        std::uint32_t rank = 0;
        std::int32_t merged = 0;
    };
    struct Node;
    static constexpr std::uint64_t kNoPair = ~std::uint64_t{0}; // ids are not negative, so no pair has this key

    [[nodiscard]] std::size_t slotOf(std::uint64_t pair) const;
    [[nodiscard]] bool rankPair(std::vector<Node>& nodes, std::uint32_t position) const;

    std::vector<Slot> m_slots; // open addressing, a power of two of them, at most 3/4 used
};

} // namespace modscope
