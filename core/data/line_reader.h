#pragma once

#include "core/base/error.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <istream>
#include <memory>
#include <optional>
#include <string>

namespace modscope {

/// Lines of a text file, streamed, without their ends (LF or CRLF); blank lines are stepped over, a UTF-8 byte order
/// mark too. Bytes are kept as they are.
class LineReader {
public:
    static constexpr std::size_t kMaxLineBytes = std::size_t{4} << 20U;

    /// Errors: what opening reports; devices and pipes are refused.
    [[nodiscard]] static Result<LineReader> open(const std::filesystem::path& path);
    [[nodiscard]] static LineReader fromStream(std::unique_ptr<std::istream> stream, std::string sourceName);
    ~LineReader();
    LineReader(LineReader&&) noexcept;
    LineReader& operator=(LineReader&&) noexcept;

    struct Line {
        std::string text;
        std::uint64_t number = 0; ///< 1-based
        std::string place;        ///< "memes.jsonl:12: ", for messages
    };
    /// A line, a line's own error (too long), or nothing at the end. A read error ends the file.
    [[nodiscard]] std::optional<Result<Line>> next();
    [[nodiscard]] std::uint64_t bytesRead() const;

private:
    struct State;
    explicit LineReader(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace modscope
