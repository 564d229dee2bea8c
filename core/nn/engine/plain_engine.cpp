#include "core/nn/engine/plain_engine.h"

#include "core/nn/engine/guarded.h"
#include "core/nn/engine/requests.h"
#include "core/nn/modules/heads.h"
#include "core/nn/modules/towers.h"
#include "core/nn/modules/weights.h"

#include <ATen/ops/empty.h>

namespace modscope::nn {
namespace {

/// float32 [B, 3, S, S]: (byte * rescale - mean) / deviation, in the reference's order of operations.
at::Tensor normalised(std::span<const std::span<const std::uint8_t>> squares, const ImageProcessorConfig& config)
{
    const std::int64_t side = config.side;
    const auto plane = static_cast<std::size_t>(side * side);
    at::Tensor pixels = at::empty({static_cast<std::int64_t>(squares.size()), 3, side, side}, at::kFloat);
    auto* out = pixels.mutable_data_ptr<float>();
    for (const auto& square : squares) {
        for (std::size_t channel = 0; channel < 3; ++channel) {
            for (std::size_t pixel = 0; pixel < plane; ++pixel) {
                const float value = static_cast<float>(square[pixel * 3 + channel]) * config.rescale;
                *out++ = (value - config.mean[channel]) / config.deviation[channel];
            }
        }
    }
    return pixels;
}

class PlainEngine final : public Engine {
public:
    explicit PlainEngine(const Checkpoint& checkpoint)
        : m_encoder(checkpoint.info.encoder), m_head(checkpoint.info.head),
          m_preprocessing(checkpoint.info.preprocessing), m_parameters(loadAll(checkpoint)), m_weights(m_parameters)
    {
        m_facts = {.device = "CPU", .precision = "fp32", .kernels = "ATen", .plain = true};
        for (const auto& [name, tensor] : m_parameters) {
            m_facts.weightBytes += tensor.nbytes();
        }
    }

    [[nodiscard]] const EngineFacts& facts() const override { return m_facts; }

    [[nodiscard]] Result<Matrix> encodeText(std::span<const TokenIds> texts, int threads) const override
    {
        return guarded([&] {
            checkTexts(texts, m_encoder.text);
            if (texts.empty()) {
                return Matrix{0, static_cast<std::size_t>(m_head.textWidth), {}};
            }
            useTeam(threads);
            const PaddedTexts padded = padTexts(texts, m_encoder, m_preprocessing, m_encoder.text.maxPositions);
            return toMatrix(textFeatures(m_weights, m_encoder, m_head, padded.ids, padded.mask));
        });
    }

    [[nodiscard]] Result<Matrix> encodeImages(std::span<const std::span<const std::uint8_t>> squares,
                                              int threads) const override
    {
        return guarded([&] {
            checkSquares(squares, m_encoder.vision.imageSize);
            if (squares.empty()) {
                return Matrix{0, static_cast<std::size_t>(m_head.imageWidth), {}};
            }
            useTeam(threads);
            return toMatrix(imageFeatures(m_weights, m_encoder, m_head, normalised(squares, m_preprocessing.image)));
        });
    }

    [[nodiscard]] Result<Matrix> classify(const Matrix& text,
                                          const Matrix& image,
                                          std::span<const Presence> present,
                                          int threads) const override
    {
        return guarded([&] {
            checkHeadInput(text, image, present, m_head);
            useTeam(threads);
            return toMatrix(headLogits(m_weights, m_head, viewOf(text), viewOf(image), presenceTensor(present)));
        });
    }

private:
    EncoderConfig m_encoder;
    HeadConfig m_head;
    Preprocessing m_preprocessing;
    Weights::Map m_parameters;
    Weights m_weights;
    EngineFacts m_facts;
};

} // namespace

std::unique_ptr<Engine> makePlainEngine(const Checkpoint& checkpoint)
{
    return std::make_unique<PlainEngine>(checkpoint);
}

} // namespace modscope::nn
