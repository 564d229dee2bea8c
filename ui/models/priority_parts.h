#pragma once

#include "core/review/queue_order.h"

#include <QString>

#include <vector>

namespace modscope::ui {

/// One part of an item's priority: its weight times its value over the sum of weights, so that parts add up to the
/// whole.
struct PriorityPart {
    QString name;
    double share = 0;
};

/// The parts that have a weight. Empty for a queue by age alone: there is nothing to add up.
[[nodiscard]] std::vector<PriorityPart> priorityParts(const Priority& priority, const QueueOrder& order);

} // namespace modscope::ui
