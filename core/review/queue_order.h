#pragma once

#include "core/base/error.h"

#include <string>
#include <string_view>

namespace modscope {

/// What brings an item forward. Each part is in 0..1; an item's priority is their weighted sum over the sum of weights.
struct QueueOrder {
    double risk = 1;          ///< highest probability of any class
    double uncertainty = 0;   ///< 1 at a threshold, 0 as far from it as can be
    double disagreement = 0;  ///< largest difference between two models on one class
    double age = 0;           ///< saturates: half at one day
    double duplicates = 0;    ///< log of the group's size, 1 at a thousand
    bool oldestFirst = false; ///< by age alone, without saturation

    bool operator==(const QueueOrder&) const = default;
};

/// The parts of one item's priority, before weights.
struct Priority {
    double total = 0;
    double risk = 0;
    double uncertainty = 0;
    double disagreement = 0;
    double age = 0;
    double duplicates = 0;

    bool operator==(const Priority&) const = default;
};

/// "risk", "uncertainty", "disagreement", "oldest", "duplicates", or a mix: "risk 2 uncertainty 1". Errors: ParseError
/// naming the word.
[[nodiscard]] Result<QueueOrder> parseOrder(std::string_view text);
[[nodiscard]] std::string toText(const QueueOrder& order);

} // namespace modscope
