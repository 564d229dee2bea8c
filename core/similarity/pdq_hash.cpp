#include "core/similarity/pdq_hash.h"

namespace modscope {

namespace {

constexpr std::size_t kHexDigits = PdqHash::kBits / 4;

/// -1 for a character that is no hex digit.
int digitValue(char digit)
{
    if (digit >= '0' && digit <= '9') {
        return digit - '0';
    }
    if (digit >= 'a' && digit <= 'f') {
        return digit - 'a' + 10;
    }
    return digit >= 'A' && digit <= 'F' ? digit - 'A' + 10 : -1;
}

} // namespace

std::string toHex(const PdqHash& hash)
{
    std::string hex;
    for (std::size_t position = kHexDigits; position-- > 0;) {
        hex += "0123456789abcdef"[(hash.words[position / 16] >> (4 * (position % 16))) & 15U];
    }
    return hex;
}

Result<PdqHash> parsePdqHash(std::string_view hex)
{
    if (hex.size() != kHexDigits) {
        return fail(ErrorCode::ParseError,
                    "a PDQ hash has 64 hex digits, not " + std::to_string(hex.size()) + " characters");
    }
    PdqHash hash;
    for (std::size_t at = 0; at < kHexDigits; ++at) {
        const int value = digitValue(hex[at]);
        if (value < 0) {
            return fail(ErrorCode::ParseError,
                        "character " + std::to_string(at + 1) + " of a PDQ hash is not a hex digit");
        }
        const std::size_t position = kHexDigits - 1 - at;
        hash.words[position / 16] |= static_cast<std::uint64_t>(value) << (4 * (position % 16));
    }
    return hash;
}

} // namespace modscope
