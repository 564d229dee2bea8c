#pragma once

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/review/store.h"
#include "core/similarity/relation.h"

#include <cstddef>
#include <span>
#include <stop_token>
#include <unordered_map>

// Private to this room.

namespace modscope {

/// Pictures of new items in all eight orientations and without their borders: the store keeps one hash of each picture,
/// so that a turned, mirrored or framed copy is only found from its file. Memory: about 600 bytes a picture.
class FreshPictures {
public:
    /// Reads the items' files on several threads. One that is gone, changed or unreadable since its import is left out:
    /// its stored hash is what is compared then. Errors: of the store; Cancelled.
    [[nodiscard]] Result<void> read(ReviewStore& store,
                                    std::span<const ItemId> items,
                                    const std::stop_token& stop,
                                    const ProgressFn& progress);

    /// Nothing when the item has no picture, or its file was left out.
    [[nodiscard]] const Fingerprint* find(ItemId item) const;
    /// Items whose file was left out.
    [[nodiscard]] std::size_t unread() const { return m_unread; }

private:
    std::unordered_map<ItemId, Fingerprint> m_prints; ///< without texts
    std::size_t m_unread = 0;
};

} // namespace modscope
