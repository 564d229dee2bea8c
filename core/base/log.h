#pragma once

#include <string_view>

namespace modscope::log {

enum class Level { Trace, Debug, Info, Warn, Error, Off };

/// Everything at or above this level is written to standard error. Default: Warn. Threads: any.
void setLevel(Level level);

/// Never a file name, text or score of a reviewed item: logs outlive the review.
void debug(std::string_view message);
void info(std::string_view message);
void warn(std::string_view message);
void error(std::string_view message);

} // namespace modscope::log
