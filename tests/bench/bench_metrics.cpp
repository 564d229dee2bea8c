#include "core/metrics/agreement.h"
#include "core/metrics/class_report.h"
#include "core/metrics/dawid_skene.h"

#include <algorithm>
#include <benchmark/benchmark.h>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <vector>

using namespace modscope;

// 100,000 items, three reviewers, five labels: a large team's year. The baseline resamples units and counts them again
// in every draw, as one would write it first; it computes AC1 and alpha only.

namespace {

constexpr std::size_t kUnits = 100'000;
constexpr std::size_t kRaters = 3;
constexpr std::size_t kLabels = 5;

template <typename T>
T valueOf(Result<T> result)
{
    if (!result) {
        std::fprintf(stderr, "%s\n", result.error().message.c_str());
        std::exit(1);
    }
    return std::move(*result);
}

/// Rare labels, a fifth of the ratings careless, a tenth missing.
LabelSetTable madeRatings()
{
    std::mt19937 engine(1);
    LabelSetTable table{kRaters, {}};
    for (std::size_t unit = 0; unit < kUnits; ++unit) {
        const LabelSet truth = engine() % 3 == 0 ? LabelSet{1} << engine() % kLabels : 0;
        for (std::size_t rater = 0; rater < kRaters; ++rater) {
            const auto luck = engine() % 10;
            table.values.push_back(luck == 0  ? std::nullopt
                                   : luck < 3 ? std::optional(truth ^ LabelSet{1} << engine() % kLabels)
                                              : std::optional(truth));
        }
    }
    return table;
}

/// Duplicate groups: most items are alone, some have many copies.
std::vector<std::uint32_t> madeGroups()
{
    std::mt19937 engine(2);
    std::vector<std::uint32_t> groups;
    for (std::uint32_t group = 0; groups.size() < kUnits; ++group) {
        const std::size_t copies = engine() % 4 == 0 ? 1 + engine() % 8 : 1;
        groups.insert(groups.end(), std::min(copies, kUnits - groups.size()), group);
    }
    return groups;
}

struct Coefficients {
    double ac1 = 0;
    double alpha = 0;
};

/// AC1 and alpha of the units that were drawn, from 0/1 ratings.
Coefficients recounted(const RatingTable& ratings, const std::vector<std::uint32_t>& drawn)
{
    double pairable = 0, agreement = 0, units = 0, positiveShare = 0, disagreement = 0, zeros = 0, ones = 0;
    for (const std::uint32_t unit : drawn) {
        double count[2] = {0, 0};
        for (std::size_t rater = 0; rater < kRaters; ++rater) {
            const std::int32_t rating = ratings.values[unit * kRaters + rater];
            if (rating != kNoRating) {
                ++count[rating];
            }
        }
        const double rated = count[0] + count[1];
        if (rated > 0) {
            units += 1;
            positiveShare += count[1] / rated;
        }
        if (rated > 1) {
            pairable += 1;
            agreement += (count[0] * (count[0] - 1) + count[1] * (count[1] - 1)) / (rated * (rated - 1));
            disagreement += 2 * count[0] * count[1] / (rated - 1);
            zeros += count[0];
            ones += count[1];
        }
    }
    const double share = positiveShare / units;
    const double chance = 2 * share * (1 - share);
    return {(agreement / pairable - chance) / (1 - chance), 1 - disagreement * (zeros + ones - 1) / (2 * zeros * ones)};
}

/// Argument: draws.
void perLabelRecountingEveryDraw(benchmark::State& state)
{
    const LabelSetTable table = madeRatings();
    for (auto _ : state) {
        std::vector<RatingTable> labels;
        for (std::size_t label = 0; label < kLabels; ++label) {
            labels.push_back(ratingsOfLabel(table, label));
        }
        std::mt19937_64 engine(1);
        std::uniform_int_distribution<std::uint32_t> index(0, kUnits - 1);
        std::vector<std::uint32_t> drawn(kUnits);
        for (std::int64_t draw = 0; draw < state.range(0); ++draw) {
            for (std::uint32_t& unit : drawn) {
                unit = index(engine);
            }
            for (const RatingTable& label : labels) {
                benchmark::DoNotOptimize(recounted(label, drawn));
            }
        }
    }
}

void perLabelFromSums(benchmark::State& state)
{
    const LabelSetTable table = madeRatings();
    const BootstrapOptions options{.draws = static_cast<std::size_t>(state.range(0))};
    for (auto _ : state) {
        for (std::size_t label = 0; label < kLabels; ++label) {
            benchmark::DoNotOptimize(valueOf(agreement(ratingsOfLabel(table, label), nominalDistance(2), {}, options)));
        }
    }
}

void perLabelAndMasi(benchmark::State& state)
{
    const LabelSetTable table = madeRatings();
    const BootstrapOptions options{.draws = static_cast<std::size_t>(state.range(0))};
    for (auto _ : state) {
        benchmark::DoNotOptimize(valueOf(labelSetAgreement(table, kLabels, {}, options)));
    }
}

void perLabelAndMasiByGroups(benchmark::State& state)
{
    const LabelSetTable table = madeRatings();
    const auto groups = madeGroups();
    const BootstrapOptions options{.draws = static_cast<std::size_t>(state.range(0))};
    for (auto _ : state) {
        benchmark::DoNotOptimize(valueOf(labelSetAgreement(table, kLabels, groups, options)));
    }
}

/// Nine metrics of one class with intervals. Arguments: draws, threads.
void reportOfOneClass(benchmark::State& state)
{
    std::mt19937 engine(3);
    std::vector<double> scores;
    std::vector<std::uint8_t> labels;
    for (std::size_t i = 0; i < kUnits; ++i) {
        scores.push_back(static_cast<double>(engine()) / 4294967296.0);
        labels.push_back(static_cast<double>(engine()) / 4294967296.0 < scores.back() * scores.back() ? 1 : 0);
    }
    const BootstrapOptions options{.draws = static_cast<std::size_t>(state.range(0)),
                                   .threads = static_cast<std::size_t>(state.range(1))};
    for (auto _ : state) {
        benchmark::DoNotOptimize(valueOf(classReport(scores, labels, 0.5, {}, options)));
    }
}

void dawidSkeneOfOneLabel(benchmark::State& state)
{
    const auto ratings = ratingsOf(ratingsOfLabel(madeRatings(), 0));
    for (auto _ : state) {
        benchmark::DoNotOptimize(valueOf(dawidSkene(ratings, kUnits, kRaters, 2)));
    }
}

BENCHMARK(perLabelRecountingEveryDraw)->Arg(1000)->Unit(benchmark::kMillisecond)->Iterations(1);
BENCHMARK(perLabelFromSums)->Arg(0)->Arg(1000)->Unit(benchmark::kMillisecond);
BENCHMARK(perLabelAndMasi)->Arg(0)->Arg(1000)->Unit(benchmark::kMillisecond);
BENCHMARK(perLabelAndMasiByGroups)->Arg(1000)->Unit(benchmark::kMillisecond);
BENCHMARK(reportOfOneClass)
    ->Args({0, 1})
    ->Args({1000, 1})
    ->Args({1000, 2})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK(dawidSkeneOfOneLabel)->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
