#include "core/image/resize.h"

#include "core/image/resample.h"

#include <string>

namespace modscope {

Result<Image> resize(const Image& source, int width, int height, ResizeFilter filter, PassOrder order)
{
    if (width < 1 || height < 1) {
        return fail(ErrorCode::InvalidArgument, "a picture cannot be resized to " + std::to_string(width) + " x " +
                                                    std::to_string(height) + " pixels");
    }
    if (auto valid = checkBuffer(source); !valid) {
        return fail(valid.error());
    }
    if (source.width == width && source.height == height) {
        return source;
    }
    return resample::resampleWindow(
        source, {source.width, source.height, width, height, filter, order, {0, width}, {0, height}});
}

} // namespace modscope
