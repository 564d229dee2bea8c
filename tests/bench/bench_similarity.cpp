#include "core/base/file.h"
#include "core/image/decode.h"
#include "core/similarity/hash_index.h"
#include "core/similarity/relation.h"

#include <benchmark/benchmark.h>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>

// Near-duplicates at size. Usage: bench_similarity PICTURE [Google Benchmark's options]
// Rates are of CPU time, because other programs on the machine do not count; the scan's is of its two threads together,
// with each instruction set, the plain one being the baseline.

namespace {

using namespace modscope;

constexpr std::size_t kHashes = 1'000'000;
constexpr int kRadius = 31;

template <typename T>
T must(Result<T> result)
{
    if (!result) {
        std::fprintf(stderr, "%s\n", result.error().message.c_str());
        std::exit(1);
    }
    return std::move(*result);
}

void countPictures(benchmark::State& state)
{
    state.counters["pictures"] =
        benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

void registerPictures(const std::string& path)
{
    constexpr std::uint64_t kMaxBytes = std::uint64_t{64} << 20U;
    const auto bytes = must(readFile(path, kMaxBytes));
    const Image image = must(decodeImage(bytes, DecodeOptions())).image;
    std::printf("%s: %d x %d\n", path.c_str(), image.width, image.height);
    benchmark::RegisterBenchmark("decode", [bytes](benchmark::State& state) {
        for (auto _ : state) {
            benchmark::DoNotOptimize(decodeImage(bytes, DecodeOptions()));
        }
        countPictures(state);
    });
    benchmark::RegisterBenchmark("pdq", [image](benchmark::State& state) {
        for (auto _ : state) {
            benchmark::DoNotOptimize(pdq(image));
        }
        countPictures(state);
    });
    benchmark::RegisterBenchmark("file_to_hash", [bytes](benchmark::State& state) {
        for (auto _ : state) {
            const auto decoded = decodeImage(bytes, DecodeOptions());
            benchmark::DoNotOptimize(pdq(decoded->image));
        }
        countPictures(state);
    });
    benchmark::RegisterBenchmark("file_to_fingerprint", [bytes](benchmark::State& state) {
        for (auto _ : state) {
            const auto decoded = decodeImage(bytes, DecodeOptions());
            benchmark::DoNotOptimize(fingerprint(decoded->image));
        }
        countPictures(state);
    });
}

Pdq randomHash(std::mt19937_64& random)
{
    Pdq hash;
    for (std::uint64_t& word : hash.hash.words) {
        word = random();
    }
    hash.quality = 100;
    return hash;
}

void registerScans()
{
    for (const hash_scan::Kernel* kernel : hash_scan::usableKernels()) {
        const std::string name = "scan_million/" + std::string(kernel->name);
        benchmark::RegisterBenchmark(name.c_str(),
                                     [kernel](benchmark::State& state) {
                                         std::mt19937_64 random(1);
                                         HashIndex index(PdqFamily::Full, *kernel);
                                         for (std::size_t id = 0; id < kHashes; ++id) {
                                             (void)index.add(id, randomHash(random));
                                         }
                                         const Pdq query = randomHash(random);
                                         for (auto _ : state) {
                                             benchmark::DoNotOptimize(index.within(query, kRadius));
                                         }
                                     })
            ->Unit(benchmark::kMillisecond)
            ->MeasureProcessCPUTime()
            ->UseRealTime(); // a large index is scanned on two threads
    }
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 2) {
        std::fprintf(stderr, "usage: bench_similarity PICTURE\n");
        return 2;
    }
    registerPictures(argv[1]);
    registerScans();
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
