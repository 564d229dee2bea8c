#pragma once

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/metrics/intervals.h"
#include "core/review/review_agreement.h"
#include "core/review/statistics.h"
#include "core/review/store.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace modscope {

/// A share of cases, with its support.
struct Share {
    std::uint64_t of = 0;  ///< cases
    std::uint64_t yes = 0; ///< of them

    /// 95 %, by Wilson; nothing without cases.
    [[nodiscard]] std::optional<Interval> interval() const { return wilsonInterval(yes, of); }
    bool operator==(const Share&) const = default;
};

/// A team's work as it stood at one moment. There are no numbers of single people in it: nobody is ranked.
struct TeamReport {
    TimeMs moment = 0;
    ChainEnd chain; ///< the record up to the moment
    std::uint64_t items = 0;
    std::array<std::uint64_t, kItemStates> states{};
    std::uint64_t escalated = 0;
    std::array<std::uint64_t, kAgeBands.size()> openByAge{}; ///< since the item came into the store
    std::vector<std::uint64_t> yes;                          ///< items by class, by consensus; parallel to the labels
    std::map<std::string, std::uint64_t> decisionsByDay;     ///< "2026-11-25" (UTC) -> opinions that count
    LabelSetAgreement agreement;
    Share golden;                                     ///< answers to known items that were as agreed
    Share revealed;                                   ///< opinions for which the picture had to be uncovered
    std::map<std::string, std::uint64_t> skipReasons; ///< "": none was given
};

/// Plays the store's record up to a moment, steps that were undone by then left out: the same moment gives the same
/// report for ever. @param moment  nothing: all of the record
/// Errors: what the store reports; Mismatch when an event does not fit the history ahead of it; Cancelled.
[[nodiscard]] Result<TeamReport> teamReport(ReviewStore& store,
                                            std::optional<TimeMs> moment,
                                            std::stop_token stop = {},
                                            const ProgressFn& progress = {});

/// When a store's record begins and ends. Nothing while it is empty.
struct RecordSpan {
    TimeMs first = 0;
    TimeMs last = 0;
};
[[nodiscard]] Result<std::optional<RecordSpan>> recordSpan(ReviewStore& store);

} // namespace modscope
