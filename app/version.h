#pragma once

#include <string_view>

namespace modscope {

/// "0.1.0"
[[nodiscard]] std::string_view version();
/// `git describe` of the sources, "+" at the end if they were changed; "release" outside a repository.
[[nodiscard]] std::string_view sourceRevision();

} // namespace modscope
