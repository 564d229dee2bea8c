#pragma once

#include "core/review/item.h"
#include "core/store/connection.h"

#include <vector>

// Private to this room.

namespace modscope {

/// One item's scores by one model, on their way into the table.
struct ScoreRow {
    ItemId item = 0;
    ItemScores scores;
};

/// Writes scores; the last row of an item and model counts, and takes the place of an older one.
void saveScores(Connection& connection, const std::vector<ScoreRow>& rows);

} // namespace modscope
