#pragma once

#include "core/base/error.h"
#include "core/review/item.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

// Private to this room: values as the texts that columns hold.

namespace modscope {

[[nodiscard]] std::string hexByte(unsigned char byte); ///< "0f"
[[nodiscard]] std::string replaced(std::string text, std::string_view what, std::string_view with);
[[nodiscard]] std::string joined(std::span<const ItemId> ids); ///< "1,2,3"

/// Numbers as the hexadecimal digits of their little-endian bytes, eight a number: exact, compact and plain text.
[[nodiscard]] std::string packFloats(std::span<const float> values);
/// Errors: ParseError for anything that packFloats does not write.
[[nodiscard]] Result<std::vector<float>> unpackFloats(std::string_view text);
/// The same into a vector whose memory is used again.
[[nodiscard]] Result<void> unpackFloats(std::string_view text, std::vector<float>& values);

/// The words of a search: split at spaces and ASCII punctuation, as both full-text indexes split texts.
[[nodiscard]] std::vector<std::string> wordsOf(std::string_view text);

/// Errors: InvalidArgument when `text` is not UTF-8 or holds a NUL, which PostgreSQL cannot store; `what` names it.
[[nodiscard]] Result<void> checkText(std::string_view text, const std::string& what);

} // namespace modscope
