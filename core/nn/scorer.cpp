#include "core/nn/scorer.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <new>
#include <optional>
#include <utility>

namespace modscope {

namespace {

std::vector<Result<Prediction>> allFailed(std::size_t count, const Error& error)
{
    std::vector<Result<Prediction>> results(count, fail(error));
    return results;
}

Matrix zeros(std::size_t rows, int columns)
{
    const auto width = static_cast<std::size_t>(columns);
    return Matrix{rows, width, std::vector<float>(rows * width)};
}

// Puts the encoder's rows, which are only of items that have the modality, at their items' places.
Matrix scatter(const Matrix& encoded, const std::vector<std::size_t>& places, Matrix target)
{
    for (std::size_t index = 0; index < places.size(); ++index) {
        const auto row = encoded.row(index);
        std::copy(row.begin(), row.end(),
                  target.values.begin() + static_cast<std::ptrdiff_t>(places[index] * target.columns));
    }
    return target;
}

bool halvesMayFit(const std::vector<Result<Prediction>>& results)
{
    return results.size() > 1 && std::all_of(results.begin(), results.end(), [](const Result<Prediction>& result) {
               return !result &&
                      (result.error().code == ErrorCode::OutOfMemory || result.error().code == ErrorCode::Unavailable);
           });
}

float sigmoid(float logit)
{
    return static_cast<float>(1.0 / (1.0 + std::exp(-static_cast<double>(logit))));
}

} // namespace

Result<Features> Scorer::encode(std::span<const PreparedItem* const> items, int threads) const
{
    std::vector<TokenIds> texts;
    std::vector<std::span<const std::uint8_t>> squares;
    std::vector<std::size_t> textPlaces;
    std::vector<std::size_t> imagePlaces;
    for (std::size_t index = 0; index < items.size(); ++index) {
        if (items[index]->present.text) {
            texts.push_back(items[index]->tokens);
            textPlaces.push_back(index);
        }
        if (items[index]->present.image) {
            squares.emplace_back(items[index]->square.rgb);
            imagePlaces.push_back(index);
        }
    }
    Features features{zeros(items.size(), m_info.head.textWidth), zeros(items.size(), m_info.head.imageWidth)};
    if (!texts.empty()) {
        const auto encoded = m_engine.encodeText(texts, threads);
        if (!encoded) {
            return fail(encoded.error());
        }
        features.text = scatter(*encoded, textPlaces, std::move(features.text));
    }
    if (!squares.empty()) {
        const auto encoded = m_engine.encodeImages(squares, threads);
        if (!encoded) {
            return fail(encoded.error());
        }
        features.image = scatter(*encoded, imagePlaces, std::move(features.image));
    }
    return features;
}

Result<Prediction> Scorer::toPrediction(std::span<const float> logits) const
{
    Prediction prediction;
    prediction.labels = m_info.labels;
    prediction.thresholds = m_info.thresholds;
    prediction.logits.assign(logits.begin(), logits.end());
    for (std::size_t label = 0; label < logits.size(); ++label) {
        if (!std::isfinite(logits[label])) {
            return fail(ErrorCode::Internal, "The model's score for '" + m_info.labels[label] + "' is not a number");
        }
        prediction.probabilities.push_back(sigmoid(logits[label]));
        prediction.flagged.push_back(prediction.probabilities.back() >= m_info.thresholds[label]);
    }
    return prediction;
}

std::vector<Result<Prediction>> Scorer::scoreOnce(std::span<const PreparedItem* const> items, int threads) const
try {
    const auto start = std::chrono::steady_clock::now();
    std::vector<Presence> present;
    for (const PreparedItem* item : items) {
        present.push_back(item->present);
    }
    const auto logits = encode(items, threads).and_then([&](const Features& features) {
        return m_engine.classify(features.text, features.image, present, threads);
    });
    if (!logits) {
        return allFailed(items.size(), logits.error());
    }
    const std::chrono::duration<double, std::milli> elapsed = std::chrono::steady_clock::now() - start;
    std::vector<Result<Prediction>> results;
    for (std::size_t index = 0; index < items.size(); ++index) {
        const PreparedItem& item = *items[index];
        results.push_back(toPrediction(logits->row(index)).map([&](Prediction prediction) {
            prediction.textPresent = item.present.text;
            prediction.imagePresent = item.present.image;
            prediction.textTruncated = item.tokens.truncated;
            prediction.imageFrames = item.imageFrames;
            prediction.timings = item.timings;
            prediction.timings.engineMs = elapsed.count() / static_cast<double>(items.size());
            prediction.timings.batchSize = items.size();
            return prediction;
        }));
    }
    return results;
} catch (const std::bad_alloc&) {
    return allFailed(items.size(), {ErrorCode::OutOfMemory, "There is not enough memory for this batch"});
}

std::vector<Result<Prediction>> Scorer::score(std::span<const PreparedItem* const> items, int threads) const
{
    if (items.empty()) {
        return {};
    }
    auto results = scoreOnce(items, threads);
    if (halvesMayFit(results)) {
        const std::size_t half = items.size() / 2;
        results = scoreOnce(items.first(half), threads);
        auto rest = scoreOnce(items.subspan(half), threads);
        std::move(rest.begin(), rest.end(), std::back_inserter(results));
    }
    return results;
}

} // namespace modscope
