#include "app/cli/standard_input.h"

#include <poll.h>
#include <unistd.h>

namespace modscope::cli {

std::streambuf::int_type StandardInput::underflow()
{
    constexpr int kPollMs = 50;
    while (!m_stop.stop_requested()) {
        pollfd input{STDIN_FILENO, POLLIN, 0};
        if (::poll(&input, 1, kPollMs) <= 0) {
            continue; // nothing yet, or interrupted
        }
        const ssize_t count = ::read(STDIN_FILENO, m_buffer.data(), m_buffer.size());
        if (count <= 0) {
            return traits_type::eof();
        }
        setg(m_buffer.data(), m_buffer.data(), m_buffer.data() + count);
        return traits_type::to_int_type(m_buffer.front());
    }
    return traits_type::eof();
}

} // namespace modscope::cli
