// Prints docs/parity.md: how far every path of the engine is from the reference's numbers, over all golden models.
// usage: parity_report TESTS_DATA RESOURCES > docs/parity.md      (scripts/bench parity)

#include "core/data/csv.h"
#include "core/nn/classifier.h"
#include "core/text/tokenizer.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
using modscope::Classifier;
using modscope::Sample;
using nlohmann::json;

struct Path {
    const char* title;
    bool plain;
    modscope::Precision precision;
};

constexpr std::array<Path, 3> kPaths = {
    Path{"plain fp32", true, modscope::Precision::Fp32},
    Path{"fast fp32", false, modscope::Precision::Fp32},
    Path{"fast bf16", false, modscope::Precision::Bf16},
};

struct Distance {
    double largest = 0;
    std::size_t values = 0;
    std::size_t items = 0;

    void add(const json& expected, const std::vector<float>& got)
    {
        ++items;
        for (std::size_t i = 0; i < got.size(); ++i) {
            largest = std::max(largest, std::abs(expected.at(i).get<double>() - static_cast<double>(got[i])));
            ++values;
        }
    }
};

json readJson(const fs::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return json::parse(file);
}

[[noreturn]] void stop(const std::string& message)
{
    std::fprintf(stderr, "parity_report: %s\n", message.c_str());
    std::exit(1);
}

Classifier open(const fs::path& run, const Path& path, modscope::PreprocessingMode mode)
{
    modscope::ClassifierOptions options;
    options.engine.plain = path.plain;
    options.engine.precision = path.precision;
    options.engine.device = "cpu";
    options.checkpoint.preprocessing = mode;
    options.checkpoint.specialTokens = modscope::SpecialTokens::Honour; // as the reference did
    auto classifier = Classifier::open(run, options);
    if (!classifier) {
        stop(classifier.error().message);
    }
    return *std::move(classifier);
}

Distance distanceOf(
    const Classifier& classifier, const json& expected, const json& texts, const fs::path& images, const char* mode)
{
    std::vector<Sample> samples;
    std::vector<const json*> answers;
    for (const json& pair : expected.at("pairs")) {
        const bool nothing = pair.at("text_present") == 0.0 && pair.at("image_present") == 0.0;
        if (nothing || pair.contains("unreadable_image") || !pair.contains(mode)) {
            continue; // the product answers these with an error (tests/nn)
        }
        Sample sample;
        sample.text = pair.at("text").is_null() ? "" : texts.at(pair.at("text").get<std::string>()).get<std::string>();
        if (!pair.at("image").is_null()) {
            sample.imagePath = images / pair.at("image").get<std::string>();
        }
        samples.push_back(std::move(sample));
        answers.push_back(&pair.at(mode).at("probabilities"));
    }
    Distance distance;
    const auto predictions = classifier.predict(samples);
    for (std::size_t i = 0; i < predictions.size(); ++i) {
        if (!predictions[i]) {
            stop(predictions[i].error().message);
        }
        distance.add(*answers[i], predictions[i]->probabilities);
    }
    return distance;
}

std::vector<double> ranks(const std::vector<float>& values)
{
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    std::vector<double> rank(values.size());
    for (std::size_t begin = 0; begin < order.size();) {
        std::size_t end = begin;
        while (end < order.size() && values[order[end]] == values[order[begin]]) {
            ++end;
        }
        const double shared = static_cast<double>(begin + end - 1) / 2; // ties share their mean rank
        for (; begin < end; ++begin) {
            rank[order[begin]] = shared;
        }
    }
    return rank;
}

double spearman(const std::vector<float>& first, const std::vector<float>& second)
{
    const auto a = ranks(first);
    const auto b = ranks(second);
    const double mean = static_cast<double>(a.size() - 1) / 2;
    double product = 0;
    double squaresA = 0;
    double squaresB = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        product += (a[i] - mean) * (b[i] - mean);
        squaresA += (a[i] - mean) * (a[i] - mean);
        squaresB += (b[i] - mean) * (b[i] - mean);
    }
    return product / std::sqrt(squaresA * squaresB);
}

