#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace modscope::cli {

/// Keys in the order in which they were added.
using Json = nlohmann::ordered_json;

/// Indented text with a line feed. File names that are not UTF-8 get U+FFFD where they are not.
[[nodiscard]] std::string jsonText(const Json& json);

} // namespace modscope::cli
