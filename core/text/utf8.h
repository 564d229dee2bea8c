#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace modscope {

/// A text that is safe to walk code point by code point.
struct CleanText {
    std::string utf8; ///< valid UTF-8; U+0000 is allowed
    bool cut = false; ///< the source was longer than the limit

    bool operator==(const CleanText&) const = default;
};

/// Replaces every maximal part of an ill-formed sequence by U+FFFD, as browsers and Python's "replace" do, and reads
/// at most `maxBytes` bytes of the source, up to a code-point border.
[[nodiscard]] CleanText cleanUtf8(std::string_view source, std::size_t maxBytes);

/// Whether these bytes are well-formed UTF-8.
[[nodiscard]] bool isUtf8(std::string_view bytes);

/// The code point that starts at `position`, which then moves behind it. `text` must be valid and `position` a border.
[[nodiscard]] char32_t nextCodePoint(std::string_view text, std::size_t& position);

void appendUtf8(std::string& text, char32_t codePoint);

/// A piece of text for an error message: quoted, escaped as JSON does, at most 40 bytes of it.
[[nodiscard]] std::string inQuotes(std::string_view text);

} // namespace modscope
