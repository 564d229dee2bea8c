#pragma once

#include <stop_token>
#include <thread>

namespace modscope::cli {

/// Turns SIGINT and SIGTERM into a stop request. Make it first in main(): threads started later inherit the blocked
/// signals, so only this one's thread sees them and nothing runs inside a signal handler.
class StopSignals {
public:
    StopSignals();

    [[nodiscard]] std::stop_token token() const { return m_stop.get_token(); }

private:
    std::stop_source m_stop;
    std::jthread m_listener;
};

} // namespace modscope::cli
