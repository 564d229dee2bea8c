#include "core/metrics/bootstrap.h"

#include <algorithm>
#include <atomic>
#include <boost/random/binomial_distribution.hpp>
#include <boost/random/uniform_int_distribution.hpp>
#include <cassert>
#include <cmath>
#include <numeric>
#include <random>
#include <thread>
#include <unordered_map>

namespace modscope {

namespace {

using Values = std::vector<std::optional<double>>;

/// A well mixed start for each draw, whichever thread computes it. Source: SplitMix64, Steele and others 2014.
std::uint64_t seedOfDraw(std::uint64_t seed, std::uint64_t draw)
{
    std::uint64_t mixed = seed + (draw + 1) * 0x9E3779B97F4A7C15U;
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
    return mixed ^ (mixed >> 31U);
}

/// Draws groups with replacement and counts the kinds. Boost's distributions, unlike those of the standard library,
/// give the same numbers everywhere.
class Sampler {
public:
    explicit Sampler(const Population& population) : m_population(population), m_multiplicity(population.kinds)
    {
        for (const std::uint32_t kind : population.kindOf) {
            ++m_multiplicity[kind];
        }
    }

    [[nodiscard]] std::span<const std::uint32_t> multiplicity() const { return m_multiplicity; }

    void draw(std::uint64_t seed, std::vector<std::uint32_t>& counts) const
    {
        std::mt19937_64 engine(seed);
        counts.assign(m_population.kinds, 0);
        // A binomial number costs about as much as this many indices.
        constexpr std::size_t kIndicesPerBinomial = 16;
        if (m_population.kinds * kIndicesPerBinomial <= m_population.kindOf.size()) {
            drawByKind(engine, counts);
        } else {
            drawByGroup(engine, counts);
        }
    }

private:
    /// A multinomial draw as a chain of binomial ones.
    void drawByKind(std::mt19937_64& engine, std::vector<std::uint32_t>& counts) const
    {
        auto left = static_cast<std::uint32_t>(m_population.kindOf.size());
        std::uint32_t mass = left;
        for (std::size_t kind = 0; kind < counts.size() && left > 0; ++kind) {
            const std::uint32_t multiplicity = m_multiplicity[kind];
            if (multiplicity == mass) {
                counts[kind] = left;
                return;
            }
            boost::random::binomial_distribution<std::int32_t> binomial(static_cast<std::int32_t>(left),
                                                                        double(multiplicity) / double(mass));
            counts[kind] = static_cast<std::uint32_t>(binomial(engine));
            left -= counts[kind];
            mass -= multiplicity;
        }
    }

    void drawByGroup(std::mt19937_64& engine, std::vector<std::uint32_t>& counts) const
    {
        const std::size_t groups = m_population.kindOf.size();
        if (groups == 0) {
            return;
        }
        boost::random::uniform_int_distribution<std::size_t> index(0, groups - 1);
        for (std::size_t i = 0; i < groups; ++i) {
            ++counts[m_population.kindOf[index(engine)]];
        }
    }

    const Population& m_population;
    std::vector<std::uint32_t> m_multiplicity; ///< [kinds]
};

double percentile(std::span<const double> sorted, double share)
{
    const double position = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(position);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return std::lerp(sorted[below], sorted[above], position - std::floor(position));
}

/// @param draws  [draws][statistics]
Estimate estimateOf(std::optional<double> value,
                    std::span<const Values> draws,
                    std::size_t statistic,
                    double confidence)
{
    std::vector<double> defined;
    defined.reserve(draws.size());
    for (const Values& draw : draws) {
        if (draw[statistic]) {
            defined.push_back(*draw[statistic]);
        }
    }
    Estimate estimate{value, std::nullopt, draws.size() - defined.size()};
    if (!defined.empty()) {
        std::sort(defined.begin(), defined.end());
        estimate.interval = {percentile(defined, (1 - confidence) / 2), percentile(defined, (1 + confidence) / 2)};
    }
    return estimate;
}

} // namespace

std::vector<std::uint32_t> denseGroups(Groups groups, std::size_t units)
{
    assert(groups.empty() || groups.size() == units);
    std::vector<std::uint32_t> dense(units);
    if (groups.empty()) {
        std::iota(dense.begin(), dense.end(), 0U);
        return dense;
    }
    std::unordered_map<std::uint32_t, std::uint32_t> numbers;
    for (std::size_t unit = 0; unit < units; ++unit) {
        dense[unit] = numbers.try_emplace(groups[unit], static_cast<std::uint32_t>(numbers.size())).first->second;
    }
    return dense;
}

Population Population::ofDistinct(std::size_t groups)
{
    Population population{groups, std::vector<std::uint32_t>(groups)};
    std::iota(population.kindOf.begin(), population.kindOf.end(), 0U);
    return population;
}

Result<std::vector<Estimate>> bootstrap(const Population& population,
                                        const Statistics& statistics,
                                        const BootstrapOptions& options,
                                        std::stop_token stop)
{
    assert(options.confidence > 0 && options.confidence < 1 && options.threads >= 1);
    const Sampler sampler(population);
    const Values values = statistics(sampler.multiplicity());
    std::vector<Values> draws(options.draws);
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        std::vector<std::uint32_t> counts;
        for (std::size_t draw = next++; draw < draws.size() && !stop.stop_requested(); draw = next++) {
            sampler.draw(seedOfDraw(options.seed, draw), counts);
            draws[draw] = statistics(counts);
        }
    };
    {
        std::vector<std::jthread> others;
        for (std::size_t thread = 1; thread < std::min(options.threads, options.draws); ++thread) {
            others.emplace_back(work);
        }
        work();
    }
    if (stop.stop_requested()) {
        return fail(ErrorCode::Cancelled, "The intervals were cancelled");
    }
    std::vector<Estimate> estimates;
    for (std::size_t statistic = 0; statistic < values.size(); ++statistic) {
        estimates.push_back(estimateOf(values[statistic], draws, statistic, options.confidence));
    }
    return estimates;
}

} // namespace modscope
