#include "core/image/tiff_input.h"

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <cstring>

namespace modscope::codec {

namespace {

constexpr tmsize_t kMaxAllocation = tmsize_t{512} << 20U; ///< of libtiff, in one piece

tmsize_t readInput(thandle_t handle, void* out, tmsize_t count)
{
    auto* input = static_cast<TiffInput*>(handle);
    const std::uint64_t left = input->bytes.size() - std::min<std::uint64_t>(input->position, input->bytes.size());
    const std::uint64_t given = std::min<std::uint64_t>(left, static_cast<std::uint64_t>(std::max<tmsize_t>(count, 0)));
    if (given > 0) {
        std::memcpy(out, input->bytes.data() + input->position, given);
    }
    input->position += given;
    return static_cast<tmsize_t>(given);
}

tmsize_t refuseWrite(thandle_t, void*, tmsize_t)
{
    return -1;
}

toff_t seekInput(thandle_t handle, toff_t offset, int whence)
{
    auto* input = static_cast<TiffInput*>(handle);
    const std::uint64_t base = whence == SEEK_CUR ? input->position : whence == SEEK_END ? input->bytes.size() : 0;
    input->position = base + offset;
    return input->position;
}

int closeInput(thandle_t)
{
    return 0;
}

toff_t sizeOfInput(thandle_t handle)
{
    return static_cast<TiffInput*>(handle)->bytes.size();
}

int mapInput(thandle_t handle, void** base, toff_t* size)
{
    const auto* input = static_cast<TiffInput*>(handle);
    *base = const_cast<std::byte*>(input->bytes.data()); // opened for reading: libtiff does not write to it
    *size = input->bytes.size();
    return 1;
}

void unmapInput(thandle_t, void*, toff_t) {}

int onError(TIFF*, void* user, const char*, const char* format, va_list arguments)
{
    auto* input = static_cast<TiffInput*>(user);
    if (input->reason.empty()) {
        char text[200];
        std::vsnprintf(text, sizeof(text), format, arguments);
        input->reason = text;
    }
    return 1;
}

int onWarning(TIFF*, void*, const char*, const char*, va_list)
{
    return 1;
}

} // namespace

TiffFile openTiff(TiffInput& input)
{
    TIFFOpenOptions* options = TIFFOpenOptionsAlloc();
    TIFFOpenOptionsSetMaxSingleMemAlloc(options, kMaxAllocation);
    TIFFOpenOptionsSetErrorHandlerExtR(options, onError, &input);
    TIFFOpenOptionsSetWarningHandlerExtR(options, onWarning, &input);
    TiffFile file(TIFFClientOpenExt("picture", "r", &input, readInput, refuseWrite, seekInput, closeInput, sizeOfInput,
                                    mapInput, unmapInput, options));
    TIFFOpenOptionsFree(options);
    return file;
}

} // namespace modscope::codec
