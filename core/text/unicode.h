#pragma once

#include <string>
#include <string_view>

namespace modscope {

/// Unicode, from ICU. Every text must be valid UTF-8 (cleanUtf8).

/// Normalisation form C.
[[nodiscard]] std::string nfc(std::string_view text);

/// Lower-cases code point by code point with the full mapping, as Rust and Python do for single characters: U+0130
/// becomes "i" + U+0307, a capital sigma always U+03C3.
[[nodiscard]] std::string lowerCase(std::string_view text);

/// For comparing texts: NFKC with full case folding, without characters that nobody sees (Default_Ignorable: zero
/// width, variation selectors, direction marks, tags).
[[nodiscard]] std::string nfkcCaseFold(std::string_view text);

/// Each maximal run of White_Space characters becomes one space.
[[nodiscard]] std::string collapseWhitespace(std::string_view text);

/// The classes of CLIP's split pattern: \s, \p{L}, \p{N} and the rest (combining marks are in the rest).
enum class CharacterClass { Whitespace, Letter, Number, Other };
[[nodiscard]] CharacterClass characterClass(char32_t codePoint);

[[nodiscard]] bool isWhitespace(char32_t codePoint);       ///< the White_Space property
[[nodiscard]] bool isPythonWhitespace(char32_t codePoint); ///< the same and U+001C to U+001F, as str.isspace()
[[nodiscard]] bool isWordCharacter(char32_t codePoint);    ///< \w of a regular expression

} // namespace modscope
