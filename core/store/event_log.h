#pragma once

#include "core/review/event.h"
#include "core/review/status.h"
#include "core/review/store.h"
#include "core/store/connection.h"

#include <map>
#include <span>
#include <string>
#include <vector>

// Private to this room: the chain of events, as rows.

namespace modscope {

/// Locks the end of the chain until the transaction ends, and gives the event its number, its time and its link.
/// Call it as late as can be: everybody who writes waits here.
void takeNextPlace(Connection& connection, ReviewEvent& event);

/// Appends an event that has its place: sets its hash, writes it and moves the chain's end. @param token  of this
/// attempt, by which a lost commit is found again; must be unique
void appendEvent(Connection& connection, ReviewEvent& event, const std::string& token);

/// Appends steps of one item each, by one person at one time, written together: the first has its place, and the others
/// have the numbers that follow.
void appendSteps(Connection& connection, std::vector<ReviewEvent>& steps);

/// Events in the query's order. Errors: Mismatch naming the first event that cannot be read; what `each` reports.
[[nodiscard]] Result<void> readEventRows(Connection& connection,
                                         const EventQuery& query,
                                         const std::function<Result<void>(const ReviewEvent&)>& each);
/// Errors: NotFound.
[[nodiscard]] Result<ReviewEvent> readEventRow(Connection& connection, EventSeq seq);

/// Each item's steps, oldest first, with those that were undone marked; parallel to `ids`.
[[nodiscard]] Result<std::vector<std::vector<HistoryEntry>>> readHistories(
    Connection& connection, std::span<const ItemId> ids, const std::map<std::string, Reviewer>& reviewers);

[[nodiscard]] std::string randomToken(); ///< 32 hexadecimal digits

} // namespace modscope
