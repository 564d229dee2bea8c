#pragma once

#include <cstdint>
#include <functional>

namespace modscope {

/// How far a long task is. `total` 0 means not known yet.
struct Progress {
    std::uint64_t done = 0;
    std::uint64_t total = 0;

    bool operator==(const Progress&) const = default;
};

/// Called from the working thread, as often as the work likes; receivers throttle. May be empty.
using ProgressFn = std::function<void(const Progress&)>;

} // namespace modscope
