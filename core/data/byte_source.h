#pragma once

#include "core/base/file.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <istream>
#include <memory>
#include <optional>
#include <string>

// Private to this room: bytes of a table, in blocks, counted.

namespace modscope {

/// Threads: one.
class ByteSource {
public:
    static constexpr int kEnd = -1;

    /// Errors: what opening reports; devices and pipes are refused.
    [[nodiscard]] static Result<ByteSource> open(const std::filesystem::path& path);
    ByteSource(std::unique_ptr<std::istream> stream, std::string name);

    /// The next byte, or kEnd at the end or when reading failed (error() then says so).
    [[nodiscard]] int peek() { return m_position < m_filled || fill() ? static_cast<unsigned char>(byte()) : kEnd; }
    [[nodiscard]] int get()
    {
        const int next = peek();
        m_position += next == kEnd ? 0 : 1;
        return next;
    }

    /// Steps over a UTF-8 byte order mark; call before anything is read.
    void skipByteOrderMark();

    [[nodiscard]] const std::string& name() const { return m_name; }
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }
    [[nodiscard]] std::uint64_t bytesRead() const { return m_consumedBlocks + m_position; }

private:
    [[nodiscard]] char byte() const { return (*m_block)[m_position]; }
    bool fill();

    static constexpr std::size_t kBlockBytes = std::size_t{64} * 1024;
    using Block = std::array<char, kBlockBytes>;

    std::optional<InputFile> m_file;
    std::unique_ptr<std::istream> m_stream;
    std::string m_name;
    std::unique_ptr<Block> m_block = std::make_unique<Block>();
    std::size_t m_position = 0; ///< in the block
    std::size_t m_filled = 0;
    std::uint64_t m_consumedBlocks = 0; ///< bytes of earlier blocks
    std::optional<Error> m_error;
};

} // namespace modscope
