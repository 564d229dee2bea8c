#include "core/review/event.h"
#include "core/review/queue_index.h"
#include "tests/bench/measured.h"

#include <benchmark/benchmark.h>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>

using namespace modscope;

namespace {

constexpr TimeMs kNow = 1'800'000'000'000;

QueueNames names()
{
    QueueNames names;
    names.labels = {"Racism", "Sexism", "Homophobia", "Religion", "Other hate"};
    const std::vector<float> thresholds = {0.35F, 0.4F, 0.6F, 0.05F, 0.45F};
    names.models = {{1, "fusion", "aa", names.labels, thresholds}, {2, "mtl", "bb", names.labels, thresholds}};
    names.sources = {"memes.csv", "user report"};
    names.model = 1;
    return names;
}

std::vector<ItemFacts> madeFacts(std::int64_t count)
{
    std::mt19937 random(7);
    std::uniform_real_distribution<float> part(0, 1);
    std::vector<ItemFacts> items(static_cast<std::size_t>(count));
    ItemId id = 0;
    for (ItemFacts& facts : items) {
        facts.id = ++id;
        facts.created = kNow - id * 1000;
        facts.sourceId = 1 + id % 2;
        facts.groupId = id % 10 == 0 ? id / 40 + 1 : 0;
        facts.state = random() % 4 == 0 ? ItemState::Decided : ItemState::New;
        for (const ModelId model : {1, 2}) {
            ItemScores& scores = facts.scores.emplace_back();
            scores.model = model;
            for (int label = 0; label < 5; ++label) {
                const float p = part(random);
                scores.probabilities.push_back(p * p * p); // most items are harmless
            }
        }
    }
    return items;
}

const QueueIndex& millionItems()
{
    static const QueueIndex index = [] {
        QueueIndex made;
        if (auto named = made.setNames(names()); !named) {
            std::exit(1);
        }
        for (const ItemFacts& facts : madeFacts(1'000'000)) {
            made.apply(facts);
        }
        return made;
    }();
    return index;
}

void filling(benchmark::State& state)
{
    const auto facts = madeFacts(state.range(0));
    for (auto _ : state) {
        QueueIndex index;
        (void)index.setNames(names());
        for (const ItemFacts& one : facts) {
            index.apply(one);
        }
        benchmark::DoNotOptimize(index.size());
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}

/// The first 200 of a queue of a million, as its page shows them.
void firstPage(benchmark::State& state, const char* filter, const char* order)
{
    const QueueIndex& index = millionItems();
    const QueueIndex::Query query{bench::must(parseFilter(filter)), bench::must(parseOrder(order)), kNow, {}};
    std::size_t found = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(bench::must(index.select(query, 200)));
        found = bench::must(index.count(query));
    }
    state.SetLabel(std::to_string(found) + " found");
}

void canonicalEvent(benchmark::State& state)
{
    ReviewEvent event;
    event.actor = "reviewer-1";
    event.items = {123456};
    event.decision.answers.resize(5);
    event.decision.policyVersion = "12";
    event.decision.secondsVisible = 4.25;
    std::string head(kChainStart);
    for (auto _ : state) {
        ++event.seq;
        head = chainHash(head, canonicalJson(event));
        benchmark::DoNotOptimize(head);
    }
    state.SetItemsProcessed(state.iterations());
}

} // namespace

BENCHMARK(filling)->Arg(1'000'000)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(firstPage, everything, "", "risk")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(firstPage, waiting, "state:new", "risk 2 uncertainty 1 age 0.5")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(firstPage, one_band, "state:new score:Religion=0.3..0.7 -is:golden", "uncertainty")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(firstPage, disagree, "disagreement>=0.6 source:memes.csv duplicates>=2", "disagreement")
    ->Unit(benchmark::kMillisecond);
BENCHMARK(canonicalEvent)->Unit(benchmark::kMicrosecond);

BENCHMARK_MAIN();
