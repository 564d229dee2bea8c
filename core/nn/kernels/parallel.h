#pragma once

#include <cstddef>
#include <omp.h>

namespace modscope::nn {

/// Runs body(index, thread) for each index below `count` on a team of `threads`. The body must not throw.
/// Dynamic, since texts differ in length. Only files compiled with -fopenmp may include this.
template <typename Body>
void parallelFor(int threads, std::ptrdiff_t count, const Body& body)
{
#pragma omp parallel for schedule(dynamic) num_threads(threads) if (threads > 1 && count > 1)
    for (std::ptrdiff_t index = 0; index < count; ++index) {
        body(index, omp_get_thread_num());
    }
}

} // namespace modscope::nn
