#pragma once

#include "core/base/error.h"

#include <string>
#include <string_view>

// Private to this room.

namespace modscope {

/// Where a store is kept.
struct Location {
    enum class Kind { Sqlite, Postgresql };
    Kind kind = Kind::Sqlite;
    std::string target; ///< the file's path, or the server's URL as libpq reads it
    std::string shown;  ///< for people: the URL without its password

    bool operator==(const Location&) const = default;
};

/// Errors: InvalidArgument for an empty location, another scheme than sqlite and postgresql, or a path with a NUL.
[[nodiscard]] Result<Location> parseLocation(std::string_view text);

} // namespace modscope
