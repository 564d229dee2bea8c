#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace modscope::test {

struct NaiveMerge {
    std::size_t rank;
    std::int32_t merged;
};
using NaiveMerges = std::map<std::pair<std::int32_t, std::int32_t>, NaiveMerge>;

/// Byte-pair encoding as its definition reads, in quadratic time: merge the leftmost of the pairs with the lowest rank,
/// start over.
inline std::vector<std::int32_t> naiveBpe(const NaiveMerges& merges, std::vector<std::int32_t> symbols)
{
    while (true) {
        std::size_t best = symbols.size();
        std::optional<NaiveMerge> bestMerge;
        for (std::size_t i = 0; i + 1 < symbols.size(); ++i) {
            const auto merge = merges.find({symbols[i], symbols[i + 1]});
            if (merge != merges.end() && (!bestMerge || merge->second.rank < bestMerge->rank)) {
                best = i;
                bestMerge = merge->second;
            }
        }
        if (!bestMerge) {
            return symbols;
        }
        symbols[best] = bestMerge->merged;
        symbols.erase(symbols.begin() + static_cast<std::ptrdiff_t>(best) + 1);
    }
}

} // namespace modscope::test
