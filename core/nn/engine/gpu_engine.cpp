#include "core/nn/engine/gpu_engine.h"

#include "core/nn/engine/guarded.h"
#include "core/nn/engine/requests.h"
#include "core/nn/modules/heads.h"
#include "core/nn/modules/towers.h"

#include <ATen/Context.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/tensor.h>

#include <algorithm>
#include <cstring>

namespace modscope::nn {
namespace {

std::string precisionName(c10::ScalarType type)
{
    return type == at::kFloat ? "fp32" : type == at::kHalf ? "fp16" : "bf16";
}

class GpuEngine final : public Engine {
public:
    GpuEngine(const Checkpoint& checkpoint, const DeviceFacts& device, int index, c10::ScalarType type)
        : m_encoder(checkpoint.info.encoder), m_head(checkpoint.info.head),
          m_preprocessing(checkpoint.info.preprocessing), m_device(at::kCUDA, static_cast<c10::DeviceIndex>(index)),
          m_type(type), m_weights(m_parameters)
    {
        at::globalContext().setAllowTF32CuBLAS(false);
        at::globalContext().setAllowTF32CuDNN(false);
        const TensorSource source(checkpoint.tensors);
        const Weights::Map head = loadHead(checkpoint);
        for (const auto& [name, shape] : expectedTensors(m_encoder, m_head)) {
            const bool inHead = head.find(name) != head.end();
            at::Tensor tensor = source.load(name, shape).to(m_device, inHead ? at::kFloat : m_type);
            m_facts.weightBytes += tensor.nbytes();
            m_parameters.emplace(name, std::move(tensor));
        }
        const auto& image = m_preprocessing.image;
        m_mean = at::tensor({image.mean[0], image.mean[1], image.mean[2]}).view({1, 3, 1, 1}).to(m_device);
        m_deviation =
            at::tensor({image.deviation[0], image.deviation[1], image.deviation[2]}).view({1, 3, 1, 1}).to(m_device);
        m_facts.device = device.name + " (" + device.id + ")";
        m_facts.precision = precisionName(type);
        m_facts.kernels = "CUDA, fused attention";
    }

    [[nodiscard]] const EngineFacts& facts() const override { return m_facts; }

    [[nodiscard]] Result<Matrix> encodeText(std::span<const TokenIds> texts, int /*threads*/) const override
    {
        return guarded([&] {
            checkTexts(texts, m_encoder.text);
            if (texts.empty()) {
                return Matrix{0, static_cast<std::size_t>(m_head.textWidth), {}};
            }
            const PaddedTexts padded = padTexts(texts, m_encoder, m_preprocessing, shortest(texts));
            const at::Tensor mask = padded.mask.defined() ? padded.mask.to(m_device) : padded.mask;
            return toMatrix(textFeatures(m_weights, m_encoder, m_head, padded.ids.to(m_device), mask));
        });
    }

    [[nodiscard]] Result<Matrix> encodeImages(std::span<const std::span<const std::uint8_t>> squares,
                                              int /*threads*/) const override
    {
        return guarded([&] {
            checkSquares(squares, m_encoder.vision.imageSize);
            if (squares.empty()) {
                return Matrix{0, static_cast<std::size_t>(m_head.imageWidth), {}};
            }
            return toMatrix(imageFeatures(m_weights, m_encoder, m_head, pixels(squares)));
        });
    }

    [[nodiscard]] Result<Matrix> classify(const Matrix& text,
                                          const Matrix& image,
                                          std::span<const Presence> present,
                                          int /*threads*/) const override
    {
        return guarded([&] {
            checkHeadInput(text, image, present, m_head);
            return toMatrix(headLogits(m_weights, m_head, viewOf(text).to(m_device), viewOf(image).to(m_device),
                                       presenceTensor(present).to(m_device)));
        });
    }

private:
    /// The length to pad to: what follows CLIP's longest text is hidden anyway, SigLIP was trained at full length.
    [[nodiscard]] std::int64_t shortest(std::span<const TokenIds> texts) const
    {
        if (m_encoder.backend == Backend::Siglip) {
            return m_encoder.text.maxPositions;
        }
        std::size_t longest = 1;
        for (const TokenIds& text : texts) {
            longest = std::max(longest, text.ids.size());
        }
        return static_cast<std::int64_t>(longest);
    }

    /// Bytes travel, floats are made there: a quarter of the traffic.
    [[nodiscard]] at::Tensor pixels(std::span<const std::span<const std::uint8_t>> squares) const
    {
        const std::int64_t side = m_encoder.vision.imageSize;
        at::Tensor bytes = at::empty({static_cast<std::int64_t>(squares.size()), side, side, 3}, at::kByte);
        auto* out = bytes.mutable_data_ptr<std::uint8_t>();
        for (const auto& square : squares) {
            std::memcpy(out, square.data(), square.size());
            out += square.size();
        }
        const at::Tensor values =
            bytes.to(m_device).permute({0, 3, 1, 2}).to(at::kFloat) * m_preprocessing.image.rescale;
        return ((values - m_mean) / m_deviation).contiguous().to(m_type);
    }

    EncoderConfig m_encoder;
    HeadConfig m_head;
    Preprocessing m_preprocessing;
    c10::Device m_device;
    c10::ScalarType m_type;
    Weights::Map m_parameters;
    Weights m_weights;
    at::Tensor m_mean;
    at::Tensor m_deviation;
    EngineFacts m_facts;
};

} // namespace

std::unique_ptr<Engine> makeGpuEngine(const Checkpoint& checkpoint,
                                      const DeviceFacts& device,
                                      int index,
                                      c10::ScalarType type)
{
    return std::make_unique<GpuEngine>(checkpoint, device, index, type);
}

} // namespace modscope::nn
