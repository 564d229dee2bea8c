#include "core/checkpoint/safetensors.h"

#include <cstdint>
#include <cstdlib>
#include <span>

// A file of any bytes: either an error, or tensors whose bytes lie inside the file and fit their shapes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace modscope;
    const auto file = parseSafetensors(std::as_bytes(std::span(data, size)), nullptr);
    if (!file) {
        return 0;
    }
    for (const auto& [name, tensor] : file->tensors) {
        std::size_t sum = 0;
        for (const std::byte byte : tensor.bytes) { // the sanitizer sees a read outside
            sum += std::to_integer<std::size_t>(byte);
        }
        if (tensor.elements() < 0 || sum > tensor.bytes.size() * 255) {
            std::abort();
        }
        const auto values = toFloat32(tensor, name);
        if (values && values->size() != static_cast<std::size_t>(tensor.elements())) {
            std::abort();
        }
    }
    return 0;
}
