#pragma once

#include "core/text/tokenizer.h"

#include <cstdint>
#include <vector>

namespace modscope {

/// Ids around every text: start tokens before it, end tokens behind it.
struct Framing {
    std::vector<std::int32_t> before;
    std::vector<std::int32_t> after;

    bool operator==(const Framing&) const = default;
};

/// @param ids      of the whole text, or at least one more than fit
/// @param textCut  the text itself was cut before it was tokenised
/// @return start tokens, as many ids as fit, end tokens
[[nodiscard]] TokenIds framed(const std::vector<std::int32_t>& ids,
                              const Framing& framing,
                              std::size_t maxLength,
                              bool textCut);

/// Errors: InvalidArgument if maxLength leaves no room for a token between start and end.
[[nodiscard]] Result<void> checkMaxLength(std::size_t maxLength, const Framing& framing);

} // namespace modscope
