#pragma once

#include "core/base/error.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <string_view>

// Private to this room: enumerations and numbers as the words that records, filters and exports use.

namespace modscope {

/// The value whose name is `word`. Errors: ParseError that lists what is known: "'newish' is not a state of an item
/// (new, …)".
template <typename Value, std::size_t N>
[[nodiscard]] Result<Value> valueNamed(const std::array<std::string_view, N>& names,
                                       std::string_view word,
                                       std::string_view what)
{
    const auto found = std::find(names.begin(), names.end(), word);
    if (found != names.end()) {
        return static_cast<Value>(found - names.begin());
    }
    std::string known;
    for (const std::string_view name : names) {
        known += (known.empty() ? "" : ", ") + std::string(name);
    }
    return fail(ErrorCode::ParseError, "'" + std::string(word) + "' is not " + std::string(what) + " (" + known + ")");
}

/// The shortest decimal text that gives exactly this number back.
[[nodiscard]] inline std::string decimal(double value)
{
    std::array<char, 32> text{};
    return {text.data(), std::to_chars(text.data(), text.data() + text.size(), value).ptr};
}

} // namespace modscope
