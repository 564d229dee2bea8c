// The engine's side of tests/peers/engine_peers.py: waits for a command, runs one round, prints its seconds. So peers
// take turns in one run, and whatever else the machine does hits all alike.
//
// usage: bench_engine FOLDER PRECISION
//   FOLDER/model.safetensors  CLIP ViT-B/32 under "backbone." and a fusion head
//   FOLDER/ids.txt            one text a line, token ids without padding
//   FOLDER/squares.bin        as many pictures, 224 x 224 x 3 bytes each
// commands: "batch THREADS" (all items: one single-threaded worker per thread), "one ITEM THREADS" (one team),
// "features FILE"

#include "core/checkpoint/checkpoint.h"
#include "core/nn/engine/library.h"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>
#include <string>
#include <thread>

using namespace modscope;

namespace {

constexpr int kSide = 224;
constexpr std::size_t kSquareBytes = std::size_t{kSide} * kSide * 3;

template <typename T>
T orEnd(Result<T> result)
{
    if (!result) {
        std::cerr << "bench_engine: " << result.error().message << '\n';
        std::exit(1);
    }
    return std::move(*result);
}

struct Items {
    std::vector<TokenIds> texts;
    std::vector<char> bytes;
    std::vector<std::span<const std::uint8_t>> squares;
};

Items readItems(const std::filesystem::path& folder)
{
    Items items;
    std::ifstream ids(folder / "ids.txt");
    for (std::string line; std::getline(ids, line);) {
        std::istringstream numbers(line);
        items.texts.push_back({{std::istream_iterator<std::int32_t>(numbers), {}}, false});
    }
    std::ifstream squares(folder / "squares.bin", std::ios::binary);
    items.bytes.assign(std::istreambuf_iterator<char>(squares), {});
    for (std::size_t i = 0; i < items.texts.size(); ++i) {
        const auto* from = reinterpret_cast<const std::uint8_t*>(items.bytes.data()) + i * kSquareBytes;
        items.squares.emplace_back(from, kSquareBytes);
    }
    return items;
}

Checkpoint readCheckpoint(const std::filesystem::path& folder)
{
    Checkpoint checkpoint;
    checkpoint.tensors = orEnd(openSafetensors(folder / "model.safetensors")).tensors;
    checkpoint.info.encoder = encoderPreset("openai/clip-vit-base-patch32").value();
    checkpoint.info.head = {
        .kind = HeadKind::Fusion, .fusionDim = 512, .labels = 5, .hiddenDim = 0, .textWidth = 512, .imageWidth = 512};
    return checkpoint;
}

EngineOptions optionsFor(std::string_view precision)
{
    if (precision == "plain") {
        return {.device = "cpu", .precision = Precision::Fp32, .plain = true};
    }
    const Precision chosen = precision == "bf16"   ? Precision::Bf16
                             : precision == "int8" ? Precision::Int8
                                                   : Precision::Fp32;
    return {.device = "cpu", .precision = chosen};
}

void encode(const Engine& engine, const Items& items, std::size_t first, std::size_t count, int threads)
{
    (void)orEnd(engine.encodeImages(std::span(items.squares).subspan(first, count), threads));
    (void)orEnd(engine.encodeText(std::span(items.texts).subspan(first, count), threads));
}

void encodeBatch(const Engine& engine, const Items& items, std::size_t workers)
{
    std::vector<std::jthread> team;
    const std::size_t share = (items.texts.size() + workers - 1) / workers;
    for (std::size_t first = 0; first < items.texts.size(); first += share) {
        const std::size_t count = std::min(share, items.texts.size() - first);
        team.emplace_back([&engine, &items, first, count] { encode(engine, items, first, count, 1); });
    }
}

void writeFeatures(const Engine& engine, const Items& items, const std::string& path)
{
    std::ofstream out(path, std::ios::binary);
    for (const Matrix& matrix :
         {orEnd(engine.encodeText(items.texts, 1)), orEnd(engine.encodeImages(items.squares, 1))}) {
        out.write(reinterpret_cast<const char*>(matrix.values.data()),
                  static_cast<std::streamsize>(matrix.values.size() * sizeof(float)));
    }
}

void obey(const std::string& line, const Engine& engine, const Items& items)
{
    std::istringstream words(line);
    std::string command;
    words >> command;
    if (command == "features") {
        std::string path;
        words >> path;
        writeFeatures(engine, items, path);
        return;
    }
    std::size_t number = 0;
    words >> number;
    if (command == "batch") {
        encodeBatch(engine, items, number);
        return;
    }
    int threads = 1;
    words >> threads;
    encode(engine, items, number, 1, threads);
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 3) {
        std::cerr << "usage: bench_engine FOLDER PRECISION\n";
        return 2;
    }
    const Items items = readItems(argv[1]);
    const auto engine = orEnd(nn::library().open(readCheckpoint(argv[1]), optionsFor(argv[2])));
    const EngineFacts& facts = engine->facts();
    std::cout << facts.precision << ", " << facts.kernels << ", " << facts.weightBytes / 1'000'000 << " MB"
              << std::endl;
    for (std::string line; std::getline(std::cin, line);) {
        const auto begin = std::chrono::steady_clock::now();
        obey(line, *engine, items);
        std::cout << std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count() << std::endl;
    }
    return 0;
}
