#include "core/image/codec.h"
#include "core/image/exif.h"
#include "core/image/resample_kernels.h"

#include <algorithm>
#include <csetjmp>
#include <cstdio>
#include <jerror.h>
#include <jpeglib.h>
#include <string>
#include <vector>

namespace modscope::codec {

namespace {

using resample::Range;

/// A progressive picture of few bytes can ask for any number of passes over all its pixels.
constexpr int kMaxScans = 500;

constexpr int kExifMarker = JPEG_APP0 + 1;

/// What libjpeg's callbacks reach through cinfo->err and cinfo->client_data.
struct Trap {
    jpeg_error_mgr manager{};
    std::jmp_buf jump{};
    ErrorCode code = ErrorCode::ParseError;
    std::string_view reason; ///< instead of libjpeg's own words
};

[[noreturn]] void leave(j_common_ptr info, ErrorCode code, std::string_view reason)
{
    auto* trap = static_cast<Trap*>(info->client_data);
    trap->code = code;
    trap->reason = reason;
    std::longjmp(trap->jump, 1);
}

[[noreturn]] void onError(j_common_ptr info)
{
    leave(info, ErrorCode::ParseError, {});
}

void onMessage(j_common_ptr info, int level)
{
    // libjpeg would fill the rest of the picture with grey; other warnings are noise between segments.
    if (level < 0 && info->err->msg_code == JWRN_HIT_MARKER) {
        leave(info, ErrorCode::ParseError, "the JPEG data ends before the picture is complete");
    }
}

void onProgress(j_common_ptr info)
{
    if (info->is_decompressor != 0 && reinterpret_cast<j_decompress_ptr>(info)->input_scan_number > kMaxScans) {
        leave(info, ErrorCode::LimitExceeded, "the JPEG picture has more than 500 scans");
    }
}

void ignoreSource(j_decompress_ptr) {}

boolean onSourceEnd(j_decompress_ptr info)
{
    leave(reinterpret_cast<j_common_ptr>(info), ErrorCode::ParseError, "the JPEG file is truncated");
}

void skipSource(j_decompress_ptr info, long count)
{
    const std::size_t skipped = std::min(info->src->bytes_in_buffer, static_cast<std::size_t>(std::max(count, 0L)));
    info->src->next_input_byte += skipped;
    info->src->bytes_in_buffer -= skipped;
}

/// libjpeg's decompressor over bytes in memory. Its errors come back by longjmp, so the functions that call it hold no
/// object with a destructor.
class JpegReader {
public:
    explicit JpegReader(Bytes bytes)
    {
        m_info.err = jpeg_std_error(&m_trap.manager);
        m_info.client_data = &m_trap;
        m_trap.manager.error_exit = onError;
        m_trap.manager.emit_message = onMessage;
        m_progress.progress_monitor = onProgress;
        m_source.next_input_byte = data(bytes);
        m_source.bytes_in_buffer = bytes.size();
        m_source.init_source = ignoreSource;
        m_source.fill_input_buffer = onSourceEnd;
        m_source.skip_input_data = skipSource;
        m_source.resync_to_restart = jpeg_resync_to_restart;
        m_source.term_source = ignoreSource;
    }
    ~JpegReader() { jpeg_destroy_decompress(&m_info); }
    JpegReader(const JpegReader&) = delete;
    JpegReader& operator=(const JpegReader&) = delete;

    [[nodiscard]] const jpeg_decompress_struct& info() const { return m_info; }
    [[nodiscard]] bool isInked() const { return m_info.num_components == 4; }

    [[nodiscard]] bool readHeader()
    {
        if (setjmp(m_trap.jump) != 0) {
            return false;
        }
        jpeg_create_decompress(&m_info);
        m_info.src = &m_source;
        m_info.progress = &m_progress;
        jpeg_save_markers(&m_info, kExifMarker, 0xFFFF);
        jpeg_read_header(&m_info, TRUE);
        return true;
    }

    /// Slow integer DCT and fancy upsampling are libjpeg's defaults and Pillow's.
    [[nodiscard]] bool start()
    {
        if (setjmp(m_trap.jump) != 0) {
            return false;
        }
        m_info.out_color_space = isInked() ? JCS_CMYK : JCS_RGB;
        jpeg_start_decompress(&m_info);
        return true;
    }

    /// Narrows what is decoded; libjpeg moves `first` to the left where it must.
    [[nodiscard]] bool crop(JDIMENSION& first, JDIMENSION& width)
    {
        if (setjmp(m_trap.jump) != 0) {
            return false;
        }
        jpeg_crop_scanline(&m_info, &first, &width);
        return true;
    }

    /// @param row  samples of one row as libjpeg gives them
    [[nodiscard]] bool readRow(std::uint8_t* row)
    {
        if (setjmp(m_trap.jump) != 0) {
            return false;
        }
        jpeg_read_scanlines(&m_info, &row, 1);
        return true;
    }

    /// Decodes the rest without making pixels of it, so that damage there is found too.
    [[nodiscard]] bool skipRest()
    {
        if (setjmp(m_trap.jump) != 0) {
            return false;
        }
        jpeg_skip_scanlines(&m_info, m_info.output_height - m_info.output_scanline);
        return true;
    }

