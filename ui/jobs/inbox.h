#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <iterator>
#include <mutex>
#include <utility>
#include <vector>

namespace modscope::ui {

/// Values on their way from a worker to the thread that owns the receiver, which takes them at its own pace.
template <typename T>
class Inbox {
public:
    void push(T value)
    {
        const std::scoped_lock lock(m_mutex);
        m_values.push_back(std::move(value));
    }

    /// Takes up to `most` values, the oldest first.
    [[nodiscard]] std::vector<T> take(std::size_t most)
    {
        const std::scoped_lock lock(m_mutex);
        const auto end = m_values.begin() + static_cast<std::ptrdiff_t>(std::min(most, m_values.size()));
        std::vector<T> taken(std::make_move_iterator(m_values.begin()), std::make_move_iterator(end));
        m_values.erase(m_values.begin(), end);
        return taken;
    }

    [[nodiscard]] bool isEmpty() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_values.empty();
    }

private:
    mutable std::mutex m_mutex;
    std::deque<T> m_values;
};

} // namespace modscope::ui
