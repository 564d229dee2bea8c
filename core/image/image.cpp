#include "core/image/image.h"

#include <string>

namespace modscope {

Result<void> checkBuffer(const Image& image)
{
    const bool positive = image.width > 0 && image.height > 0;
    if (!positive ||
        image.rgb.size() / 3 / static_cast<std::size_t>(image.width) != static_cast<std::size_t>(image.height) ||
        image.rgb.size() % (3 * static_cast<std::size_t>(image.width)) != 0) {
        return fail(ErrorCode::InvalidArgument, "a picture of " + std::to_string(image.width) + " x " +
                                                    std::to_string(image.height) + " pixels cannot have a buffer of " +
                                                    std::to_string(image.rgb.size()) + " bytes");
    }
    return {};
}

} // namespace modscope
