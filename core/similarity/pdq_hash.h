#pragma once

#include "core/base/error.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace modscope {

/// 256 bits of a picture's low frequencies. Bit 16 i + j belongs to vertical frequency i + 1 and horizontal frequency
/// j + 1 and is bit (16 i + j) % 64 of word (16 i + j) / 64.
struct PdqHash {
    static constexpr int kBits = 256;

    std::array<std::uint64_t, 4> words{};

    [[nodiscard]] bool bit(int index) const
    {
        return ((words[static_cast<std::size_t>(index) / 64] >> (static_cast<unsigned>(index) % 64)) & 1U) != 0;
    }
    void setBit(int index)
    {
        words[static_cast<std::size_t>(index) / 64] |= std::uint64_t{1} << (static_cast<unsigned>(index) % 64);
    }
    bool operator==(const PdqHash&) const = default;
};

/// Bits that differ, 0..256.
[[nodiscard]] inline int hammingDistance(const PdqHash& left, const PdqHash& right)
{
    int distance = 0;
    for (std::size_t word = 0; word < left.words.size(); ++word) {
        distance += std::popcount(left.words[word] ^ right.words[word]);
    }
    return distance;
}

/// 64 lower-case hex digits, bit 255 first, as every PDQ tool writes it.
[[nodiscard]] std::string toHex(const PdqHash& hash);

/// Reads what toHex() writes; capitals are accepted. Errors: ParseError for anything but 64 hex digits.
[[nodiscard]] Result<PdqHash> parsePdqHash(std::string_view hex);

} // namespace modscope
