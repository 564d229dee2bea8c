#include "core/image/codec.h"
#include "core/image/exif.h"

#include <algorithm>
#include <memory>
#include <string>
#include <webp/decode.h>
#include <webp/demux.h>

namespace modscope::codec {

namespace {

struct CloseDemuxer {
    void operator()(WebPDemuxer* demuxer) const { WebPDemuxDelete(demuxer); }
};
struct CloseAnimation {
    void operator()(WebPAnimDecoder* decoder) const { WebPAnimDecoderDelete(decoder); }
};

Result<ImageHeader> readWebpHeader(Bytes bytes)
{
    const WebPData file{data(bytes), bytes.size()};
    const std::unique_ptr<WebPDemuxer, CloseDemuxer> demuxer(WebPDemux(&file));
    if (!demuxer) {
        return fail(ErrorCode::ParseError, "the WebP file is damaged or truncated");
    }
    ImageHeader header;
    header.width = static_cast<int>(WebPDemuxGetI(demuxer.get(), WEBP_FF_CANVAS_WIDTH));
    header.height = static_cast<int>(WebPDemuxGetI(demuxer.get(), WEBP_FF_CANVAS_HEIGHT));
    header.frames = std::max(1, static_cast<int>(WebPDemuxGetI(demuxer.get(), WEBP_FF_FRAME_COUNT)));
    WebPChunkIterator exif;
    if (WebPDemuxGetChunk(demuxer.get(), "EXIF", 1, &exif) != 0) {
        header.orientation = exifOrientation({reinterpret_cast<const std::byte*>(exif.chunk.bytes), exif.chunk.size});
    }
    WebPDemuxReleaseChunkIterator(&exif);
    return header;
}

/// The first frame as it stands on the canvas of an animation.
Result<Image> decodeFirstFrame(Bytes bytes, const ImageHeader& header)
{
    const WebPData file{data(bytes), bytes.size()};
    const std::unique_ptr<WebPAnimDecoder, CloseAnimation> decoder(WebPAnimDecoderNew(&file, nullptr));
    std::uint8_t* canvas = nullptr; // RGBA, the decoder's own
    int timestamp = 0;
    WebPAnimInfo info;
    if (!decoder || WebPAnimDecoderGetInfo(decoder.get(), &info) == 0 ||
        static_cast<int>(info.canvas_width) != header.width || static_cast<int>(info.canvas_height) != header.height ||
        WebPAnimDecoderGetNext(decoder.get(), &canvas, &timestamp) == 0) {
        return fail(ErrorCode::ParseError, "the first frame of the WebP file cannot be decoded");
    }
    Image image = blankImage(header);
    for (std::size_t i = 0; i < image.rgb.size(); i += 3, canvas += 4) {
        std::copy_n(canvas, 3, image.rgb.data() + i);
    }
    return image;
}

bool isAnimated(Bytes bytes)
{
    WebPBitstreamFeatures features;
    return WebPGetFeatures(data(bytes), bytes.size(), &features) == VP8_STATUS_OK && features.has_animation != 0;
}

Result<Image> decodeWebp(Bytes bytes, const ImageHeader& header)
{
    if (isAnimated(bytes)) {
        return decodeFirstFrame(bytes, header);
    }
    int width = 0;
    int height = 0;
    if (WebPGetInfo(data(bytes), bytes.size(), &width, &height) == 0 || width != header.width ||
        height != header.height) {
        return fail(ErrorCode::ParseError, "the WebP file's frame has not the size of its canvas");
    }
    Image image = blankImage(header);
    if (WebPDecodeRGBInto(data(bytes), bytes.size(), image.rgb.data(), image.rgb.size(), width * 3) == nullptr) {
        return fail(ErrorCode::ParseError, "the WebP file is damaged or truncated");
    }
    return image;
}

} // namespace

const Codec& webpCodec()
{
    static constexpr Codec codec{readWebpHeader, decodeWebp};
    return codec;
}

} // namespace modscope::codec
