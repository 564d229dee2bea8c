#include "core/review/session.h"
#include "core/store/open_store.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <random>
#include <string>

// How a review store behaves at size. Usage: bench_store LOCATION ITEMS DECISIONS, or bench_store LOCATION
// LOCATION is a file that is not there yet, or an empty PostgreSQL database; alone, a store that an earlier run filled:
// it is opened and read. Prints one line a figure.

namespace {

using namespace modscope;
using Clock = std::chrono::steady_clock;

constexpr std::int64_t kBatch = 10'000; ///< rows a call of import
constexpr std::size_t kCandidates = 64; ///< offered to claim() at once, as the session does

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

template <typename T>
T must(Result<T> result)
{
    if (!result) {
        std::fprintf(stderr, "%s\n", result.error().message.c_str());
        std::exit(1);
    }
    if constexpr (!std::is_void_v<T>) {
        return std::move(*result);
    }
}

std::unique_ptr<ReviewStore> openAt(const std::string& location)
{
    StoreOptions options;
    options.location = location;
    options.reviewerName = "Ada";
    options.create = Project{"memes", {"Racist", "Sexist", "Homophobe", "Religion", "Otherhate"}};
    return must(openStore(options));
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
    const ScoringModel model =
        must(store.model({0, "bench", std::string(64, 'b'), store.project().labels, std::vector<float>(5, 0.5F)}));
    std::mt19937_64 random(1);
    double seconds = 0;
    for (std::int64_t done = 0; done < items; done += kBatch) {
        const auto rows = madeUp(done + 1, std::min(kBatch, items - done), model.id, random);
        const auto start = Clock::now();
        (void)must(store.import(rows, "bench"));
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
    (void)must(store->readFacts(0, {}, [&](const ItemFacts& facts) {
        ++count;
        sum += facts.scores.front().probabilities.front();
    }));
    std::printf("open: %.3f s; open and read the facts of %zu items: %.2f s, %.2f s of CPU (mean score %.3f)\n", opened,
                count, secondsSince(start), cpuSeconds() - cpuStart, sum / static_cast<double>(count));
    store.reset();
    const auto sessionStart = Clock::now();
    const double sessionCpuStart = cpuSeconds();
    const auto session = must(ReviewSession::open(openAt(location), 1));
    std::printf("open a session, ready to filter and order: %.2f s, %.2f s of CPU\n", secondsSince(sessionStart),
                cpuSeconds() - sessionCpuStart);
}

void decide(ReviewStore& store, std::int64_t items, int decisions)
{
    std::mt19937_64 random(2);
    std::uniform_int_distribution<ItemId> any(1, items);
    std::vector<double> times;
    for (int i = 0; i < decisions; ++i) {
        std::vector<ItemId> candidates(kCandidates);
        std::generate(candidates.begin(), candidates.end(), [&] { return any(random); });
        const auto start = Clock::now();
        const auto lease = must(store.claim(candidates));
        if (!lease) {
            continue;
        }
        const auto content = must(store.contents(std::span(&lease->item, 1)));
        EventDraft draft;
        draft.items = {lease->item};
        draft.decision.answers.assign(content.front().scores.front().probabilities.size(), Answer::No);
        (void)must(store.commit(draft, *lease));
        times.push_back(secondsSince(start) * 1000);
    }
    std::sort(times.begin(), times.end());
    const auto at = [&](double share) {
        return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))];
    };
    std::printf("claim, read, decide: median %.1f ms, 99th percentile %.1f ms, longest %.1f ms (%zu)\n", at(0.5),
                at(0.99), times.back(), times.size());
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2 && argc != 4) {
        std::fprintf(stderr, "usage: bench_store LOCATION [ITEMS DECISIONS]\n");
        return 2;
    }
    const std::string location = argv[1];
    if (argc == 2) {
        openAndRead(location);
        return 0;
    }
    const std::int64_t items = std::atoll(argv[2]);
    {
        const auto store = openAt(location);
        importAll(*store, items);
    }
    openAndRead(location);
    const auto store = openAt(location);
    decide(*store, items, std::atoi(argv[3]));
    return 0;
}
