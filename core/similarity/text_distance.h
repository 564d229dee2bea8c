#pragma once

#include "core/base/error.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace modscope {

/// A caption as it is compared: NFKC with case folding, without characters that nobody sees (zero width, variation
/// selectors, direction marks), runs of white space as one space, none at the ends. Emoji stay.
class ComparableText {
public:
    static constexpr std::size_t kMaxCharacters = 4096;

    ComparableText() = default;
    /// Ill-formed UTF-8 counts as U+FFFD. Errors: LimitExceeded for more than kMaxCharacters code points: cutting them
    /// off would make different texts equal.
    [[nodiscard]] static Result<ComparableText> from(std::string_view utf8);

    [[nodiscard]] const std::u32string& characters() const { return m_characters; }
    bool operator==(const ComparableText&) const = default;

private:
    explicit ComparableText(std::u32string characters) : m_characters(std::move(characters)) {}

    std::u32string m_characters;
};

/// Levenshtein distance: insertions, deletions and replacements of code points. Source: Myers 1999 in Hyyrö's form of
/// 2003, 64 cells at a time.
[[nodiscard]] std::size_t editDistance(std::u32string_view left, std::u32string_view right);

/// 1 - distance / length of the longer one: 1 for equal texts, two empty ones as well.
[[nodiscard]] double editSimilarity(const ComparableText& left, const ComparableText& right);

} // namespace modscope
