#pragma once

#include "core/base/error.h"
#include "core/review/review_agreement.h"
#include "core/review/store.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace modscope {

/// How long open items have waited: up to these many milliseconds, the last without end.
struct AgeBand {
    std::string_view name;
    TimeMs below;
};
inline constexpr TimeMs kHourMs = 3'600'000;
inline constexpr std::array<AgeBand, 5> kAgeBands = {{{"below 1 hour", kHourMs},
                                                      {"below 1 day", 24 * kHourMs},
                                                      {"below 7 days", TimeMs{7} * 24 * kHourMs},
                                                      {"below 30 days", TimeMs{30} * 24 * kHourMs},
                                                      {"older", std::numeric_limits<TimeMs>::max()}}};

/// The place of an age in kAgeBands.
[[nodiscard]] std::size_t ageBand(TimeMs age);

/// A queue in numbers.
struct QueueStatistics {
    struct Class {
        std::uint64_t flagged = 0; ///< at or above its threshold by any model
        std::uint64_t yes = 0;     ///< by consensus
        std::uint64_t no = 0;
        std::uint64_t unsure = 0;

        bool operator==(const Class&) const = default;
    };
    struct Source {
        std::uint64_t items = 0;
        std::uint64_t open = 0; ///< new, or waiting for a second opinion or an adjudication

        bool operator==(const Source&) const = default;
    };

    std::uint64_t items = 0; ///< removed ones left out
    std::array<std::uint64_t, kItemStates> states{};
    std::uint64_t escalated = 0;
    std::uint64_t golden = 0;
    std::uint64_t audit = 0;
    std::array<std::uint64_t, kAgeBands.size()> openByAge{};
    std::vector<Class> classes; ///< parallel to the project's labels
    std::map<std::string, Source> sources;
    LabelSetAgreement agreement; ///< duplicates are drawn together
    ChainEnd chain;              ///< what the numbers are true of
};

/// The duplicate group of each item that has one. Errors: what the store reports, Cancelled.
[[nodiscard]] Result<std::unordered_map<ItemId, std::int64_t>> duplicateGroupOfItems(ReviewStore& store,
                                                                                     const std::stop_token& stop);

/// Counts in one pass. @param items  ascending; nothing: all
/// Errors: what the store reports, Cancelled.
[[nodiscard]] Result<QueueStatistics> queueStatistics(ReviewStore& store,
                                                      const std::optional<std::vector<ItemId>>& items,
                                                      TimeMs now,
                                                      std::stop_token stop = {});

} // namespace modscope
