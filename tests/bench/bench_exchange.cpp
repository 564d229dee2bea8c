#include "core/data/csv.h"
#include "core/review/export.h"
#include "core/review/import.h"
#include "core/review/reimport.h"
#include "core/store/open_store.h"
#include "tests/bench/measured.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>

// In and out of a review store at size. Usage: bench_exchange FOLDER ITEMS, then bench_exchange FOLDER
// FOLDER is made and left with what was written; alone, what an earlier run filled is exported: another process, so
// that its memory is that of exporting. Prints one line a figure: what the clock says, and what this process computed,
// because other programs on the machine do not count.

namespace {

using namespace modscope;
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

const Project kProject{"memes", {"Racist", "Sexist", "Homophobe", "Religion", "Otherhate"}};
constexpr std::size_t kBatch = 4000;

std::unique_ptr<ReviewStore> makeStore(const fs::path& file)
{
    return bench::must(openStore({file.string(), "Ada", kProject}));
}

/// Peak resident memory since the last call, in megabytes.
double takePeakMegabytes()
{
    std::ifstream status("/proc/self/status");
    double peak = 0;
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmHWM:")) {
            peak = std::atof(line.c_str() + 6) / 1000;
        }
    }
    std::ofstream("/proc/self/clear_refs") << "5";
    return peak;
}

/// Times `work`, which tells how many rows it did.
template <typename Work>
void timed(const char* what, const Work& work)
{
    (void)takePeakMegabytes();
    const auto start = Clock::now();
    const std::clock_t cpu = std::clock();
    const std::uint64_t rows = work();
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    const double computed = static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC;
    std::printf("%-34s %8.2f s (%7.2f s of CPU), %9.0f rows/s, peak %6.1f MB\n", what, seconds, computed,
                static_cast<double>(rows) / seconds, takePeakMegabytes());
    std::fflush(stdout);
}

std::string textNumber(std::uint64_t number, std::mt19937_64& random)
{
    static constexpr std::array kWords = {"when", "the",   "cat", "finds", "your",
                                          "last", "slice", "of",  "cake",  "again"};
    std::string text;
    for (int word = 0; word < 12; ++word) {
        text += std::string(kWords[random() % kWords.size()]) + " ";
    }
    return text + std::to_string(number);
}

fs::path writeTable(const fs::path& file, std::uint64_t rows)
{
    std::mt19937_64 random(1);
    std::ofstream out(file);
    out << "id,text,prob_Racist,prob_Sexist,prob_Homophobe,prob_Religion,prob_Otherhate\n";
    for (std::uint64_t row = 1; row <= rows; ++row) {
        out << row << ',' << textNumber(row, random);
        for (int label = 0; label < 5; ++label) {
            out << ",0." << 100 + random() % 900;
        }
        out << '\n';
    }
    return file;
}

/// An item that Max decided; every tenth has a second opinion by Eve.
NewItem decided(std::uint64_t number, std::mt19937_64& random)
{
    NewItem item;
    item.row = number;
    item.content.text = textNumber(number, random);
    item.content.imagePath = "/data/memes/" + std::to_string(number) + ".jpg";
    item.content.source = "bench";
    Opinion opinion{2, 0, 1'700'000'000'000, {}};
    for (int label = 0; label < 5; ++label) {
        opinion.decision.answers.push_back(random() % 8 == 0 ? Answer::Yes : Answer::No);
    }
    opinion.decision.secondsVisible = 4.5;
    ItemStatus status;
    status.first = opinion;
    status.state = ItemState::Decided;
    if (number % 10 == 0) {
        opinion.reviewer = 3;
        status.second = opinion;
        status.state = ItemState::Final;
    }
    item.standing = status;
    return item;
}

void restoreAll(ReviewStore& store, std::uint64_t items)
{
    std::mt19937_64 random(2);
    for (const char* person : {"Max", "Eve"}) {
        (void)bench::must(store.addReviewer(person, Role::Reviewer));
    }
    for (std::uint64_t next = 1; next <= items;) {
        std::vector<NewItem> batch;
        for (; batch.size() < kBatch && next <= items; ++next) {
            batch.push_back(decided(next, random));
        }
        (void)bench::must(store.import(batch, "bench"));
    }
}

void importAll(const fs::path& folder, std::uint64_t items)
{
    const fs::path table = writeTable(folder / "memes.csv", items);
    auto store = makeStore(folder / "imported.db");
    ImportOptions options;
    options.table.model =
        bench::must(store->model({0, "bench", std::string(64, 'b'), kProject.labels, std::vector<float>(5, 0.5F)}));
    const auto import = [&] { return bench::must(importFiles(*store, {table}, options)).rows; };
    timed("import a table with scores", import);
    timed("import it again (all known)", import);
    auto restored = makeStore(folder / "decided.db");
    timed("restore items and their opinions", [&] {
        restoreAll(*restored, items);
        return items;
    });
}

void exportAll(const fs::path& folder)
{
    auto store = makeStore(folder / "decided.db");
    for (const char* word : {"reference", "wide", "long", "jsonl"}) {
        const ExportOptions options{bench::must(exportProfileNamed(word))};
        timed((std::string("export ") + word).c_str(),
              [&] { return bench::must(exportItems(*store, options, std::nullopt, folder / word)).items; });
        std::printf("%-34s %8.1f MB\n", "", static_cast<double>(fs::file_size(folder / word)) / 1e6);
    }
    timed("compare with the export", [&] { return bench::must(reimportExport(*store, folder / "jsonl")).unchanged; });
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 2 || argc > 3) {
        std::fprintf(stderr, "usage: bench_exchange FOLDER [ITEMS]\n");
        return 2;
    }
    const fs::path folder = argv[1];
    fs::create_directories(folder);
    if (argc == 3) {
        importAll(folder, static_cast<std::uint64_t>(std::atoll(argv[2])));
    } else {
        exportAll(folder);
    }
    return 0;
}
