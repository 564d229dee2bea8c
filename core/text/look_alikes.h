#pragma once

#include <string>

namespace modscope {

/// The letters that a code point stands for when somebody hides a word from a filter: folded case and width, without
/// accents ("É" is "e"), letters of other scripts as the Latin ones they look like (Cyrillic "о" is "o"), and digits
/// and signs as the letters that they replace ("3" is "e", "@" is "a"). i, l, 1, ! and | are one letter, "i". Empty for
/// what nobody sees (zero width, combining marks). UTF-8. Source: Unicode UTS 39, skeletons of confusables; digits and
/// signs are our own table.
/// @param codePoint  a Unicode scalar value
[[nodiscard]] std::string lookAlikeLetters(char32_t codePoint);

} // namespace modscope
