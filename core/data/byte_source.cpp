#include "core/data/byte_source.h"

#include <algorithm>
#include <span>

namespace modscope {

Result<ByteSource> ByteSource::open(const std::filesystem::path& path)
{
    auto file = InputFile::open(path);
    if (!file) {
        return fail(file.error());
    }
    ByteSource source(nullptr, path.string());
    source.m_file = std::move(*file);
    return source;
}

ByteSource::ByteSource(std::unique_ptr<std::istream> stream, std::string name)
    : m_stream(std::move(stream)), m_name(std::move(name))
{}

bool ByteSource::fill()
{
    m_consumedBlocks += m_filled;
    m_position = 0;
    m_filled = 0;
    if (m_error) {
        return false;
    }
    if (m_file) {
        const auto count = m_file->read(std::as_writable_bytes(std::span(*m_block)));
        if (!count) {
            m_error = count.error();
            return false;
        }
        m_filled = *count;
    } else if (m_stream->peek() != std::istream::traits_type::eof()) {
        // Only what is there already: the rows of a slow producer must not wait for a whole block.
        const auto ready = std::clamp<std::streamsize>(m_stream->rdbuf()->in_avail(), 1, kBlockBytes);
        m_stream->read(m_block->data(), ready);
        m_filled = static_cast<std::size_t>(m_stream->gcount());
    }
    if (m_stream && m_stream->bad()) {
        m_error = Error{ErrorCode::IoError, m_name + ": cannot be read"};
    }
    return m_filled > 0;
}

void ByteSource::skipByteOrderMark()
{
    constexpr std::string_view kMark = "\xEF\xBB\xBF";
    if (peek() != kEnd && m_filled >= kMark.size() && std::string_view(m_block->data(), m_filled).starts_with(kMark)) {
        m_position = kMark.size();
    }
}

} // namespace modscope
