#pragma once

#include "core/review/filter.h"
#include "core/review/queue_order.h"
#include "core/review/store.h"

#include <cstddef>
#include <memory>
#include <random>
#include <span>
#include <stop_token>
#include <vector>

namespace modscope {

/// Names that filters use, and numbers that facts carry.
struct QueueNames {
    std::vector<std::string> labels;
    std::vector<ScoringModel> models;
    std::vector<std::string> sources; ///< index + 1 = ItemFacts::sourceId
    std::vector<Reviewer> reviewers;
    ModelId model = 0; ///< whose scores decide; 0: the last added one
};

struct QueueColumns;

/// Every item of a store in columns, so that filters, counts and orders of a million items take milliseconds. It knows
/// nothing of leases: those are asked of the store when an item is claimed. Threads: const members from several at
/// once; apply() and setNames() from one, alone.
class QueueIndex {
public:
    QueueIndex();
    ~QueueIndex();
    QueueIndex(QueueIndex&&) noexcept;
    QueueIndex& operator=(QueueIndex&&) noexcept;

    /// Call before the facts that use the names. Errors: LimitExceeded for more than 64 classes.
    [[nodiscard]] Result<void> setNames(const QueueNames& names);
    /// Adds an item or replaces what is known of it.
    void apply(const ItemFacts& facts);
    [[nodiscard]] std::size_t size() const;

    struct Query {
        Filter filter;
        QueueOrder order;
        TimeMs now = 0;
        /// Ids that have the filter's words (ReviewStore::search), ascending, one list a Words term.
        std::vector<std::vector<ItemId>> wordHits;
    };
    /// The best `limit` items (0: all), best first; ties by id. Errors: InvalidArgument for a class, source or reviewer
    /// that does not exist; Cancelled.
    [[nodiscard]] Result<std::vector<ItemId>> select(const Query& query,
                                                     std::size_t limit,
                                                     std::stop_token stop = {}) const;
    /// `count` items, or all there are, each as likely as any other and in no order; the query's order says nothing.
    /// Errors: as select().
    [[nodiscard]] Result<std::vector<ItemId>> sample(const Query& query,
                                                     std::size_t count,
                                                     std::mt19937_64& random,
                                                     std::stop_token stop = {}) const;
    [[nodiscard]] Result<std::size_t> count(const Query& query, std::stop_token stop = {}) const;

    /// Why an item stands where it stands. Precondition: the item is known.
    [[nodiscard]] Priority priority(ItemId item, const QueueOrder& order, TimeMs now) const;
    [[nodiscard]] bool contains(ItemId item) const;

private:
    std::unique_ptr<QueueColumns> m_columns;
};

} // namespace modscope