std::vector<Sample> firstTexts(const fs::path& csv, std::size_t count)
{
    auto reader = modscope::CsvReader::open(csv);
    if (!reader) {
        stop(reader.error().message);
    }
    const auto column = reader->column("text");
    if (!column) {
        stop("val.csv has no column text");
    }
    std::vector<Sample> samples;
    while (samples.size() < count) {
        auto next = reader->next();
        if (!next.row) {
            break;
        }
        if (*next.row) {
            Sample sample;
            sample.text = (*next.row)->fields.at(*column);
            samples.push_back(std::move(sample));
        }
    }
    return samples;
}

void printRanking(const fs::path& model, const std::vector<Sample>& texts)
{
    std::array<std::vector<modscope::Result<modscope::Prediction>>, 2> predictions = {
        open(model, kPaths[0], modscope::PreprocessingMode::Reference).predict(texts),
        open(model, kPaths[2], modscope::PreprocessingMode::Reference).predict(texts)};
    const auto& labels = predictions[0].front()->labels;
    for (std::size_t label = 0; label < labels.size(); ++label) {
        std::array<std::vector<float>, 2> scores;
        double largest = 0;
        for (std::size_t i = 0; i < texts.size(); ++i) {
            for (std::size_t path = 0; path < 2; ++path) {
                scores[path].push_back(predictions[path][i]->probabilities[label]);
            }
            largest = std::max(largest, static_cast<double>(std::abs(scores[0].back() - scores[1].back())));
        }
        std::printf("| %s | %.6f | %.1e |\n", labels[label].c_str(), spearman(scores[0], scores[1]), largest);
    }
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 3) {
        stop("usage: parity_report TESTS_DATA RESOURCES");
    }
    const fs::path data = argv[1];
    const fs::path golden = data / "golden";
    const json texts = readJson(golden / "texts.json");
    std::printf("# Parity with the reference\n\n"
                "Written by `scripts/bench parity`. Largest absolute difference of a probability from the reference's "
                "recorded answers (fp32, CPU;\n"
                "`tests/data/golden/PROVENANCE.md`), over every golden pair: text only, picture only, both. Token ids "
                "and resized pixels are compared\n"
                "exactly by the tests `text.*` and `image.*`; features and logits by `nn.*`.\n\n"
                "| model | preprocessing | items | plain fp32 | fast fp32 | fast bf16 |\n|---|---|---|---|---|---|\n");
    std::vector<fs::path> models;
    for (const auto& entry : fs::directory_iterator(golden)) {
        if (fs::exists(entry.path() / "expected.json")) {
            models.push_back(entry.path());
        }
    }
    std::sort(models.begin(), models.end());
    for (const fs::path& model : models) {
        const json expected = readJson(model / "expected.json");
        for (const auto& [mode, title] : {std::pair(modscope::PreprocessingMode::Reference, "reference"),
                                          std::pair(modscope::PreprocessingMode::HuggingFace, "hf")}) {
            std::array<Distance, kPaths.size()> distances;
            for (std::size_t i = 0; i < kPaths.size(); ++i) {
                distances[i] =
                    distanceOf(open(model / "run", kPaths[i], mode), expected, texts, golden / "images", title);
            }
            std::printf("| %s | %s | %zu | %.1e | %.1e | %.1e |\n", model.filename().c_str(), title, distances[0].items,
                        distances[0].largest, distances[1].largest, distances[2].largest);
        }
    }
    const auto tweets = firstTexts(data / "mmhs150k" / "val.csv", 500);
    std::printf("\nRanking of %zu real texts by the demo model, bf16 against plain fp32:\n\n"
                "| class | Spearman | largest difference |\n|---|---|---|\n",
                tweets.size());
    printRanking(fs::path(argv[2]) / "demo" / "run_harmless", tweets);
    return 0;
}
