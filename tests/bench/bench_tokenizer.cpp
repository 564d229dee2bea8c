#include "core/base/file.h"
#include "core/text/tokenizer.h"

#include <benchmark/benchmark.h>
#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

using namespace modscope;

namespace {

const std::filesystem::path kData = MODSCOPE_TEST_DATA;

template <typename T>
T valueOf(Result<T> result)
{
    if (!result) {
        std::fprintf(stderr, "%s\n", result.error().message.c_str());
        std::exit(1);
    }
    return std::move(*result);
}

std::vector<std::string> tweets()
{
    std::istringstream table(valueOf(readTextFile(kData / "mmhs150k/val.csv", 1U << 24U)));
    std::vector<std::string> lines;
    for (std::string line; std::getline(table, line);) {
        lines.push_back(line);
    }
    return lines;
}

void opening(benchmark::State& state, const char* directory, TokenizerKind kind)
{
    for (auto _ : state) {
        benchmark::DoNotOptimize(valueOf(openTokenizer(kData / directory, kind, {.maxLength = 64})));
    }
}

/// Counters: tokens a second (start and end included), texts a second.
void encodingTweets(benchmark::State& state, const char* directory, TokenizerKind kind)
{
    const auto tokenizer = valueOf(openTokenizer(kData / directory, kind, {.maxLength = 64}));
    const auto texts = tweets();
    std::size_t tokens = 0;
    for (auto _ : state) {
        for (const std::string& text : texts) {
            tokens += tokenizer->encode(text).ids.size();
        }
    }
    state.counters["tokens"] = benchmark::Counter(static_cast<double>(tokens), benchmark::Counter::kIsRate);
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(texts.size()));
}

/// The longest text that is read, without a place to split it.
void encodingOneHugeWord(benchmark::State& state, const char* directory, TokenizerKind kind)
{
    const auto tokenizer = valueOf(openTokenizer(kData / directory, kind, {.maxLength = 64}));
    std::string text;
    while (text.size() < Tokenizer::kMaxTextBytes) {
        text += "abba";
    }
    for (auto _ : state) {
        benchmark::DoNotOptimize(tokenizer->encode(text));
    }
}

BENCHMARK_CAPTURE(opening, Clip, "clip-vocab", TokenizerKind::Clip)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(encodingTweets, Clip, "clip-vocab", TokenizerKind::Clip)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(encodingTweets, Siglip, "golden/siglip_fusion/encoder", TokenizerKind::Siglip)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(encodingTweets, Siglip2, "golden/siglip2_fusion/encoder", TokenizerKind::Siglip2)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(encodingOneHugeWord, Clip, "clip-vocab", TokenizerKind::Clip)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(encodingOneHugeWord, Siglip, "golden/siglip_fusion/encoder", TokenizerKind::Siglip)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(encodingOneHugeWord, Siglip2, "golden/siglip2_fusion/encoder", TokenizerKind::Siglip2)
    ->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
