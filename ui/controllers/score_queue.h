#pragma once

#include "core/data/sample.h"
#include "ui/models/classify_item.h"

#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <unordered_map>
#include <vector>

namespace modscope::ui {

/// One item that waits to be scored.
struct ScoreWork {
    ItemId id = 0;
    Sample sample;
    std::vector<bool> wanted; ///< which models have not answered yet; parallel to the open models
    bool mayBeDuplicate = true;
};

/// What waits to be scored, and which bytes were seen before. The GUI thread fills it while a worker takes from it.
class ScoreQueue {
public:
    void add(ScoreWork work);
    /// In front of all others: what a person asked for just now.
    void addFirst(ScoreWork work);
    /// The next item; nothing when none waits or after a stop: what is added after a stop is left for the next run.
    [[nodiscard]] std::optional<ScoreWork> take(const std::stop_token& stop);
    /// Empties the queue. @return what waited
    std::vector<ItemId> clear();
    /// Takes items out wherever they stand; nothing happens to those that do not wait.
    void drop(std::span<const ItemId> ids);
    [[nodiscard]] bool isEmpty() const;

    /// The item that had this content first: the caller itself, if nobody had.
    [[nodiscard]] ItemId firstWith(const std::string& contentHash, ItemId id);
    /// Forgets an item as the first of its content: it was removed, or its text was edited.
    void forget(ItemId id);

private:
    mutable std::mutex m_mutex;
    std::deque<ScoreWork> m_waiting;
    std::unordered_map<std::string, ItemId> m_firstByHash;
    std::unordered_map<ItemId, std::string> m_hashOf;
};

/// SHA-256 of picture and text together; nothing when there is no picture or it cannot be read (scoring then says why).
/// @param maxBytes  larger pictures are not read: they will be refused anyway
[[nodiscard]] std::optional<std::string> contentHash(const Sample& sample, std::uint64_t maxBytes);

} // namespace modscope::ui
