#include "core/metrics/agreement_sums.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <numeric>
#include <string>
#include <string_view>
#include <unordered_map>

namespace modscope {

namespace {

constexpr std::size_t kUnits = 0;
constexpr std::size_t kPairableUnits = 1;
constexpr std::size_t kAgreement = 2;
constexpr std::size_t kDisagreement = 3;

/// Ratings of one unit by category, missing ones left out: category, how many.
using CategoryCounts = std::vector<std::pair<std::size_t, double>>;

CategoryCounts countsOf(std::span<const std::int32_t> row)
{
    CategoryCounts counts;
    for (const std::int32_t rating : row) {
        if (rating == kNoRating) {
            continue;
        }
        const auto category = static_cast<std::size_t>(rating);
        const auto seen =
            std::find_if(counts.begin(), counts.end(), [&](const auto& count) { return count.first == category; });
        if (seen == counts.end()) {
            counts.emplace_back(category, 1);
        } else {
            ++seen->second;
        }
    }
    return counts;
}

/// (value - chance) / (1 - chance), undefined where chance alone agrees always.
std::optional<double> beyondChance(double observed, double chance)
{
    return chance < 1 ? std::optional((observed - chance) / (1 - chance)) : std::nullopt;
}

std::string_view bytesOf(std::span<const std::int32_t> row)
{
    return {reinterpret_cast<const char*>(row.data()), row.size_bytes()};
}

/// The kinds of groups: a group is the multiset of its units' patterns.
/// @return the patterns of each kind; fills the population
std::vector<std::vector<std::uint32_t>> findKinds(std::span<const std::uint32_t> patternOf,
                                                  Groups groups,
                                                  std::size_t patterns,
                                                  Population& population)
{
    if (groups.empty()) {
        population = {patterns, {patternOf.begin(), patternOf.end()}};
        std::vector<std::vector<std::uint32_t>> kinds(patterns);
        for (std::uint32_t pattern = 0; pattern < patterns; ++pattern) {
            kinds[pattern] = {pattern};
        }
        return kinds;
    }
    const auto groupOf = denseGroups(groups, patternOf.size());
    const std::size_t groupCount = groupOf.empty() ? 0 : *std::max_element(groupOf.begin(), groupOf.end()) + 1U;
    std::vector<std::vector<std::uint32_t>> content(groupCount);
    for (std::size_t unit = 0; unit < patternOf.size(); ++unit) {
        content[groupOf[unit]].push_back(patternOf[unit]);
    }
    std::map<std::vector<std::uint32_t>, std::uint32_t> numbers;
    std::vector<std::vector<std::uint32_t>> kinds;
    for (auto& group : content) {
        std::sort(group.begin(), group.end());
        const auto [found, isNew] = numbers.try_emplace(group, static_cast<std::uint32_t>(kinds.size()));
        if (isNew) {
            kinds.push_back(group);
        }
        population.kindOf.push_back(found->second);
    }
    population.kinds = kinds.size();
    return kinds;
}

} // namespace

AgreementSums::AgreementSums(const RatingTable& ratings, const RatingDistance& distance, Groups groups)
    : m_raters(ratings.raters), m_categories(ratings.categories), m_distance(distance)
{
    assert(distance.categories == ratings.categories);
    assert(ratings.raters == 0 || ratings.values.size() % ratings.raters == 0);
    const auto patternOf = findPatterns(ratings);
    m_begin.push_back(0);
    for (const auto& kind : findKinds(patternOf, groups, m_patterns.size(), m_population)) {
        std::map<std::uint32_t, double> sums;
        for (const std::uint32_t pattern : kind) {
            for (const auto& [slot, value] : summandsOf(m_patterns[pattern])) {
                sums[slot] += value;
            }
        }
        m_summands.insert(m_summands.end(), sums.begin(), sums.end());
        m_begin.push_back(m_summands.size());
    }
}

std::vector<std::uint32_t> AgreementSums::findPatterns(const RatingTable& ratings)
{
    std::unordered_map<std::string, std::uint32_t> numbers;
    std::vector<std::uint32_t> patternOf(ratings.units());
    std::vector<std::int32_t> row(m_raters);
    std::string key;
    for (std::size_t unit = 0; unit < patternOf.size(); ++unit) {
        const auto first = ratings.values.begin() + static_cast<std::ptrdiff_t>(unit * m_raters);
        std::copy_n(first, m_raters, row.begin());
        assert(std::all_of(row.begin(), row.end(), [&](std::int32_t rating) {
            return rating >= kNoRating && rating < static_cast<std::int32_t>(m_categories);
        }));
        if (m_raters != 2) {
            std::sort(row.begin(), row.end()); // only Cohen's kappa asks who said what
        }
        key = bytesOf(row);
        const auto [found, isNew] = numbers.try_emplace(key, static_cast<std::uint32_t>(m_patterns.size()));
        if (isNew) {
            m_patterns.push_back(row);
        }
        patternOf[unit] = found->second;
    }
    return patternOf;
}

std::vector<AgreementSums::Summand> AgreementSums::summandsOf(std::span<const std::int32_t> row) const
{
    const CategoryCounts counts = countsOf(row);
    const double ratings = std::accumulate(counts.begin(), counts.end(), 0.0,
                                           [](double sum, const auto& count) { return sum + count.second; });
    std::vector<Summand> summands;
    const auto add = [&](std::size_t slot, double value) {
        summands.emplace_back(static_cast<std::uint32_t>(slot), value);
    };
    if (ratings == 0) {
        return summands;
    }
    add(kUnits, 1);
    for (const auto& [category, count] : counts) {
        add(shareSlot() + category, count / ratings);
    }
    if (ratings < 2) {
        return summands;
    }
    add(kPairableUnits, 1);
    for (const auto& [category, count] : counts) {
        add(pairableSlot() + category, count);
        add(kAgreement, count * (count - 1) / (ratings * (ratings - 1)));
        for (const auto& [other, otherCount] : counts) {
            add(kDisagreement, count * otherCount * m_distance(category, other) / (ratings - 1));
        }
    }
    if (m_raters == 2) {
        add(tableSlot() + static_cast<std::size_t>(row[0]) * m_categories + static_cast<std::size_t>(row[1]), 1);
    }
    return summands;
}

std::vector<double> AgreementSums::totals(std::span<const std::uint32_t> counts) const
{
    std::vector<double> total(slots());
    for (std::size_t kind = 0; kind < counts.size(); ++kind) {
        if (counts[kind] == 0) {
            continue;
        }
        for (std::size_t i = m_begin[kind]; i < m_begin[kind + 1]; ++i) {
            total[m_summands[i].first] += counts[kind] * m_summands[i].second;
        }
    }
    return total;
}

AgreementCoefficients AgreementSums::coefficients(std::span<const std::uint32_t> counts) const
{
    const std::vector<double> total = totals(counts);
    AgreementCoefficients result;
    if (total[kPairableUnits] == 0) {
        return result;
    }
    const double observed = total[kAgreement] / total[kPairableUnits];
    double squares = 0;
    double products = 0;
    for (std::size_t category = 0; category < m_categories; ++category) {
        const double share = total[shareSlot() + category] / total[kUnits];
        squares += share * share;
        products += share * (1 - share);
    }
    result.observed = observed;
    result.fleissKappa = beyondChance(observed, squares);
    if (m_categories >= 2) {
        const auto categories = static_cast<double>(m_categories);
        result.pabak = (categories * observed - 1) / (categories - 1);
        result.gwetAc1 = beyondChance(observed, products / (categories - 1));
    }
    result.krippendorffAlpha = alpha(total);
    if (m_raters == 2) {
        result.cohenKappa = cohen(total);
    }
    return result;
}

std::optional<double> AgreementSums::alpha(std::span<const double> total) const
{
    const auto ratings = total.subspan(pairableSlot(), m_categories);
    double all = 0;
    double expected = 0; // De n (n - 1)
    for (std::size_t a = 0; a < m_categories; ++a) {
        all += ratings[a];
        for (std::size_t b = 0; b < a; ++b) {
            expected += 2 * ratings[a] * ratings[b] * m_distance(a, b);
        }
    }
    if (expected == 0) {
        return std::nullopt;
    }
    return 1 - total[kDisagreement] * (all - 1) / expected;
}

std::optional<double> AgreementSums::cohen(std::span<const double> total) const
{
    const auto table = total.subspan(tableSlot(), m_categories * m_categories);
    std::vector<std::uint64_t> counts(table.size());
    std::transform(table.begin(), table.end(), counts.begin(),
                   [](double count) { return static_cast<std::uint64_t>(count); });
    const auto kappa = modscope::cohenKappa(counts, m_categories);
    return kappa ? std::optional(kappa->kappa) : std::nullopt;
}

} // namespace modscope
