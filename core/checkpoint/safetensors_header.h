#pragma once

#include "core/base/error.h"
#include "core/checkpoint/safetensors.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

// Private to this room: the JSON at the start of a safetensors file, as written there; nothing is checked against data
// yet.

namespace modscope {

struct SafetensorsEntry {
    std::string name;
    std::string dtype;
    std::vector<std::uint64_t> shape;
    std::uint64_t begin = 0; ///< bytes from the start of the data
    std::uint64_t end = 0;
};

struct SafetensorsHeader {
    std::vector<SafetensorsEntry> entries;
    std::map<std::string, std::string, std::less<>> metadata;
};

/// Errors: ParseError (not JSON, a key twice at any level, a number that is not an unsigned integer below 2^63, a field
/// missing or of the wrong type, nesting deeper than three), LimitExceeded (tensors, rank, name length).
[[nodiscard]] Result<SafetensorsHeader> parseSafetensorsHeader(std::string_view json, const SafetensorsLimits& limits);

} // namespace modscope
