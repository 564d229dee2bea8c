#include "ui/controllers/score_queue.h"

#include "core/base/file.h"
#include "core/base/sha256.h"

#include <unordered_set>
#include <utility>

namespace modscope::ui {

void ScoreQueue::add(ScoreWork work)
{
    const std::scoped_lock lock(m_mutex);
    m_waiting.push_back(std::move(work));
}

void ScoreQueue::addFirst(ScoreWork work)
{
    const std::scoped_lock lock(m_mutex);
    m_waiting.push_front(std::move(work));
}

std::optional<ScoreWork> ScoreQueue::take(const std::stop_token& stop)
{
    const std::scoped_lock lock(m_mutex);
    if (stop.stop_requested() || m_waiting.empty()) {
        return std::nullopt;
    }
    std::optional<ScoreWork> work(std::move(m_waiting.front()));
    m_waiting.pop_front();
    return work;
}

std::vector<ItemId> ScoreQueue::clear()
{
    const std::scoped_lock lock(m_mutex);
    std::vector<ItemId> ids;
    for (const auto& work : m_waiting) {
        ids.push_back(work.id);
    }
    m_waiting.clear();
    return ids;
}

void ScoreQueue::drop(std::span<const ItemId> ids)
{
    const std::unordered_set<ItemId> gone(ids.begin(), ids.end());
    const std::scoped_lock lock(m_mutex);
    std::erase_if(m_waiting, [&gone](const ScoreWork& work) { return gone.contains(work.id); });
}

bool ScoreQueue::isEmpty() const
{
    const std::scoped_lock lock(m_mutex);
    return m_waiting.empty();
}

ItemId ScoreQueue::firstWith(const std::string& contentHash, ItemId id)
{
    const std::scoped_lock lock(m_mutex);
    const auto [entry, isNew] = m_firstByHash.try_emplace(contentHash, id);
    if (isNew) {
        m_hashOf.emplace(id, contentHash);
    }
    return entry->second;
}

void ScoreQueue::forget(ItemId id)
{
    const std::scoped_lock lock(m_mutex);
    if (const auto known = m_hashOf.find(id); known != m_hashOf.end()) {
        m_firstByHash.erase(known->second);
        m_hashOf.erase(known);
    }
}

std::optional<std::string> contentHash(const Sample& sample, std::uint64_t maxBytes)
{
    if (!sample.hasImage()) {
        return std::nullopt;
    }
    Sha256 hash;
    if (sample.imageBytes) {
        hash.update(*sample.imageBytes);
    } else {
        const auto bytes = readFile(sample.imagePath, maxBytes);
        if (!bytes) {
            return std::nullopt;
        }
        hash.update(*bytes);
    }
    const auto picture = hash.finish();
    hash.update(picture);
    hash.update(std::as_bytes(std::span(sample.text)));
    return toHex(hash.finish());
}

} // namespace modscope::ui
