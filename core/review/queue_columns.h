#pragma once

#include "core/review/queue_index.h"

#include <cstdint>
#include <optional>
#include <vector>

// Private to this room: the facts of all items, one column a fact, one row an item.

namespace modscope {

/// About 70 bytes an item with five classes. What the queue's model says is kept class by class; of other models only
/// what filters ask: which classes any of them flags, and how far two of them differ.
struct QueueColumns {
    enum Flag : std::uint8_t {
        Escalated = 1,
        Audit = 2,
        Golden = 4,
        HasText = 8,
        HasPicture = 16,
        Together = 32, ///< flagged by text and picture together, by neither alone
    };

    QueueNames names;
    std::vector<ItemId> id;
    std::vector<ItemState> state;
    std::vector<std::uint8_t> flags;
    std::vector<std::int32_t> skips;
    std::vector<std::int64_t> source;
    std::vector<std::int64_t> group;
    std::vector<ReviewerId> firstBy;
    std::vector<TimeMs> created;
    std::vector<float> risk;
    std::vector<float> margin; ///< infinite without scores
    std::vector<float> uncertainty;
    std::vector<float> disagreement;
    std::vector<std::uint64_t> flagged;     ///< a bit a label
    std::vector<std::vector<float>> scores; ///< [label][row], NaN where the queue's model has no score

    [[nodiscard]] std::size_t size() const { return id.size(); }
    [[nodiscard]] std::optional<std::size_t> rowOf(ItemId item) const;
    [[nodiscard]] double groupSize(std::size_t row) const;

    /// Errors: LimitExceeded for more than 64 labels.
    [[nodiscard]] Result<void> setNames(const QueueNames& given);
    void apply(const ItemFacts& facts);

private:
    static constexpr std::uint32_t kNoRow = ~std::uint32_t{0};

    [[nodiscard]] std::size_t rowFor(ItemId item);
    void moveToGroup(std::size_t row, std::int64_t newGroup);
    void applyScores(std::size_t row, const std::vector<ItemScores>& all);
    [[nodiscard]] const ScoringModel* modelOf(ModelId model) const;

    std::vector<std::uint32_t> m_rows;       ///< by id
    std::vector<std::uint32_t> m_groupSizes; ///< by group
    std::vector<std::vector<int>> m_labelOf; ///< [model][its label] -> the project's label
};

} // namespace modscope
