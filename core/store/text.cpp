#include "core/store/text.h"

#include "core/text/utf8.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

namespace modscope {

namespace {

constexpr std::string_view kDigits = "0123456789abcdef";

/// What a hexadecimal digit is worth; -1 for other characters. A table, because a queue has forty million of them.
constexpr std::array<std::int8_t, 256> kWorth = [] {
    std::array<std::int8_t, 256> worth{};
    worth.fill(-1);
    for (std::size_t i = 0; i < kDigits.size(); ++i) {
        worth[static_cast<unsigned char>(kDigits[i])] = static_cast<std::int8_t>(i);
    }
    return worth;
}();

int digit(char c)
{
    return kWorth[static_cast<unsigned char>(c)];
}

bool isSeparator(char c)
{
    const auto code = static_cast<unsigned char>(c);
    const bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return code < 0x80 && !alphanumeric;
}

} // namespace

std::string hexByte(unsigned char byte)
{
    return {kDigits[byte >> 4U], kDigits[byte & 0xFU]};
}

std::string replaced(std::string text, std::string_view what, std::string_view with)
{
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
        text.replace(at, what.size(), with);
    }
    return text;
}

std::string joined(std::span<const ItemId> ids)
{
    std::string text;
    for (const ItemId id : ids) {
        text += (text.empty() ? "" : ",") + std::to_string(id);
    }
    return text;
}

std::string packFloats(std::span<const float> values)
{
    std::string text;
    text.reserve(values.size() * 8);
    for (const float value : values) {
        const auto bits = std::bit_cast<std::uint32_t>(value);
        for (std::uint32_t shift = 0; shift < 32; shift += 8) {
            text += kDigits[(bits >> (shift + 4)) & 0xFU];
            text += kDigits[(bits >> shift) & 0xFU];
        }
    }
    return text;
}

Result<std::vector<float>> unpackFloats(std::string_view text)
{
    std::vector<float> values;
    auto unpacked = unpackFloats(text, values);
    return unpacked ? Result<std::vector<float>>(std::move(values)) : fail(unpacked.error());
}

Result<void> unpackFloats(std::string_view text, std::vector<float>& values)
{
    if (text.size() % 8 != 0) {
        return fail(ErrorCode::ParseError, "packed numbers have a broken length");
    }
    values.resize(text.size() / 8);
    for (std::size_t i = 0; i < values.size(); ++i) {
        std::uint32_t bits = 0;
        for (std::size_t byte = 0; byte < 4; ++byte) {
            const int high = digit(text[i * 8 + byte * 2]);
            const int low = digit(text[i * 8 + byte * 2 + 1]);
            if (high < 0 || low < 0) {
                return fail(ErrorCode::ParseError, "packed numbers hold something that is not a hexadecimal digit");
            }
            bits |= static_cast<std::uint32_t>(high * 16 + low) << (8 * byte);
        }
        values[i] = std::bit_cast<float>(bits);
    }
    return {};
}

std::vector<std::string> wordsOf(std::string_view text)
{
    std::vector<std::string> words;
    for (std::size_t at = 0; at < text.size();) {
        const auto rest = text.substr(at);
        const auto end = static_cast<std::size_t>(std::find_if(rest.begin(), rest.end(), isSeparator) - rest.begin());
        if (end > 0) {
            words.emplace_back(rest.substr(0, end));
        }
        at += end + 1;
    }
    return words;
}

Result<void> checkText(std::string_view text, const std::string& what)
{
    if (text.find('\0') != std::string_view::npos) {
        return fail(ErrorCode::InvalidArgument, what + " holds a NUL character, which no database keeps");
    }
    return isUtf8(text) ? Result<void>() : fail(ErrorCode::InvalidArgument, what + " is not UTF-8");
}

} // namespace modscope
