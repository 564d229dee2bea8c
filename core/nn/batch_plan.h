#pragma once

#include <algorithm>
#include <cstddef>

namespace modscope {

/// How a stream of items is cut into batches. Small ones first, so that the first results come early; equal shares at
/// the end, so that no core is left alone with a full batch. The cuts depend only on the number of items, never on
/// timing: the same input always gives the same batches, and so the same bits.
class BatchPlan {
public:
    /// @param lanes     batches that run at the same time
    /// @param maxBatch  items in a full batch
    BatchPlan(std::size_t lanes, std::size_t maxBatch) : m_lanes(lanes), m_maxBatch(maxBatch) {}

    /// Items that must be at hand before the next cut, unless the input has ended.
    [[nodiscard]] std::size_t lookahead() const { return m_lanes * target(); }

    /// Size of the next batch. @param waiting  items at hand; at least lookahead() unless these are the last ones.
    [[nodiscard]] std::size_t next(std::size_t waiting)
    {
        const std::size_t share = (waiting + m_lanes - 1) / m_lanes;
        const std::size_t size = std::min(target(), share);
        ++m_batches;
        return size;
    }

private:
    [[nodiscard]] std::size_t target() const
    {
        const std::size_t doublings = std::min<std::size_t>(m_batches / m_lanes, 16);
        return std::min(m_maxBatch, std::size_t{1} << doublings);
    }

    std::size_t m_lanes;
    std::size_t m_maxBatch;
    std::size_t m_batches = 0;
};

} // namespace modscope
