#pragma once

#include "core/base/error.h"
#include "core/similarity/hash_scan.h"
#include "core/similarity/pdq.h"

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace modscope {

/// What a caller knows a picture by.
using MemeId = std::uint64_t;

struct HashMatch {
    MemeId id = 0;
    int distance = 0;                          ///< bits
    Dihedral orientation = Dihedral::Original; ///< how the asked picture has to be turned

    bool operator==(const HashMatch&) const = default;
};

/// All hashes of a collection, compared one by one: at a million that takes less time than walking any tree, and it is
/// exact for every radius. Hashes of low quality match much that has nothing in common; leave them out
/// (kUsablePdqQuality).
/// Threads: const functions may run on several threads at once; a query of a large index runs on two threads itself.
class HashIndex {
public:
    explicit HashIndex(PdqFamily family = PdqFamily::Full,
                       const hash_scan::Kernel& kernel = *hash_scan::usableKernels().back())
        : m_family(family), m_kernel(&kernel)
    {}

    /// Errors: InvalidArgument for an id that is there already, Mismatch for a hash of the other family.
    [[nodiscard]] Result<void> add(MemeId id, const Pdq& pdq);
    /// @return whether the id was there
    bool remove(MemeId id);

    [[nodiscard]] bool contains(MemeId id) const { return m_slots.contains(id); }
    [[nodiscard]] std::size_t size() const { return m_ids.size(); }
    [[nodiscard]] PdqFamily family() const { return m_family; }

    /// Everything within `radius` bits, nearest first, ties by id. Errors: Mismatch for a hash of the other family.
    [[nodiscard]] Result<std::vector<HashMatch>> within(const Pdq& query, int radius) const;
    /// As above for the picture in any orientation: one match for each id, its nearest; ties go to the first
    /// orientation.
    [[nodiscard]] Result<std::vector<HashMatch>> within(const PdqViews& query, int radius) const;

private:
    [[nodiscard]] Result<void> checkFamily(PdqFamily family) const;
    [[nodiscard]] std::vector<hash_scan::Hit> scan(const PdqHash& query, int radius) const;
    [[nodiscard]] std::vector<HashMatch> matches(const PdqHash& query, int radius, Dihedral orientation) const;
    void store(std::size_t slot, const PdqHash& hash);
    [[nodiscard]] PdqHash load(std::size_t slot) const;

    PdqFamily m_family;
    const hash_scan::Kernel* m_kernel;
    std::vector<hash_scan::HashBlock> m_blocks;
    std::vector<MemeId> m_ids; ///< by slot
    std::unordered_map<MemeId, std::size_t> m_slots;
};

} // namespace modscope
