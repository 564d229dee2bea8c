#include "core/metrics/rating_table.h"

#include <cassert>
#include <unordered_map>

namespace modscope {

RatingTable ratingsOfLabel(const LabelSetTable& table, std::size_t label)
{
    assert(label < 64);
    RatingTable ratings{table.raters, 2, {}};
    ratings.values.reserve(table.values.size());
    for (const auto& set : table.values) {
        ratings.values.push_back(set ? static_cast<std::int32_t>(*set >> label & 1U) : kNoRating);
    }
    return ratings;
}

IndexedLabelSets indexLabelSets(const LabelSetTable& table)
{
    IndexedLabelSets indexed;
    indexed.ratings.raters = table.raters;
    indexed.ratings.values.reserve(table.values.size());
    std::unordered_map<LabelSet, std::int32_t> categories;
    for (const auto& set : table.values) {
        if (!set) {
            indexed.ratings.values.push_back(kNoRating);
            continue;
        }
        const auto [found, isNew] = categories.try_emplace(*set, static_cast<std::int32_t>(indexed.sets.size()));
        if (isNew) {
            indexed.sets.push_back(*set);
        }
        indexed.ratings.values.push_back(found->second);
    }
    indexed.ratings.categories = indexed.sets.size();
    return indexed;
}

} // namespace modscope
