#include "core/text/utf8.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>

namespace modscope {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

unsigned byteAt(std::string_view text, std::size_t position)
{
    return static_cast<unsigned char>(text[position]);
}

bool isContinuation(unsigned byte)
{
    return (byte & 0xC0U) == 0x80U;
}

/// Length that a lead byte announces; 0 for a byte that starts nothing.
std::size_t announcedLength(unsigned lead)
{
    if (lead < 0x80U) {
        return 1;
    }
    if (lead >= 0xC2U && lead <= 0xDFU) {
        return 2;
    }
    if (lead >= 0xE0U && lead <= 0xEFU) {
        return 3;
    }
    return lead >= 0xF0U && lead <= 0xF4U ? 4 : 0;
}

/// The second byte's range is narrower after four leads: no overlong forms, no surrogates, nothing above U+10FFFF.
bool isSecondByte(unsigned lead, unsigned byte)
{
    switch (lead) {
    case 0xE0U:
        return byte >= 0xA0U && byte <= 0xBFU;
    case 0xEDU:
        return byte >= 0x80U && byte <= 0x9FU;
    case 0xF0U:
        return byte >= 0x90U && byte <= 0xBFU;
    case 0xF4U:
        return byte >= 0x80U && byte <= 0x8FU;
    default:
        return isContinuation(byte);
    }
}

struct Sequence {
    std::size_t size; ///< bytes that belong together, at least 1
    bool wellFormed;
};

Sequence sequenceAt(std::string_view text, std::size_t position)
{
    const unsigned lead = byteAt(text, position);
    const std::size_t length = announcedLength(lead);
    if (length == 0) {
        return {1, false};
    }
    for (std::size_t i = 1; i < length; ++i) {
        if (position + i >= text.size()) {
            return {i, false};
        }
        const unsigned byte = byteAt(text, position + i);
        if (i == 1 ? !isSecondByte(lead, byte) : !isContinuation(byte)) {
            return {i, false};
        }
    }
    return {length, true};
}

} // namespace

CleanText cleanUtf8(std::string_view source, std::size_t maxBytes)
{
    CleanText result;
    if (source.size() > maxBytes) {
        result.cut = true;
        std::size_t end = maxBytes;
        for (int i = 0; i < 3 && end > 0 && isContinuation(byteAt(source, end)); ++i) {
            --end;
        }
        source = source.substr(0, end);
    }
    result.utf8.reserve(source.size());
    std::size_t position = 0;
    while (position < source.size()) {
        const Sequence sequence = sequenceAt(source, position);
        result.utf8 += sequence.wellFormed ? source.substr(position, sequence.size) : kReplacement;
        position += sequence.size;
    }
    return result;
}

bool isUtf8(std::string_view bytes)
{
    const bool ascii =
        std::none_of(bytes.begin(), bytes.end(), [](char byte) { return static_cast<unsigned char>(byte) >= 0x80; });
    return ascii || cleanUtf8(bytes, bytes.size()).utf8 == bytes;
}

char32_t nextCodePoint(std::string_view text, std::size_t& position)
{
    const unsigned lead = byteAt(text, position);
    const std::size_t length = std::max<std::size_t>(1, announcedLength(lead));
    unsigned codePoint = length == 1 ? lead : lead & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        codePoint = (codePoint << 6U) | (byteAt(text, position + i) & 0x3FU);
    }
    position += length;
    return codePoint;
}

void appendUtf8(std::string& text, char32_t codePoint)
{
    const auto value = static_cast<std::uint32_t>(codePoint);
    const auto append = [&](std::uint32_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (value < 0x80U) {
        append(value);
        return;
    }
    if (value < 0x800U) {
        append(0xC0U | (value >> 6U));
    } else {
        if (value < 0x10000U) {
            append(0xE0U | (value >> 12U));
        } else {
            append(0xF0U | (value >> 18U));
            append(0x80U | ((value >> 12U) & 0x3FU));
        }
        append(0x80U | ((value >> 6U) & 0x3FU));
    }
    append(0x80U | (value & 0x3FU));
}

std::string inQuotes(std::string_view text)
{
    constexpr std::size_t kShown = 40;
    const CleanText shown = cleanUtf8(text, kShown);
    return nlohmann::json(shown.utf8).dump() + (shown.cut ? "..." : "");
}

} // namespace modscope
