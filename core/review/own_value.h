#pragma once

#include "core/base/error.h"
#include "core/metrics/bootstrap.h"
#include "core/review/store.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace modscope {

/// What one person's decisions did for the labels that a model gave, measured against what counts now (by one opinion,
/// two that agree, or the settled one) on all items that have such a label and that the model scored.
struct OwnValue {
    struct Class {
        std::uint64_t positives = 0;        ///< items of the class, by what counts now
        std::uint64_t corrected = 0;        ///< labels
        std::optional<double> recallBefore; ///< of the model's labels alone; not defined without positives
        /// What my answers in place of the model's labels add to it. Not defined without positives.
        Estimate recallChange;

        bool operator==(const Class&) const = default;
    };
    std::string model;           ///< its name; empty: no model scored anything
    std::uint64_t decided = 0;   ///< items that I decided
    std::uint64_t corrected = 0; ///< labels that the model had wrong and I had right
    std::vector<Class> classes;  ///< parallel to the project's labels

    bool operator==(const OwnValue&) const = default;
};

/// Counts item by item. Memory: 4 bytes an item, and what differs between them.
class OwnValueCount {
public:
    /// @param since  only decisions from then on are mine to count
    OwnValueCount(const std::vector<std::string>& labels, const ScoringModel& model, ReviewerId me, TimeMs since);

    /// @param group  duplicates share one and are drawn together; 0: the item has none
    void add(const ItemContent& item, const ItemStatus& status, std::int64_t group);

    /// The interval is a paired bootstrap: a draw takes the model's labels and mine of the same items.
    /// Errors: Cancelled.
    [[nodiscard]] Result<OwnValue> finish(const BootstrapOptions& options, const std::stop_token& stop);

private:
    /// Positives of one class among the items that are drawn together.
    struct Found {
        std::uint32_t positives = 0;
        std::uint32_t byModel = 0;
        std::uint32_t gained = 0; ///< missed by the model, found by me
        std::uint32_t lost = 0;   ///< found by the model, missed by me

        // NOLINTNEXTLINE(modernize-use-nullptr): the check takes the generated comparison for one with 0
        auto operator<=>(const Found&) const = default;
    };
    using Unit = std::vector<Found>; ///< parallel to the labels

    [[nodiscard]] const Decision* mine(const ItemStatus& status) const;
    void count(const Unit& unit);

    std::vector<std::optional<std::size_t>> m_places; ///< of the project's labels among the model's
    ScoringModel m_model;
    ReviewerId m_me;
    TimeMs m_since;
    OwnValue m_value;
    std::map<Unit, std::uint32_t> m_kinds;
    Population m_population;
    std::map<std::int64_t, Unit> m_groups;
};

/// Counts for the store's own reviewer and the model that was added last. Errors: what the store reports, Cancelled.
[[nodiscard]] Result<OwnValue> ownValue(ReviewStore& store,
                                        TimeMs since,
                                        const BootstrapOptions& options = {},
                                        const std::stop_token& stop = {});

} // namespace modscope
