#pragma once

#include "core/base/error.h"
#include "core/review/item.h"

#include <string>
#include <string_view>

namespace modscope {

/// "2026-11-25T13:05:09.120Z"
[[nodiscard]] std::string isoTime(TimeMs time);
/// Reads what isoTime() writes. Errors: ParseError.
[[nodiscard]] Result<TimeMs> timeFromIso(std::string_view text);

} // namespace modscope
