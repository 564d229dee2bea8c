#pragma once

#include "core/nn/prediction_stream.h"

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace modscope::test {

/// One token per byte: what goes in can be read from what comes out.
class ByteTokenizer final : public Tokenizer {
public:
    ByteTokenizer() : Tokenizer(TokenizerOptions{}) {}
    TokenIds encode(std::string_view text) const override { return {{text.begin(), text.end()}, false}; }
    std::int32_t padId() const override { return 0; }
    std::size_t vocabularySize() const override { return 256; }
};

/// An engine that adds: the text feature is the sum of the ids, the image feature the first byte of the picture, the
/// only logit their sum. Tests set `beforeText` to slow it down, to watch its calls, or to let them fail.
class AddingEngine final : public Engine {
public:
    std::function<Result<void>(std::size_t batch, int threads)> beforeText = [](std::size_t, int) {
        return Result<void>();
    };
    mutable std::atomic<int> textCalls = 0;

    const EngineFacts& facts() const override { return m_facts; }

    Result<Matrix> encodeText(std::span<const TokenIds> texts, int threads) const override
    {
        ++textCalls;
        if (auto allowed = beforeText(texts.size(), threads); !allowed) {
            return fail(allowed.error());
        }
        Matrix features{texts.size(), 1, {}};
        for (const TokenIds& text : texts) {
            float sum = 0;
            for (const std::int32_t id : text.ids) {
                sum += static_cast<float>(id);
            }
            features.values.push_back(sum);
        }
        return features;
    }

    Result<Matrix> encodeImages(std::span<const std::span<const std::uint8_t>> squares, int) const override
    {
        Matrix features{squares.size(), 1, {}};
        for (const auto& square : squares) {
            features.values.push_back(static_cast<float>(square.front()));
        }
        return features;
    }

    Result<Matrix> classify(const Matrix& text,
                            const Matrix& image,
                            std::span<const Presence> present,
                            int) const override
    {
        Matrix logits{present.size(), 1, {}};
        for (std::size_t index = 0; index < present.size(); ++index) {
            logits.values.push_back(text.values[index] + image.values[index]);
        }
        return logits;
    }

private:
    EngineFacts m_facts{.device = "CPU", .precision = "fp32", .kernels = "none"};
};

/// Everything a stream needs, without libtorch.
struct FakeModel {
    explicit FakeModel(int lanes, std::size_t batchSize)
        : preparer(std::make_shared<ByteTokenizer>(), ImageProcessor({.side = 8}), DecodeOptions{}),
          scorer(engine, info), pool(lanes, lanes),
          single(1, 1), resources{preparer, scorer, pool, single, 4, static_cast<std::size_t>(lanes), batchSize}
    {}

    AddingEngine engine;
    ModelInfo info = [] {
        ModelInfo made;
        made.labels = {"sum"};
        made.thresholds = {0.5F};
        made.head.textWidth = 1;
        made.head.imageWidth = 1;
        return made;
    }();
    ItemPreparer preparer;
    Scorer scorer;
    WorkerPool pool;
    WorkerPool single;
    StreamResources resources;
};

} // namespace modscope::test
