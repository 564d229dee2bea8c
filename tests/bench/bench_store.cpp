#include "core/review/session.h"
#include "core/store/open_store.h"
#include "tests/bench/measured.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <random>
#include <string>

// How a review store behaves at size. Usage: bench_store LOCATION ITEMS DECISIONS
// LOCATION is a file that is not there yet, or an empty PostgreSQL database; with 0 ITEMS a store that an earlier run
// filled. Prints one line a figure.

namespace {

using namespace modscope;
using Clock = std::chrono::steady_clock;

constexpr std::int64_t kBatch = 10'000; ///< rows a call of import

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

std::unique_ptr<ReviewStore> openAt(const std::string& location)
{
    StoreOptions options;
    options.location = location;
    options.reviewerName = "Ada";
    options.create = Project{"memes", {"Racist", "Sexist", "Homophobe", "Religion", "Otherhate"}};
    return bench::must(openStore(options));
}

/// Made-up memes: a sentence of common words, a picture's path and hash, five probabilities.
std::vector<NewItem> madeUp(std::int64_t first, std::int64_t count, ModelId model, std::mt19937_64& random)
{
    static constexpr std::array kWords = {"when", "the",   "cat", "finds", "your",
                                          "last", "slice", "of",  "cake",  "again"};
    std::uniform_real_distribution<float> probability(0, 1);
    std::vector<NewItem> rows(static_cast<std::size_t>(count));
    for (NewItem& row : rows) {
        const std::string number = std::to_string(first++);
        for (int word = 0; word < 12; ++word) {
            row.content.text += std::string(kWords[random() % kWords.size()]) + " ";
        }
        row.content.text += number;
        row.content.imagePath = "/data/memes/" + number + ".jpg";
        row.content.imageSha256 = std::string(64 - number.size(), '0') + number;
        row.content.source = "bench";
        ItemScores scores{model, {}, {}, {}};
        for (int label = 0; label < 5; ++label) {
            scores.probabilities.push_back(probability(random));
        }
        row.content.scores.push_back(std::move(scores));
    }
    return rows;
}

void importAll(ReviewStore& store, std::int64_t items)
{
    const ScoringModel model = bench::must(
        store.model({0, "bench", std::string(64, 'b'), store.project().labels, std::vector<float>(5, 0.5F)}));
    std::mt19937_64 random(1);
    double seconds = 0;
    for (std::int64_t done = 0; done < items; done += kBatch) {
        const auto rows = madeUp(done + 1, std::min(kBatch, items - done), model.id, random);
        const auto start = Clock::now();
        (void)bench::must(store.import(rows, "bench"));
        seconds += secondsSince(start);
    }
    std::printf("import: %.0f rows/s (%lld rows)\n", static_cast<double>(items) / seconds,
                static_cast<long long>(items));
}

/// What the process has computed so far: other programs on the machine do not count.
double cpuSeconds()
{
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

void openAndRead(const std::string& location)
{
    const auto start = Clock::now();
    const double cpuStart = cpuSeconds();
    auto store = openAt(location);
    const double opened = secondsSince(start);
    std::size_t count = 0;
    double sum = 0; // so that no score goes unread
    (void)bench::must(store->readFacts(0, {}, [&](const ItemFacts& facts) {
        ++count;
        sum += facts.scores.front().probabilities.front();
    }));
    std::printf("open: %.3f s; open and read the facts of %zu items: %.2f s, %.2f s of CPU (mean score %.3f)\n", opened,
                count, secondsSince(start), cpuSeconds() - cpuStart, sum / static_cast<double>(count));
    store.reset();
    const auto sessionStart = Clock::now();
    const double sessionCpuStart = cpuSeconds();
    const auto session = bench::must(ReviewSession::open(openAt(location), 1));
    std::printf("open a session, ready to filter and order: %.2f s, %.2f s of CPU\n", secondsSince(sessionStart),
                cpuSeconds() - sessionCpuStart);
}

/// Of times in milliseconds, sorted here.
void printTimes(const char* what, std::vector<double> times)
{
    std::sort(times.begin(), times.end());
    std::printf("%s: median %.1f ms, 99th percentile %.1f ms, longest %.1f ms (%zu)\n", what,
                bench::percentile(times, 0.5), bench::percentile(times, 0.99), times.back(), times.size());
}

/// What a reviewer waits for: from the key that decides an item to the next one in hand.
void decide(ReviewSession& session, int decisions)
{
    const Queue queue{"new", bench::must(parseFilter("state:new")), bench::must(parseOrder("risk"))};
    std::vector<double> decided;
    std::vector<double> next;
    auto task = bench::must(session.next(queue));
    for (int i = 0; i < decisions && task; ++i) {
        Decision decision;
        decision.answers.assign(session.store().project().labels.size(), Answer::No);
        auto start = Clock::now();
        (void)bench::must(session.record(*task, Step::Decide, decision));
        decided.push_back(secondsSince(start) * 1000);
        start = Clock::now();
        task = bench::must(session.next(queue));
        next.push_back(secondsSince(start) * 1000);
    }
    std::vector<double> both(next.size());
    std::transform(decided.begin(), decided.end(), next.begin(), both.begin(), std::plus<>());
    printTimes("decide", std::move(decided));
    printTimes("claim the next one", std::move(next));
    printTimes("decide and claim the next one", std::move(both));
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 4) {
        std::fprintf(stderr, "usage: bench_store LOCATION ITEMS DECISIONS\n");
        return 2;
    }
    const std::string location = argv[1];
    if (const std::int64_t items = std::atoll(argv[2]); items > 0) {
        const auto store = openAt(location);
        importAll(*store, items);
    }
    openAndRead(location);
    auto session = bench::must(ReviewSession::open(openAt(location), 1));
    decide(session, std::atoi(argv[3]));
    return 0;
}
