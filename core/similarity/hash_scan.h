#pragma once

#include "core/similarity/pdq_hash.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

// The scan over all hashes of an index; other rooms use HashIndex.

namespace modscope::hash_scan {

/// Hashes that are compared side by side.
inline constexpr std::size_t kBlock = 8;

/// Eight hashes, word by word: each row of eight words is one cache line.
struct alignas(64) HashBlock {
    std::array<std::array<std::uint64_t, kBlock>, 4> words{};
};

struct Hit {
    std::size_t slot = 0; ///< place in the index: kBlock * block + lane
    int distance = 0;

    bool operator==(const Hit&) const = default;
};

/// One instruction set's scan. All find the same hits, in the order of their slots.
struct Kernel {
    std::string_view name;

    /// Adds every slot of blocks [begin, end) within the radius; lanes that hold no hash count as well.
    void (*scan)(const HashBlock* blocks,
                 std::size_t begin,
                 std::size_t end,
                 const PdqHash& query,
                 int radius,
                 std::vector<Hit>& hits);
};

[[nodiscard]] const Kernel& scalarKernel();
#if defined(__x86_64__)
[[nodiscard]] const Kernel& avx2Kernel();
[[nodiscard]] const Kernel& avx512Kernel(); ///< needs F and VPOPCNTDQ: Ice Lake, Zen 4 and later
#endif

/// What this machine can run, the fastest last.
[[nodiscard]] std::span<const Kernel* const> usableKernels();

} // namespace modscope::hash_scan
