#pragma once

#include "core/base/error.h"

#include <array>
#include <cstdint>
#include <string_view>

namespace modscope {

/// Where an item stands. Claimed is not among them: a claim is a lease that ends by the clock, so no event could tell
/// of its end, and a history replayed later would disagree with the one that was lived (core/review/store.h, Lease).
enum class ItemState : std::uint8_t {
    New,           ///< waits for a first opinion
    Decided,       ///< one opinion, good enough unless somebody asks for another
    SecondOpinion, ///< one opinion, waits for another person's, given blind
    Adjudication,  ///< two opinions that differ
    Final,         ///< two opinions that agree, an adjudication, or a lead's word
    Removed,       ///< its import was taken back; kept, never shown
};
inline constexpr std::size_t kItemStates = 6;

/// Everything that can happen to an item. Undone and Redone are not steps: they take other events out of the history
/// and put them back (core/review/history.h).
enum class Step : std::uint8_t {
    Decide,           ///< an opinion: the first, a changed first, or the second
    AskSecondOpinion, ///< the decision stays, somebody else is asked
    Skip,
    HandOver, ///< no reason needed
    Escalate,
    Adjudicate,  ///< settles two opinions
    Withdraw,    ///< all opinions are void, the item waits again
    AskReReview, ///< a final or decided item waits for another person
    Finalise,
    Remove,
    MarkGolden,
    UnmarkGolden,
    MarkAudit,
    AnswerGolden, ///< a reviewer's answer to a known item: measures the reviewer, leaves the item as it is
    Restore,      ///< the standing an item had in another store, from an export of ours; detail "status"
};
inline constexpr std::size_t kSteps = 15;

[[nodiscard]] std::string_view name(ItemState state); ///< "second_opinion"
[[nodiscard]] std::string_view name(Step step);       ///< "ask_second_opinion"
[[nodiscard]] Result<ItemState> itemStateNamed(std::string_view word);
[[nodiscard]] Result<Step> stepNamed(std::string_view word);

/// Whether a step may be taken in a state at all. Who may take it, and where it leads, is in status.h.
[[nodiscard]] bool allowed(ItemState state, Step step);
/// Whether a reviewer can be given an item in this state. Golden items can be given in any but Removed.
[[nodiscard]] bool claimable(ItemState state);

} // namespace modscope
