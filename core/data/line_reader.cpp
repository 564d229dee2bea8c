#include "core/data/line_reader.h"

#include "core/data/byte_source.h"

#include <utility>

namespace modscope {

struct LineReader::State {
    explicit State(ByteSource bytes) : source(std::move(bytes)) {}

    /// @return false when the line is longer than the limit; it is stepped over then
    bool read(std::string& text)
    {
        bool fits = true;
        for (int byte = source.get(); byte != ByteSource::kEnd && byte != '\n'; byte = source.get()) {
            fits = fits && text.size() < kMaxLineBytes;
            if (fits) {
                text += static_cast<char>(byte);
            }
        }
        return fits;
    }

    ByteSource source;
    std::uint64_t line = 0;
    bool ended = false;
};

LineReader::LineReader(std::unique_ptr<State> state) : m_state(std::move(state))
{
    m_state->source.skipByteOrderMark();
}
LineReader::~LineReader() = default;
LineReader::LineReader(LineReader&&) noexcept = default;
LineReader& LineReader::operator=(LineReader&&) noexcept = default;

Result<LineReader> LineReader::open(const std::filesystem::path& path)
{
    auto source = ByteSource::open(path);
    if (!source) {
        return fail(source.error());
    }
    return LineReader(std::make_unique<State>(std::move(*source)));
}

LineReader LineReader::fromStream(std::unique_ptr<std::istream> stream, std::string sourceName)
{
    return LineReader(std::make_unique<State>(ByteSource(std::move(stream), std::move(sourceName))));
}

std::optional<Result<LineReader::Line>> LineReader::next()
{
    State& state = *m_state;
    while (!state.ended && state.source.peek() != ByteSource::kEnd) {
        std::string text;
        const bool fits = state.read(text);
        std::string place = state.source.name() + ":" + std::to_string(++state.line) + ": ";
        if (!fits) {
            return fail(ErrorCode::LimitExceeded, place + "is longer than " + std::to_string(kMaxLineBytes) + " bytes");
        }
        if (text.find_first_not_of(" \t\r") == std::string::npos) {
            continue;
        }
        if (text.back() == '\r') {
            text.pop_back();
        }
        return Line{std::move(text), state.line, std::move(place)};
    }
    if (state.source.error() && !std::exchange(state.ended, true)) {
        return fail(*state.source.error());
    }
    return std::nullopt;
}

std::uint64_t LineReader::bytesRead() const
{
    return m_state->source.bytesRead();
}

} // namespace modscope
