#include "core/text/look_alikes.h"

#include "core/text/unicode.h"
#include "core/text/utf8.h"

#include <cassert>
#include <memory>
#include <string_view>
#include <unicode/uchar.h>
#include <unicode/uspoof.h>

namespace modscope {

namespace {

constexpr char32_t kFirstNotAscii = 0x80;

char32_t replacedLetter(char32_t sign)
{
    switch (sign) {
    case U'0':
        return U'o';
    case U'1':
    case U'l':
    case U'!':
    case U'|':
        return U'i';
    case U'3':
        return U'e';
    case U'4':
    case U'@':
        return U'a';
    case U'5':
    case U'$':
        return U's';
    case U'6':
    case U'8':
        return U'b';
    case U'7':
        return U't';
    case U'9':
        return U'g';
    default:
        return sign;
    }
}

bool isCombiningMark(char32_t codePoint)
{
    return (U_GET_GC_MASK(static_cast<UChar32>(codePoint)) & U_GC_M_MASK) != 0;
}

// Only for characters outside ASCII: within it a skeleton makes "m" of "rn" and the reverse, in too many honest words.
std::string skeleton(std::string_view text)
{
    UErrorCode status = U_ZERO_ERROR;
    static const std::unique_ptr<USpoofChecker, decltype(&uspoof_close)> checker(uspoof_open(&status), &uspoof_close);
    const auto length = static_cast<std::int32_t>(text.size());
    std::string result(4 * text.size() + 16, '\0');
    auto written = uspoof_getSkeletonUTF8(checker.get(), 0, text.data(), length, result.data(),
                                          static_cast<std::int32_t>(result.size()), &status);
    if (status == U_BUFFER_OVERFLOW_ERROR) {
        status = U_ZERO_ERROR;
        result.resize(static_cast<std::size_t>(written));
        written = uspoof_getSkeletonUTF8(checker.get(), 0, text.data(), length, result.data(), written, &status);
    }
    assert(U_SUCCESS(status)); // the data of confusables are compiled into ICU
    result.resize(static_cast<std::size_t>(written));
    return result;
}

} // namespace

std::string lookAlikeLetters(char32_t codePoint)
{
    std::string source;
    appendUtf8(source, codePoint);
    std::string folded = nfkcCaseFold(source);
    if (codePoint >= kFirstNotAscii) {
        folded = lowerCase(skeleton(folded)); // decomposed, so that accents are characters of their own
    }
    std::string letters;
    for (std::size_t position = 0; position < folded.size();) {
        const char32_t letter = nextCodePoint(folded, position);
        if (!isCombiningMark(letter)) {
            appendUtf8(letters, replacedLetter(letter));
        }
    }
    return letters;
}

} // namespace modscope
