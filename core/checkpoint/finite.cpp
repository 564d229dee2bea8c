#include "core/checkpoint/tensor_layout.h"

#include <algorithm>
#include <bit>
#include <cfloat>
#include <cstring>
#include <limits>
#include <optional>

namespace modscope {

namespace {

/// The index of the first value whose bits without sign exceed `largest`, the largest finite one of its type.
/// Blocks of a constant length let the compiler use vector instructions; memory speed is the limit.
template <typename Bits>
std::optional<std::size_t> firstAbove(std::span<const std::byte> bytes, Bits largest)
{
    constexpr std::size_t kBlock = 1024;
    constexpr Bits kMagnitude = std::numeric_limits<Bits>::max(); // all but the sign bit: Bits is signed
    const std::size_t count = bytes.size() / sizeof(Bits);
    const auto above = [&](std::size_t index) {
        Bits value{};
        std::memcpy(&value, bytes.data() + index * sizeof(Bits), sizeof(Bits));
        return static_cast<Bits>(value & kMagnitude) > largest;
    };
    for (std::size_t start = 0; start < count; start += kBlock) {
        bool found = count - start < kBlock; // the rest is searched one by one
        if (!found) {
            Bits any = 0;
            for (std::size_t index = start; index < start + kBlock; ++index) {
                any = static_cast<Bits>(any | static_cast<Bits>(above(index)));
            }
            found = any != 0;
        }
        for (std::size_t index = start; found && index < std::min(count, start + kBlock); ++index) {
            if (above(index)) {
                return index;
            }
        }
    }
    return std::nullopt;
}

std::optional<std::size_t> firstNotFinite(const TensorView& tensor)
{
    switch (tensor.dtype) {
    case DType::F64:
        return firstAbove<std::int64_t>(tensor.bytes, std::bit_cast<std::int64_t>(static_cast<double>(FLT_MAX)));
    case DType::F32:
        return firstAbove<std::int32_t>(tensor.bytes, 0x7F7FFFFF);
    case DType::F16:
        return firstAbove<std::int16_t>(tensor.bytes, 0x7BFF);
    case DType::BF16:
        return firstAbove<std::int16_t>(tensor.bytes, 0x7F7F);
    default:
        return std::nullopt; // integers
    }
}

} // namespace

Result<void> checkFinite(const TensorMap& tensors, std::stop_token stop)
{
    for (const auto& [name, tensor] : tensors) {
        if (stop.stop_requested()) {
            return fail(ErrorCode::Cancelled, "opening the checkpoint was cancelled");
        }
        if (const auto index = firstNotFinite(tensor)) {
            return fail(ErrorCode::Mismatch, "the tensor '" + name +
                                                 "' holds a NaN, an infinity or a number beyond float32 at index " +
                                                 std::to_string(*index) + " (row-major)");
        }
        releaseMemory(tensor); // or the whole file is in memory when the engine begins to convert it
    }
    return {};
}

} // namespace modscope
