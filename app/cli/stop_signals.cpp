#include "app/cli/stop_signals.h"

#include <csignal>
#include <ctime>

namespace modscope::cli {

namespace {

constexpr timespec kPoll{0, 50'000'000}; // how long the program's own end may wait for the listener

} // namespace

StopSignals::StopSignals()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    m_listener = std::jthread([signals, stop = m_stop](const std::stop_token& end) mutable {
        while (!end.stop_requested()) {
            if (sigtimedwait(&signals, nullptr, &kPoll) > 0) {
                stop.request_stop();
            }
        }
    });
}

} // namespace modscope::cli
