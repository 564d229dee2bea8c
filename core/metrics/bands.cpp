#include "core/metrics/bands.h"

#include <algorithm>
#include <boost/random/uniform_int_distribution.hpp>
#include <cassert>
#include <cmath>
#include <random>

namespace modscope {

namespace {

/// The largest k with k / (n + 1) <= share. Compared as a fraction: share x (n + 1) can fall just short of a whole
/// number that the share, as it was written in decimals, reaches.
std::size_t marginalRank(std::size_t items, double share)
{
    const auto places = static_cast<double>(items + 1);
    auto rank = static_cast<std::size_t>(share * places);
    while (static_cast<double>(rank + 1) / places <= share) {
        ++rank;
    }
    while (rank > 0 && static_cast<double>(rank) / places > share) {
        --rank;
    }
    return rank;
}

double smallest(std::span<const double> scores, std::size_t rank)
{
    std::vector<double> copy(scores.begin(), scores.end());
    const auto place = copy.begin() + static_cast<std::ptrdiff_t>(rank - 1);
    std::nth_element(copy.begin(), place, copy.end());
    return *place;
}

double largest(std::span<const double> scores, std::size_t rank)
{
    return smallest(scores, scores.size() + 1 - rank);
}

bool isShare(double share)
{
    return share > 0 && share < 1;
}

} // namespace

BandDecision decide(double score, const Band& band)
{
    const bool approve = band.approveBelow && score < *band.approveBelow;
    const bool flag = band.flagAbove && score > *band.flagAbove;
    if (approve == flag) {
        return BandDecision::Review;
    }
    return approve ? BandDecision::Approve : BandDecision::Flag;
}

BandDecision decide(std::span<const double> scores, std::span<const Band> bands)
{
    assert(scores.size() == bands.size());
    std::size_t approvals = 0;
    for (std::size_t label = 0; label < scores.size(); ++label) {
        const BandDecision decision = decide(scores[label], bands[label]);
        if (decision == BandDecision::Flag) {
            return decision;
        }
        approvals += decision == BandDecision::Approve ? 1U : 0U;
    }
    return !scores.empty() && approvals == scores.size() ? BandDecision::Approve : BandDecision::Review;
}

std::optional<double> approveBelow(std::span<const double> hatefulScores, double alpha)
{
    assert(isShare(alpha));
    const std::size_t rank = marginalRank(hatefulScores.size(), alpha);
    return rank >= 1 ? std::optional(smallest(hatefulScores, rank)) : std::nullopt;
}

std::optional<double> flagAbove(std::span<const double> benignScores, double beta)
{
    assert(isShare(beta));
    // ceil((1 - beta)(n + 1)) counted from the top.
    const std::size_t rank = marginalRank(benignScores.size(), beta);
    return rank >= 1 ? std::optional(largest(benignScores, rank)) : std::nullopt;
}

std::optional<double> approveBelow(std::span<const double> hatefulScores, double alpha, double delta)
{
    const auto rank = highProbabilityRank(hatefulScores.size(), alpha, delta);
    return rank ? std::optional(smallest(hatefulScores, *rank)) : std::nullopt;
}

std::optional<double> flagAbove(std::span<const double> benignScores, double beta, double delta)
{
    const auto rank = highProbabilityRank(benignScores.size(), beta, delta);
    return rank ? std::optional(largest(benignScores, *rank)) : std::nullopt;
}

std::optional<std::size_t> highProbabilityRank(std::size_t items, double alpha, double delta)
{
    assert(isShare(alpha) && isShare(delta));
    // betaCdf(alpha; k, n + 1 - k) = P(Bin(n, alpha) >= k) falls with k.
    std::size_t accepted = 0;
    std::size_t refused = items + 1;
    while (refused - accepted > 1) {
        const std::size_t rank = accepted + (refused - accepted) / 2;
        (binomialTail(rank, items, alpha) >= 1 - delta ? accepted : refused) = rank;
    }
    return accepted >= 1 ? std::optional(accepted) : std::nullopt;
}

std::optional<double> riskControlLimit(std::size_t items, double alpha)
{
    assert(isShare(alpha));
    const auto n = static_cast<double>(items);
    const double limit = items > 0 ? (alpha * (n + 1) - 1) / n : -1;
    return limit >= 0 ? std::optional(limit) : std::nullopt;
}

std::optional<Cut> fixedSequence(std::span<const Cut> strictestFirst, double target, double delta)
{
    assert(isShare(target) && isShare(delta));
    std::optional<Cut> accepted;
    for (const Cut& cut : strictestFirst) {
        if (binomialTail(cut.truePositive, cut.predicted(), target) > delta) {
            break;
        }
        accepted = cut;
    }
    return accepted;
}

std::optional<double> auditUpperBound(std::uint64_t misses, std::uint64_t audited, double confidence)
{
    return clopperPearsonUpper(misses, audited, confidence);
}

std::uint64_t auditSampleSize(double alpha, double confidence)
{
    assert(isShare(alpha) && isShare(confidence));
    return static_cast<std::uint64_t>(std::ceil(std::log1p(-confidence) / std::log1p(-alpha)));
}

std::vector<std::size_t> onePerGroup(Groups groups, std::size_t items, std::uint64_t seed)
{
    const auto groupOf = denseGroups(groups, items);
    std::vector<std::size_t> chosen;
    std::vector<std::size_t> members;
    std::mt19937_64 engine(seed);
    for (std::size_t item = 0; item < items; ++item) {
        const std::uint32_t group = groupOf[item];
        if (group == chosen.size()) {
            chosen.push_back(item);
            members.push_back(1);
            continue;
        }
        // Reservoir sampling: the m-th member takes the place with chance 1 / m.
        const std::size_t last = members[group]++;
        if (boost::random::uniform_int_distribution<std::size_t>(0, last)(engine) == 0) {
            chosen[group] = item;
        }
    }
    return chosen;
}

} // namespace modscope
