#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace modscope::codec {

using Bytes = std::span<const std::byte>;

enum class ByteOrder { Little, Big };

/// The unsigned number of 1 to 4 bytes at `offset`; nothing if it does not lie wholly inside.
[[nodiscard]] inline std::optional<std::uint32_t> readNumber(Bytes bytes,
                                                             std::size_t offset,
                                                             std::size_t size,
                                                             ByteOrder order)
{
    if (offset > bytes.size() || bytes.size() - offset < size) {
        return std::nullopt;
    }
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i) {
        const std::size_t at = order == ByteOrder::Big ? i : size - 1 - i;
        value = value << 8U | std::to_integer<std::uint32_t>(bytes[offset + at]);
    }
    return value;
}

/// Whether the characters stand at `offset`.
[[nodiscard]] inline bool hasText(Bytes bytes, std::size_t offset, std::string_view text)
{
    if (offset > bytes.size() || bytes.size() - offset < text.size()) {
        return false;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (bytes[offset + i] != static_cast<std::byte>(text[i])) {
            return false;
        }
    }
    return true;
}

[[nodiscard]] inline const std::uint8_t* data(Bytes bytes)
{
    return reinterpret_cast<const std::uint8_t*>(bytes.data());
}

} // namespace modscope::codec
