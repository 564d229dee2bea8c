#pragma once

#include <QObject>

#include <chrono>
#include <thread>
#include <vector>

namespace modscope::bench {

/// Asks an event loop for an answer every few milliseconds from a thread of its own, whether or not the former answers
/// have come: while the loop is blocked, every question that falls due counts with its whole wait.
class EventLoopProbe {
public:
    /// Lives on the thread whose event loop is measured; begins at once.
    EventLoopProbe();
    ~EventLoopProbe();

    /// Asks no more and waits for the asking thread. Questions still on their way are not counted.
    void stop();
    [[nodiscard]] std::size_t answers() const { return m_waitsMs.size(); }
    /// @param share  0 to 1; 0.99 for the 99th percentile
    /// @return milliseconds from the moment a question fell due to its answer
    [[nodiscard]] double percentileMs(double share) const;

private:
    using Clock = std::chrono::steady_clock;

    void answer(Clock::time_point due);

    QObject m_target; ///< receives the questions on its thread
    std::vector<double> m_waitsMs;
    std::jthread m_asking;
};

} // namespace modscope::bench
