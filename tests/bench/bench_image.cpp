#include "core/base/file.h"
#include "core/image/decode.h"
#include "core/image/image_processor.h"
#include "core/image/resample.h"

#include <algorithm>
#include <benchmark/benchmark.h>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <limits>
#include <string>
#include <vector>

using namespace modscope;

namespace {

Image noise(int width, int height)
{
    Image image{width, height, {}};
    image.rgb.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
    std::uint32_t state = 1;
    std::generate(image.rgb.begin(), image.rgb.end(), [&state] {
        state = state * 1664525U + 1013904223U;
        return static_cast<std::uint8_t>(state >> 24U);
    });
    return image;
}

/// Arguments: instruction set, width, height. To the square of a CLIP encoder, which shows the resampler alone.
void resampleToSquare(benchmark::State& state)
{
    const auto tier = static_cast<std::size_t>(state.range(0));
    if (tier >= resample::usableKernels().size()) {
        state.SkipWithError("this machine has no such instruction set");
        return;
    }
    const Image image = noise(static_cast<int>(state.range(1)), static_cast<int>(state.range(2)));
    const int width = 224 * image.width / image.height;
    const int begin = (width - 224) / 2;
    const resample::Plan plan{image.width,         image.height,         width,   224, ResizeFilter::Bicubic,
                              PassOrder::Pillow13, {begin, begin + 224}, {0, 224}};
    const resample::Kernels& kernels = *resample::usableKernels()[tier];
    state.SetLabel(std::string(kernels.name));
    for (auto _ : state) {
        benchmark::DoNotOptimize(resample::resampleWindow(image, plan, kernels));
    }
}
BENCHMARK(resampleToSquare)->ArgsProduct({{0, 1, 2}, {1600}, {1004}})->ArgsProduct({{0, 1, 2}, {500}, {375}});

void normaliseSquare(benchmark::State& state)
{
    const ImageProcessor processor(ImageProcessorConfig{});
    const Image square = noise(224, 224);
    std::vector<float> out(square.rgb.size());
    for (auto _ : state) {
        processor.normalise(square, out);
        benchmark::DoNotOptimize(out.data());
    }
}
BENCHMARK(normaliseSquare);

std::vector<std::vector<std::byte>> readFolder(const std::filesystem::path& folder)
{
    std::vector<std::vector<std::byte>> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (auto bytes = readFile(entry.path(), DecodeOptions{}.maxBytes)) {
            files.push_back(std::move(*bytes));
        }
    }
    return files;
}

/// File bytes to the encoder's tensor, over a folder of pictures: what tests/peers/pillow_rate.py does with Pillow.
/// @return the best of the rounds, pictures a second on one core
double picturesPerSecond(const std::vector<std::vector<std::byte>>& files, int rounds)
{
    const ImageProcessor processor(ImageProcessorConfig{});
    std::vector<float> tensor(std::size_t{3} * 224 * 224);
    double best = std::numeric_limits<double>::max();
    for (int round = 0; round < rounds; ++round) {
        const std::clock_t start = std::clock(); // of this process: neighbours do not count
        for (const auto& bytes : files) {
            if (const auto square = processor.decodeToSquare(bytes)) {
                processor.normalise(square->image, tensor);
                benchmark::DoNotOptimize(tensor.data());
            }
        }
        best = std::min(best, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
    }
    return static_cast<double>(files.size()) / best;
}

} // namespace

/// `bench_image --pictures FOLDER` prints the rate for a folder; anything else goes to Google Benchmark.
int main(int argc, char** argv)
{
    if (argc == 3 && std::string(argv[1]) == "--pictures") {
        std::printf("%.1f\n", picturesPerSecond(readFolder(argv[2]), 5));
        return EXIT_SUCCESS;
    }
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return EXIT_SUCCESS;
}
