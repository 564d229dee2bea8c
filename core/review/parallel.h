#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <stop_token>
#include <thread>
#include <vector>

// Private to this room.

namespace modscope {

/// Calls work(0) … work(count - 1) on several threads, each place once, and returns when all are done or, asked to
/// stop, when those begun are. @param threads  0: as many as there are cores
template <typename Work>
void inParallel(std::size_t count, unsigned threads, const std::stop_token& stop, const Work& work)
{
    std::atomic<std::size_t> next = 0;
    const auto run = [&] {
        for (std::size_t at = next++; at < count && !stop.stop_requested(); at = next++) {
            work(at);
        }
    };
    const std::size_t wanted = std::max(1U, threads == 0 ? std::thread::hardware_concurrency() : threads);
    std::vector<std::jthread> others;
    for (std::size_t thread = 1; thread < std::min(wanted, count); ++thread) {
        others.emplace_back(run);
    }
    run();
}

} // namespace modscope
