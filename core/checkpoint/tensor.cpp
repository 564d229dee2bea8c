#include "core/base/file.h"
#include "core/checkpoint/safetensors.h"

#include <array>
#include <bit>
#include <cstring>

namespace modscope {

namespace {

// Tensors of old files may start at any byte: every value is copied out, never read through a cast pointer.
template <typename Stored, typename Widen>
std::vector<float> widenAll(std::span<const std::byte> bytes, Widen widen)
{
    std::vector<float> values(bytes.size() / sizeof(Stored));
    for (std::size_t index = 0; index < values.size(); ++index) {
        Stored stored{};
        std::memcpy(&stored, bytes.data() + index * sizeof(Stored), sizeof(Stored));
        values[index] = widen(stored);
    }
    return values;
}

// Shifts exponent and fraction into a float's place and corrects the exponent's bias by a multiplication, which also
// makes subnormal halves normal.
float widenHalf(std::uint16_t half)
{
    constexpr float kBiasCorrection = 0x1p112F;
    const auto magnitude = static_cast<std::uint32_t>(half & 0x7FFFU) << 13U;
    auto bits = std::bit_cast<std::uint32_t>(std::bit_cast<float>(magnitude) * kBiasCorrection);
    bits |= magnitude >= 0x0F800000U ? 0x7F800000U : 0U; // infinity and NaN keep the largest exponent
    return std::bit_cast<float>(bits | static_cast<std::uint32_t>(half & 0x8000U) << 16U);
}

} // namespace

std::int64_t TensorView::elements() const
{
    std::int64_t count = 1;
    for (const std::int64_t size : shape) {
        count *= size;
    }
    return count;
}

void releaseMemory(const TensorView& tensor)
{
    if (tensor.mappedIn) {
        tensor.mappedIn->release(tensor.bytes);
    }
}

std::string shapeText(std::span<const std::int64_t> shape)
{
    std::string text = "[";
    for (std::size_t axis = 0; axis < shape.size(); ++axis) {
        text += (axis > 0 ? ", " : "") + std::to_string(shape[axis]);
    }
    return text + "]";
}

Result<std::vector<float>> toFloat32(const TensorView& tensor, std::string_view name)
{
    switch (tensor.dtype) {
    case DType::F32: {
        std::vector<float> values(tensor.bytes.size() / sizeof(float));
        if (!values.empty()) {
            std::memcpy(values.data(), tensor.bytes.data(), values.size() * sizeof(float));
        }
        return values;
    }
    case DType::F64:
        return widenAll<double>(tensor.bytes, [](double value) { return static_cast<float>(value); });
    case DType::F16:
        return widenAll<std::uint16_t>(tensor.bytes, widenHalf);
    case DType::BF16:
        return widenAll<std::uint16_t>(
            tensor.bytes, [](std::uint16_t value) { return std::bit_cast<float>(std::uint32_t{value} << 16U); });
    case DType::I64:
    case DType::I32:
    case DType::I16:
    case DType::I8:
    case DType::U8:
    case DType::Bool:
    case DType::Other:
        break;
    }
    return fail(ErrorCode::Unsupported,
                "the tensor '" + std::string(name) + "' is stored as " + tensor.dtypeName +
                    "; only F64, F32, F16 and BF16 can be weights (quantised checkpoints are not supported)");
}

} // namespace modscope
