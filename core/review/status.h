#pragma once

#include "core/base/error.h"
#include "core/review/event.h"
#include "core/review/item.h"

#include <span>

namespace modscope {

/// After this many skips, by whomever, an item is escalated as hard.
inline constexpr int kSkipsUntilEscalated = 3;

/// The item after a step. Pure: the same history gives the same status on every machine.
/// @param actor  who takes the step, and with which role
/// Errors: InvalidArgument, one sentence saying why: the state does not allow the step, a second opinion by the same
/// person, an answer list of another length than `labels`, a reason that is missing.
[[nodiscard]] Result<ItemStatus> applyStep(const ItemStatus& before,
                                           const ReviewEvent& event,
                                           const Reviewer& actor,
                                           std::size_t labels);

/// An event of one item's history, and whether it counts (it does not while it is undone).
struct HistoryEntry {
    ReviewEvent event;
    Reviewer actor;
    bool live = true;
};

/// Plays a history from the start. Errors: what applyStep reports, naming the event's sequence number.
[[nodiscard]] Result<ItemStatus> replay(std::span<const HistoryEntry> history, std::size_t labels);

/// Whether `actor` may take `seq` back (or put it back) on an item with this history: it must be the last entry that
/// counts, or followed only by ones that are undone. Errors: Mismatch when somebody else's later step stands on it.
[[nodiscard]] Result<void> mayUndo(std::span<const HistoryEntry> history, EventSeq seq, const Reviewer& actor);
[[nodiscard]] Result<void> mayRedo(std::span<const HistoryEntry> history, EventSeq seq, const Reviewer& actor);

/// Whether `actor` may ask for a re-review in place of taking `seq` back: it is their opinion or their last word, it
/// counts, somebody else built on it, and the item in the state `now` has been settled since.
[[nodiscard]] bool mayAskInstead(std::span<const HistoryEntry> history,
                                 EventSeq seq,
                                 const Reviewer& actor,
                                 ItemState now);

} // namespace modscope
