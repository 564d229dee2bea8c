#include "core/image/resample.h"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace modscope::resample {

namespace {

constexpr std::size_t kChannels = 3;

std::size_t rowBytes(int width)
{
    return static_cast<std::size_t>(width) * kChannels;
}

/// Gives rows of a picture with the slack that the kernels want: only rows near the end of the buffer are copied.
class SlackedRows {
public:
    explicit SlackedRows(const Image& image)
        : m_image(image), m_bytes(rowBytes(image.width)), m_copies((m_bytes + kRowSlack) * kRowBlock)
    {}

    /// @param place  of the row in its block: rows with different places live side by side
    const std::uint8_t* row(int y, std::size_t place)
    {
        const std::size_t begin = static_cast<std::size_t>(y) * m_bytes;
        if (begin + m_bytes + kRowSlack <= m_image.rgb.size()) {
            return m_image.rgb.data() + begin;
        }
        std::uint8_t* copy = m_copies.data() + place * (m_bytes + kRowSlack);
        std::memcpy(copy, m_image.rgb.data() + begin, m_bytes);
        return copy;
    }

private:
    const Image& m_image;
    std::size_t m_bytes;
    std::vector<std::uint8_t> m_copies;
};

Image emptyImage(Range columns, Range rows)
{
    Image image{columns.size(), rows.size(), {}};
    image.rgb.resize(rowBytes(image.width) * static_cast<std::size_t>(image.height));
    return image;
}

/// The horizontal pass over up to kRowBlock rows; missing ones are the last one again.
void resizeColumns(const Kernels& kernels,
                   const Axis& axis,
                   std::span<const std::uint8_t* const> rows,
                   std::uint8_t* out,
                   std::size_t outStride)
{
    assert(!rows.empty() && rows.size() <= kRowBlock);
    SourceRows sources{};
    TargetRows targets{};
    for (std::size_t i = 0; i < kRowBlock; ++i) {
        const std::size_t row = std::min(i, rows.size() - 1);
        sources[i] = rows[row];
        targets[i] = out + row * outStride;
    }
    kernels.horizontal(sources, axis, targets);
}

/// Each wanted row: the vertical pass over the columns that it needs, then the horizontal pass.
Image resampleVerticalFirst(const Image& source, const Plan& plan, const Kernels& kernels)
{
    Axis horizontal(plan.sourceWidth, plan.width, plan.filter, plan.columns);
    const Axis vertical(plan.sourceHeight, plan.height, plan.filter, plan.rows);
    const bool resizesColumns = plan.sourceWidth != plan.width;
    const Range needed = resizesColumns ? horizontal.inputs() : plan.columns;
    horizontal.moveOrigin(needed.begin);
    const std::size_t stride = rowBytes(source.width);
    const std::size_t bytes = rowBytes(needed.size());
    std::vector<std::uint8_t> block((bytes + kRowSlack) * kRowBlock);
    Image window = emptyImage(plan.columns, plan.rows);
    for (int y = 0; y < window.height; y += static_cast<int>(kRowBlock)) {
        SourceRows rows{};
        const std::size_t count = std::min(kRowBlock, static_cast<std::size_t>(window.height - y));
        std::uint8_t* out = window.rgb.data() + static_cast<std::size_t>(y) * rowBytes(window.width);
        for (std::size_t i = 0; i < count; ++i) {
            const OutputTaps taps = vertical.taps(y + static_cast<int>(i));
            const std::uint8_t* first = source.rgb.data() + static_cast<std::size_t>(taps.first) * stride;
            std::uint8_t* row = resizesColumns ? block.data() + i * (bytes + kRowSlack) : out + i * bytes;
            kernels.vertical(first + rowBytes(needed.begin), stride, taps, bytes, row);
            rows[i] = row;
        }
        if (resizesColumns) {
            resizeColumns(kernels, horizontal, std::span(rows).first(count), out, rowBytes(window.width));
        }
    }
    return window;
}

} // namespace

bool Plan::verticalFirst() const
{
    // 64 bits: the difference of the widths is doubled.
    const std::int64_t shrinks = std::int64_t{sourceHeight} - height;
    return order == PassOrder::Pillow13 && shrinks > 0 && shrinks > 2 * (std::int64_t{sourceWidth} - width);
}

RowResampler::RowResampler(const Plan& plan, const Kernels& kernels)
    : m_kernels(kernels), m_resizesColumns(plan.sourceWidth != plan.width),
      m_resizesRows(plan.sourceHeight != plan.height),
      m_horizontal(plan.sourceWidth, plan.width, plan.filter, plan.columns),
      m_vertical(plan.sourceHeight, plan.height, plan.filter, plan.rows),
      m_sourceColumns(m_resizesColumns ? m_horizontal.inputs() : plan.columns),
      m_sourceRows(m_resizesRows ? m_vertical.inputs() : plan.rows), m_stride(rowBytes(plan.columns.size())),
      m_rows(m_stride * static_cast<std::size_t>(m_sourceRows.size())), m_next(m_rows.data())
{
    m_horizontal.moveOrigin(m_sourceColumns.begin);
    m_vertical.moveOrigin(m_sourceRows.begin);
}

void RowResampler::addRows(std::span<const std::uint8_t* const> rows)
{
    assert(rows.size() * m_stride <= static_cast<std::size_t>(m_rows.data() + m_rows.size() - m_next));
    if (m_resizesColumns) {
        resizeColumns(m_kernels, m_horizontal, rows, m_next, m_stride);
    } else {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            std::memcpy(m_next + i * m_stride, rows[i], m_stride);
        }
    }
    m_next += rows.size() * m_stride;
}

Image RowResampler::finish() const
{
    assert(m_next == m_rows.data() + m_rows.size());
    const int width = static_cast<int>(m_stride / kChannels);
    if (!m_resizesRows) {
        return {width, m_sourceRows.size(), m_rows};
    }
    Image window = emptyImage({0, width}, {0, m_vertical.outputs()});
    for (int y = 0; y < window.height; ++y) {
        const OutputTaps taps = m_vertical.taps(y);
        const std::uint8_t* rows = m_rows.data() + static_cast<std::size_t>(taps.first) * m_stride;
        m_kernels.vertical(rows, m_stride, taps, m_stride, window.rgb.data() + static_cast<std::size_t>(y) * m_stride);
    }
    return window;
}

Image resampleWindow(const Image& source, const Plan& plan, const Kernels& kernels)
{
    assert(source.width == plan.sourceWidth && source.height == plan.sourceHeight);
    if (plan.verticalFirst()) {
        return resampleVerticalFirst(source, plan, kernels);
    }
    RowResampler resampler(plan, kernels);
    SlackedRows slacked(source);
    const Range needed = resampler.sourceRows();
    for (int y = needed.begin; y < needed.end; y += static_cast<int>(kRowBlock)) {
        SourceRows rows{};
        const std::size_t count = std::min(kRowBlock, static_cast<std::size_t>(needed.end - y));
        for (std::size_t i = 0; i < count; ++i) {
            rows[i] = slacked.row(y + static_cast<int>(i), i) + rowBytes(resampler.sourceColumns().begin);
        }
        resampler.addRows(std::span(rows).first(count));
    }
    return resampler.finish();
}

} // namespace modscope::resample
