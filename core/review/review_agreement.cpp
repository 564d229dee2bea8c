#include "core/review/review_agreement.h"

#include <algorithm>

namespace modscope {

OpinionPairs::Rating OpinionPairs::ratingOf(const Decision& decision)
{
    Rating rating;
    for (std::size_t label = 0; label < decision.answers.size(); ++label) {
        const LabelSet bit = LabelSet{1} << label;
        rating.yes |= decision.answers[label] == Answer::Yes ? bit : 0;
        rating.unsure |= decision.answers[label] == Answer::Unsure ? bit : 0;
    }
    return rating;
}

void OpinionPairs::add(const ItemStatus& status, std::int64_t group)
{
    if (!status.first || !status.second) {
        return;
    }
    m_pairs.push_back({ratingOf(status.first->decision), ratingOf(status.second->decision)});
    m_groups.push_back(group);
}

RatingTable OpinionPairs::tableOf(std::size_t label) const
{
    RatingTable table{2, 2, {}};
    table.values.reserve(2 * m_pairs.size());
    for (const Pair& pair : m_pairs) {
        for (const Rating& rating : {pair.first, pair.second}) {
            const bool unsure = (rating.unsure >> label & 1U) != 0;
            table.values.push_back(unsure ? kNoRating : static_cast<std::int32_t>(rating.yes >> label & 1U));
        }
    }
    return table;
}

Result<LabelSetAgreement> OpinionPairs::agreement(const BootstrapOptions& options, std::stop_token stop) const
{
    const std::vector<std::uint32_t> groups = groupsOfPairs();
    LabelSetAgreement result;
    for (std::size_t label = 0; label < m_labels; ++label) {
        auto report = modscope::agreement(tableOf(label), nominalDistance(2), groups, options, stop);
        if (!report) {
            return fail(report.error());
        }
        result.labels.push_back(std::move(*report));
    }
    LabelSetTable sets{2, {}};
    sets.values.reserve(2 * m_pairs.size());
    for (const Pair& pair : m_pairs) {
        for (const Rating& rating : {pair.first, pair.second}) {
            sets.values.push_back(rating.unsure == 0 ? std::optional(rating.yes) : std::nullopt);
        }
    }
    const IndexedLabelSets indexed = indexLabelSets(sets);
    auto whole = modscope::agreement(indexed.ratings, masiDistances(indexed.sets), groups, options, stop);
    if (!whole) {
        return fail(whole.error());
    }
    result.masiAlpha = whole->krippendorffAlpha;
    return result;
}

std::vector<std::uint32_t> OpinionPairs::groupsOfPairs() const
{
    // Numbers of real groups first; an item alone is a group of its own.
    std::vector<std::int64_t> known;
    std::copy_if(m_groups.begin(), m_groups.end(), std::back_inserter(known), [](std::int64_t one) { return one > 0; });
    std::sort(known.begin(), known.end());
    known.erase(std::unique(known.begin(), known.end()), known.end());
    auto next = static_cast<std::uint32_t>(known.size());
    std::vector<std::uint32_t> groups;
    groups.reserve(m_groups.size());
    for (const std::int64_t group : m_groups) {
        const auto place = std::lower_bound(known.begin(), known.end(), group);
        groups.push_back(group > 0 ? static_cast<std::uint32_t>(place - known.begin()) : next++);
    }
    return groups;
}

} // namespace modscope
