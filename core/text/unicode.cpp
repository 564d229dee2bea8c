#include "core/text/unicode.h"

#include "core/text/utf8.h"

#include <cassert>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

namespace modscope {

namespace {

UChar32 toIcu(char32_t codePoint)
{
    return static_cast<UChar32>(codePoint);
}

std::string normalized(const icu::Normalizer2* normalizer, std::string_view text)
{
    UErrorCode status = U_ZERO_ERROR;
    const icu::StringPiece source(text.data(), static_cast<std::int32_t>(text.size()));
    if (normalizer->isNormalizedUTF8(source, status)) {
        return std::string(text);
    }
    std::string result;
    icu::StringByteSink<std::string> sink(&result, source.length());
    normalizer->normalizeUTF8(0, source, sink, nullptr, status);
    assert(U_SUCCESS(status)); // the data of both forms are compiled into ICU
    return result;
}

} // namespace

std::string nfc(std::string_view text)
{
    UErrorCode status = U_ZERO_ERROR;
    return normalized(icu::Normalizer2::getNFCInstance(status), text);
}

std::string nfkcCaseFold(std::string_view text)
{
    UErrorCode status = U_ZERO_ERROR;
    return normalized(icu::Normalizer2::getNFKCCasefoldInstance(status), text);
}

std::string lowerCase(std::string_view text)
{
    constexpr char32_t kCapitalIWithDot = 0x130;
    std::string result;
    result.reserve(text.size());
    std::size_t position = 0;
    while (position < text.size()) {
        const char32_t codePoint = nextCodePoint(text, position);
        if (codePoint == kCapitalIWithDot) { // the only lower case of two code points
            result += "i\xCC\x87";
        } else {
            appendUtf8(result, static_cast<char32_t>(u_tolower(toIcu(codePoint))));
        }
    }
    return result;
}

std::string collapseWhitespace(std::string_view text)
{
    std::string result;
    result.reserve(text.size());
    bool inRun = false;
    std::size_t position = 0;
    while (position < text.size()) {
        const std::size_t start = position;
        const bool space = isWhitespace(nextCodePoint(text, position));
        if (!space) {
            result += text.substr(start, position - start);
        } else if (!inRun) {
            result += ' ';
        }
        inRun = space;
    }
    return result;
}

CharacterClass characterClass(char32_t codePoint)
{
    const std::uint32_t category = U_GET_GC_MASK(toIcu(codePoint));
    if ((category & U_GC_L_MASK) != 0) {
        return CharacterClass::Letter;
    }
    if ((category & U_GC_N_MASK) != 0) {
        return CharacterClass::Number;
    }
    return isWhitespace(codePoint) ? CharacterClass::Whitespace : CharacterClass::Other;
}

bool isWhitespace(char32_t codePoint)
{
    return u_isUWhiteSpace(toIcu(codePoint)) != 0;
}

bool isPythonWhitespace(char32_t codePoint)
{
    return isWhitespace(codePoint) || (codePoint >= 0x1C && codePoint <= 0x1F);
}

bool isWordCharacter(char32_t codePoint)
{
    const std::uint32_t category = U_GET_GC_MASK(toIcu(codePoint));
    return u_isUAlphabetic(toIcu(codePoint)) != 0 || (category & (U_GC_M_MASK | U_GC_ND_MASK | U_GC_PC_MASK)) != 0 ||
           u_hasBinaryProperty(toIcu(codePoint), UCHAR_JOIN_CONTROL) != 0;
}

} // namespace modscope
