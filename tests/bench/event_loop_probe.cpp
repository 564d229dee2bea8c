#include "tests/bench/event_loop_probe.h"

#include <algorithm>
#include <cmath>

namespace modscope::bench {

namespace {

constexpr std::chrono::milliseconds kEvery{5};

} // namespace

EventLoopProbe::EventLoopProbe()
    : m_asking([this](const std::stop_token& stop) {
          for (auto due = Clock::now(); !stop.stop_requested(); due += kEvery) {
              std::this_thread::sleep_until(due);
              QMetaObject::invokeMethod(
                  &m_target, [this, due] { answer(due); }, Qt::QueuedConnection);
          }
      })
{}

EventLoopProbe::~EventLoopProbe()
{
    stop();
}

void EventLoopProbe::stop()
{
    m_asking = {}; // asks to stop and joins
}

void EventLoopProbe::answer(Clock::time_point due)
{
    m_waitsMs.push_back(std::chrono::duration<double, std::milli>(Clock::now() - due).count());
}

double EventLoopProbe::percentileMs(double share) const
{
    if (m_waitsMs.empty()) {
        return 0;
    }
    auto sorted = m_waitsMs;
    std::sort(sorted.begin(), sorted.end());
    const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
    return sorted[std::clamp<std::size_t>(rank, 1, sorted.size()) - 1];
}

} // namespace modscope::bench
