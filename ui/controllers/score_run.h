#pragma once

#include "ui/controllers/score_queue.h"
#include "ui/controllers/scorer.h"
#include "ui/jobs/inbox.h"
#include "ui/models/classify_list_model.h"

#include <stop_token>
#include <vector>

namespace modscope::ui {

/// Scores what waits in the queue, and what is added meanwhile, with every model; ends when the queue is empty.
/// Each step is an event in the inbox. Runs on a worker.
/// @return how many items were taken from the queue; Cancelled after a stop
[[nodiscard]] Result<std::size_t> runScoring(const std::vector<OpenModel>& models,
                                             ScoreQueue& queue,
                                             Inbox<ScoreEvent>& inbox,
                                             std::stop_token stop);

} // namespace modscope::ui
