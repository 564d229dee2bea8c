#include "core/nn/engine/packed_engine.h"

#include "core/nn/engine/guarded.h"
#include "core/nn/engine/packed_image_tower.h"
#include "core/nn/engine/packed_text_tower.h"
#include "core/nn/engine/requests.h"
#include "core/nn/kernels/cpu_features.h"
#include "core/nn/kernels/row_kernels.h"
#include "core/nn/modules/heads.h"

namespace modscope::nn {
namespace {

class PackedEngine final : public Engine {
public:
    PackedEngine(const Checkpoint& checkpoint, Arithmetic arithmetic)
        : m_encoder(checkpoint.info.encoder), m_head(checkpoint.info.head),
          m_text(TensorSource(checkpoint.tensors, textPrefix(m_encoder, m_head)), checkpoint.info, arithmetic),
          m_image(TensorSource(checkpoint.tensors, imagePrefix(m_encoder, m_head)), checkpoint.info, arithmetic),
          m_headParameters(loadHead(checkpoint))
    {
        m_facts.device = "CPU";
        m_facts.precision = name(arithmetic);
        m_facts.kernels = std::string(rowKernels().name) + ", " + linearTier(arithmetic);
        m_facts.weightBytes = m_text.bytes() + m_image.bytes();
        for (const auto& [name, tensor] : m_headParameters) {
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
            return toMatrix(m_text.encode(texts, useTeam(threads)));
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
            return toMatrix(m_image.encode(squares, useTeam(threads)));
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
            const Weights weights(m_headParameters);
            return toMatrix(headLogits(weights, m_head, viewOf(text), viewOf(image), presenceTensor(present)));
        });
    }

private:
    EncoderConfig m_encoder;
    HeadConfig m_head;
    PackedTextTower m_text;
    PackedImageTower m_image;
    Weights::Map m_headParameters; ///< float32: small, and the last word on a score
    EngineFacts m_facts;
};

} // namespace

std::unique_ptr<Engine> makePackedEngine(const Checkpoint& checkpoint, Arithmetic arithmetic)
{
    return std::make_unique<PackedEngine>(checkpoint, arithmetic);
}

} // namespace modscope::nn
