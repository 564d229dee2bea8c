#pragma once

#include "core/base/error.h"
#include "core/review/item.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace modscope {

/// A closed interval of numbers; an open end is infinite.
struct Range {
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();

    [[nodiscard]] bool contains(double value) const { return value >= low && value <= high; }
    bool operator==(const Range&) const = default;
};

/// One condition. Several values are alternatives; `negated` turns the whole term round.
struct FilterTerm {
    enum class Field : std::uint8_t {
        State,        ///< state:new|decided
        Is,           ///< is:escalated|golden|audit|together|picture|text|decided
        Class,        ///< class:Religion  at or above its threshold by any model
        Score,        ///< score:Religion>=0.5, score:Religion=0.3..0.7  by the queue's model
        Risk,         ///< risk>=0.8  highest probability of any class
        Margin,       ///< margin<=0.1  distance of the nearest class to its threshold
        Disagreement, ///< disagreement>=0.2  largest difference between two models
        Source,       ///< source:"user report"
        Age,          ///< age>=2d  (m, h, d)
        Duplicates,   ///< duplicates>=3  size of its group
        Skips,        ///< skips>=1
        By,           ///< by:reviewer-3  who gave the first opinion
        Words,        ///< plain words, or "several words": in text, OCR text or id
    };
    Field field = Field::Words;
    bool negated = false;
    std::vector<std::string> values; ///< names; of Score the class
    Range range;                     ///< of number fields; Age in milliseconds

    bool operator==(const FilterTerm&) const = default;
};

/// All terms must hold. An empty filter lets everything through but removed items.
struct Filter {
    std::vector<FilterTerm> terms;

    bool operator==(const Filter&) const = default;
};

/// Reads the text form, as saved queues, the search line and `--filter` write it: `state:new class:Religion -is:golden
/// "me when"`. Errors: ParseError that names the term and what is known instead. No regular expressions: nothing to
/// blow up.
[[nodiscard]] Result<Filter> parseFilter(std::string_view text);
/// The text that parses to the same filter.
[[nodiscard]] std::string toText(const Filter& filter);

} // namespace modscope