    [[nodiscard]] tl::unexpected<Error> error()
    {
        if (!m_trap.reason.empty()) {
            return fail(m_trap.code, std::string(m_trap.reason));
        }
        char text[JMSG_LENGTH_MAX];
        m_trap.manager.format_message(reinterpret_cast<j_common_ptr>(&m_info), text);
        return fail(m_trap.code, std::string("damaged JPEG file: ") + text);
    }

private:
    jpeg_decompress_struct m_info{};
    Trap m_trap;
    jpeg_source_mgr m_source{};
    jpeg_progress_mgr m_progress{};
};

int orientationOf(const jpeg_decompress_struct& info)
{
    for (const jpeg_marker_struct* marker = info.marker_list; marker != nullptr; marker = marker->next) {
        const Bytes content(reinterpret_cast<const std::byte*>(marker->data), marker->data_length);
        if (marker->marker == kExifMarker && hasText(content, 0, std::string_view("Exif\0\0", 6))) {
            return exifOrientation(content);
        }
    }
    return 1;
}

Result<ImageHeader> headerOf(JpegReader& reader)
{
    if (!reader.readHeader()) {
        return reader.error();
    }
    const jpeg_decompress_struct& info = reader.info();
    if (info.num_components != 1 && info.num_components != 3 && info.num_components != 4) {
        return fail(ErrorCode::Unsupported,
                    "JPEG pictures of " + std::to_string(info.num_components) + " components are not supported");
    }
    ImageHeader header;
    header.width = static_cast<int>(info.image_width);
    header.height = static_cast<int>(info.image_height);
    header.orientation = orientationOf(info);
    return header;
}

Result<ImageHeader> readJpegHeader(Bytes bytes)
{
    JpegReader reader(bytes);
    return headerOf(reader);
}

/// Pillow takes every CMYK picture for one of Adobe's, which are stored inverted.
void convertInverted(const std::uint8_t* inks, std::size_t pixels, std::uint8_t* out)
{
    const auto inverted = [](std::uint8_t ink) { return static_cast<std::uint8_t>(255 - ink); };
    for (std::size_t i = 0; i < pixels; ++i, inks += 4) {
        out = putCmyk(out, inverted(inks[0]), inverted(inks[1]), inverted(inks[2]), inverted(inks[3]));
    }
}

/// Opens the picture and refuses one that is not what the checked header said.
Result<void> startReading(JpegReader& reader, const ImageHeader& header)
{
    const auto now = headerOf(reader);
    if (!now) {
        return fail(now.error());
    }
    if (now->width != header.width || now->height != header.height) {
        return fail(ErrorCode::Internal, "the JPEG header was read differently twice");
    }
    if (!reader.start()) {
        return reader.error();
    }
    return {};
}

Result<Image> decodeJpeg(Bytes bytes, const ImageHeader& header)
{
    JpegReader reader(bytes);
    if (auto started = startReading(reader, header); !started) {
        return fail(started.error());
    }
    Image image = blankImage(header);
    const auto width = static_cast<std::size_t>(header.width);
    std::vector<std::uint8_t> inks(reader.isInked() ? width * 4 : 0);
    std::uint8_t* out = image.rgb.data();
    for (int y = 0; y < header.height; ++y, out += width * 3) {
        if (!reader.readRow(reader.isInked() ? inks.data() : out)) {
            return reader.error();
        }
        if (reader.isInked()) {
            convertInverted(inks.data(), width, out);
        }
    }
    return image;
}

} // namespace

Result<void> decodeJpegRegion(Bytes bytes, const ImageHeader& header, Range columns, Range rows, const RowSink& sink)
{
    JpegReader reader(bytes);
    if (auto started = startReading(reader, header); !started) {
        return started;
    }
    // Upsampling looks at neighbours: one block more on each side keeps the wanted columns as they are.
    const int margin = DCTSIZE * reader.info().max_h_samp_factor;
    const int begin = std::max(0, columns.begin - margin);
    auto first = static_cast<JDIMENSION>(begin);
    auto cropped = static_cast<JDIMENSION>(std::min(header.width, columns.end + margin) - begin);
    if (!reader.crop(first, cropped)) {
        return reader.error();
    }
    const std::size_t width = reader.info().output_width;
    const std::size_t stride = width * 3 + resample::kRowSlack;
    const std::size_t offset = (static_cast<std::size_t>(columns.begin) - first) * 3;
    std::vector<std::uint8_t> block(stride * resample::kRowBlock);
    std::vector<std::uint8_t> inks(reader.isInked() ? width * 4 : 0);
    resample::SourceRows sources{};
    std::size_t filled = 0;
    for (int y = 0; y < rows.end; ++y) {
        std::uint8_t* row = block.data() + filled * stride;
        if (!reader.readRow(reader.isInked() ? inks.data() : row)) {
            return reader.error();
        }
        if (y < rows.begin) {
            continue;
        }
        if (reader.isInked()) {
            convertInverted(inks.data(), width, row);
        }
        sources[filled++] = row + offset;
        if (filled == sources.size() || y + 1 == rows.end) {
            sink(std::span(sources).first(filled));
            filled = 0;
        }
    }
    if (!reader.skipRest()) {
        return reader.error();
    }
    return {};
}

const Codec& jpegCodec()
{
    static constexpr Codec codec{readJpegHeader, decodeJpeg};
    return codec;
}

} // namespace modscope::codec
