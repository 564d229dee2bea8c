#include "core/checkpoint/checkpoint.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

// Any text as config.json: either an error, or sizes for which the list of tensors can be made.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace modscope;
    const auto config = parseEncoderConfig({reinterpret_cast<const char*>(data), size}, "config.json");
    if (!config) {
        if (!config.error().message.starts_with("config.json: ")) {
            std::abort();
        }
        return 0;
    }
    const HeadConfig head{HeadKind::Fusion, 8, 2, 0, config->text.projection, config->vision.projection};
    for (const auto& [name, shape] : expectedTensors(*config, head)) {
        for (const std::int64_t length : shape) {
            if (length < 1) {
                std::abort();
            }
        }
    }
    return 0;
}
