#include "core/text/framing.h"

#include <algorithm>
#include <string>

namespace modscope {

TokenIds framed(const std::vector<std::int32_t>& ids, const Framing& framing, std::size_t maxLength, bool textCut)
{
    const std::size_t room = maxLength - framing.before.size() - framing.after.size();
    const std::size_t kept = std::min(ids.size(), room);
    TokenIds result{.ids = framing.before, .truncated = textCut || kept < ids.size()};
    result.ids.insert(result.ids.end(), ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(kept));
    result.ids.insert(result.ids.end(), framing.after.begin(), framing.after.end());
    return result;
}

Result<void> checkMaxLength(std::size_t maxLength, const Framing& framing)
{
    const std::size_t least = framing.before.size() + framing.after.size() + 1;
    if (maxLength < least) {
        return fail(ErrorCode::InvalidArgument, "a text length of " + std::to_string(maxLength) +
                                                    " tokens is too short, at least " + std::to_string(least) +
                                                    " are needed");
    }
    return {};
}

} // namespace modscope
