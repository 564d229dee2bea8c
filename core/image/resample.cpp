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
    explicit SlackedRows(const Image& image) : m_image(image), m_copy(rowBytes(image.width) + kRowSlack) {}

    const std::uint8_t* row(int y)
    {
        const std::size_t bytes = rowBytes(m_image.width);
        const std::size_t begin = static_cast<std::size_t>(y) * bytes;
        if (begin + bytes + kRowSlack <= m_image.rgb.size()) {
            return m_image.rgb.data() + begin;
        }
        std::memcpy(m_copy.data(), m_image.rgb.data() + begin, bytes);
        return m_copy.data();
    }

private:
    const Image& m_image;
    std::vector<std::uint8_t> m_copy;
};

Image emptyImage(Range columns, Range rows)
{
    Image image{columns.size(), rows.size(), {}};
    image.rgb.resize(rowBytes(image.width) * static_cast<std::size_t>(image.height));
    return image;
}

/// Each wanted row: the vertical pass over the columns that it needs, then the horizontal pass.
Image resampleVerticalFirst(const Image& source, const Plan& plan, const Kernels& kernels)
{
    Axis horizontal(plan.sourceWidth, plan.width, plan.filter, plan.columns);
    const Axis vertical(plan.sourceHeight, plan.height, plan.filter, plan.rows);
    const Range needed = plan.sourceWidth == plan.width ? plan.columns : horizontal.inputs();
    horizontal.moveOrigin(needed.begin);
    std::vector<std::uint8_t> row(rowBytes(needed.size()) + kRowSlack);
    Image window = emptyImage(plan.columns, plan.rows);
    for (int y = 0; y < window.height; ++y) {
        const OutputTaps taps = vertical.taps(y);
        const std::size_t stride = rowBytes(source.width);
        const std::uint8_t* rows =
            source.rgb.data() + static_cast<std::size_t>(taps.first) * stride + rowBytes(needed.begin);
        std::uint8_t* out = window.rgb.data() + static_cast<std::size_t>(y) * rowBytes(window.width);
        kernels.vertical(rows, stride, taps, rowBytes(needed.size()), row.data());
        if (plan.sourceWidth == plan.width) {
            std::memcpy(out, row.data(), rowBytes(window.width));
        } else {
            kernels.horizontal(row.data(), horizontal, out);
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

void RowResampler::addRow(const std::uint8_t* row)
{
    assert(m_next != m_rows.data() + m_rows.size());
    if (m_resizesColumns) {
        m_kernels.horizontal(row, m_horizontal, m_next);
    } else {
        std::memcpy(m_next, row, m_stride);
    }
    m_next += m_stride;
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
    SlackedRows rows(source);
    const Range needed = resampler.sourceRows();
    for (int y = needed.begin; y < needed.end; ++y) {
        resampler.addRow(rows.row(y) + rowBytes(resampler.sourceColumns().begin));
    }
    return resampler.finish();
}

} // namespace modscope::resample
