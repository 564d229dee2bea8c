#include "core/similarity/pdq_filter.h"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <vector>

// Compiled twice, chosen when the program starts. Both round alike: there are no fused multiply-adds.
#if defined(__x86_64__)
#define MODSCOPE_WITH_AVX2 __attribute__((target_clones("avx2", "default")))
#else
#define MODSCOPE_WITH_AVX2
#endif

namespace modscope::pdq_filter {

namespace {

/// Rows whose running sums are kept side by side: one sum alone waits for its own last addition.
constexpr int kRowBlock = 8;

/// One box filter along a dimension, in the reference's terms: value o adds the input `ahead` places on, then takes
/// away the one `behind` places back.
class Box {
public:
    explicit Box(int length)
        : m_length(length), m_window((length + 2 * kSide - 1) / (2 * kSide)), m_ahead((m_window + 2) / 2 - 1),
          m_behind(m_window - m_ahead)
    {}

    [[nodiscard]] int length() const { return m_length; }
    [[nodiscard]] int window() const { return m_window; }
    [[nodiscard]] int ahead() const { return m_ahead; }
    [[nodiscard]] int behind() const { return m_behind; }
    /// Inputs under the window at an output; fewer at the edges.
    [[nodiscard]] float count(int output) const
    {
        const int last = std::min(output + m_ahead, m_length - 1);
        return static_cast<float>(last - std::max(output - m_behind, -1));
    }

private:
    int m_length;
    int m_window;
    int m_ahead;
    int m_behind;
};

/// kRowBlock rows that lie one after the other.
struct RowBlock {
    explicit RowBlock(int width) : columns(width), values(static_cast<std::size_t>(width) * kRowBlock) {}

    [[nodiscard]] float* row(int index) { return values.data() + std::ptrdiff_t{columns} * index; }
    [[nodiscard]] const float* row(int index) const { return values.data() + std::ptrdiff_t{columns} * index; }

    int columns;
    std::vector<float> values;
};

/// The sums under the windows of every row, not yet divided. Rows that are not in use are summed as well.
void sumRows(const RowBlock& in, const Box& box, RowBlock& out)
{
    const std::ptrdiff_t stride = in.columns;
    float sums[kRowBlock] = {};
    const auto add = [&](const float* from) {
        for (int row = 0; row < kRowBlock; ++row) {
            sums[row] += from[row * stride];
        }
    };
    const auto subtract = [&](const float* from) {
        for (int row = 0; row < kRowBlock; ++row) {
            sums[row] -= from[row * stride];
        }
    };
    const auto write = [&](int column) {
        for (int row = 0; row < kRowBlock; ++row) {
            out.values[static_cast<std::size_t>(row * stride + column)] = sums[row];
        }
    };
    const float* first = in.values.data();
    int column = 0;
    for (int ahead = 0; ahead < box.ahead(); ++ahead) {
        add(first + ahead);
    }
    for (; column < box.behind(); ++column) {
        add(first + column + box.ahead());
        write(column);
    }
    for (; column + box.ahead() < box.length(); ++column) {
        add(first + column + box.ahead());
        subtract(first + column - box.behind());
        write(column);
    }
    for (; column < box.length(); ++column) {
        subtract(first + column - box.behind());
        write(column);
    }
}

MODSCOPE_WITH_AVX2 void addRow(const float* row, std::size_t columns, float* sums)
{
    for (std::size_t column = 0; column < columns; ++column) {
        sums[column] += row[column];
    }
}

MODSCOPE_WITH_AVX2 void subtractRow(const float* row, std::size_t columns, float* sums)
{
    for (std::size_t column = 0; column < columns; ++column) {
        sums[column] -= row[column];
    }
}

/// A division, not a multiplication by the inverse, which would round otherwise.
MODSCOPE_WITH_AVX2 void divide(const float* sums, std::size_t columns, float count, float* out)
{
    for (std::size_t column = 0; column < columns; ++column) {
        out[column] = sums[column] / count;
    }
}

/// Sums along a row to means.
void divideRow(const Box& box, float* row)
{
    const int fullEnd = std::max(box.behind(), box.length() - box.ahead());
    for (int column = 0; column < box.behind(); ++column) {
        row[column] /= box.count(column);
    }
    float* full = row + box.behind();
    divide(full, static_cast<std::size_t>(fullEnd - box.behind()), static_cast<float>(box.window()), full);
    for (int column = fullEnd; column < box.length(); ++column) {
        row[column] /= box.count(column);
    }
}

/// A box filter down the columns, fed row by row. It keeps as many rows as its window is high.
class ColumnBox {
public:
    ColumnBox(int rows, int columns)
        : m_box(rows), m_columns(static_cast<std::size_t>(columns)),
          m_kept(static_cast<std::size_t>(m_box.window() + 1) * m_columns), m_sums(m_columns)
    {}

    /// Takes the next row. @return whether out holds an output row now: the first inputs only fill the window
    [[nodiscard]] bool add(const float* row, float* out)
    {
        std::copy_n(row, m_columns, kept(m_added));
        addRow(row, m_columns, m_sums.data());
        ++m_added;
        return m_added > m_box.ahead() ? write(out) : false;
    }

    /// After the last row. @return whether out holds one of the outputs whose window reaches over the edge
    [[nodiscard]] bool drain(float* out) { return m_written < m_box.length() ? write(out) : false; }

private:
    [[nodiscard]] float* kept(int row)
    {
        return m_kept.data() + static_cast<std::size_t>(row % (m_box.window() + 1)) * m_columns;
    }

    bool write(float* out)
    {
        if (m_written >= m_box.behind()) {
            subtractRow(kept(m_written - m_box.behind()), m_columns, m_sums.data());
        }
        divide(m_sums.data(), m_columns, m_box.count(m_written), out);
        ++m_written;
        return true;
    }

    Box m_box;
    std::size_t m_columns;
    std::vector<float> m_kept;
    std::vector<float> m_sums;
    int m_added = 0;
    int m_written = 0;
};

/// The input place of each of the 64 samples: its cell's centre.
std::array<int, kSide> sampledPlaces(int length)
{
    std::array<int, kSide> places{};
    for (int sample = 0; sample < kSide; ++sample) {
        places[static_cast<std::size_t>(sample)] = static_cast<int>((sample + 0.5) * length / kSide);
    }
    return places;
}

/// The second pair of filters. Only 64 columns of it are ever read, so the last filter runs on these alone.
class SecondPass {
public:
    SecondPass(int rows, int columns, Samples& out)
        : m_samples(out), m_box(columns), m_places(sampledPlaces(columns)), m_sampledRows(sampledPlaces(rows)),
          m_in(columns), m_sums(columns), m_columnBox(rows, kSide)
    {}

    /// Where the next row goes; finishRow() after it is written.
    [[nodiscard]] float* nextRow() { return m_in.row(m_filled); }
    void finishRow()
    {
        if (++m_filled == kRowBlock) {
            filterBlock();
        }
    }
    void finish()
    {
        filterBlock();
        std::array<float, kSide> out{};
        while (m_columnBox.drain(out.data())) {
            keep(out);
        }
    }

private:
    void filterBlock()
    {
        sumRows(m_in, m_box, m_sums);
        std::array<float, kSide> row{};
        std::array<float, kSide> out{};
        for (int index = 0; index < m_filled; ++index) {
            for (std::size_t sample = 0; sample < kSide; ++sample) {
                const int column = m_places[sample];
                row[sample] = m_sums.row(index)[column] / m_box.count(column);
            }
            if (m_columnBox.add(row.data(), out.data())) {
                keep(out);
            }
        }
        m_filled = 0;
    }

    void keep(const std::array<float, kSide>& row)
    {
        // A picture lower than 64 rows gives some of them several times.
        for (; m_sampled < kSide && m_sampledRows[m_sampled] == m_row; ++m_sampled) {
            std::copy(row.begin(), row.end(), m_samples.begin() + static_cast<std::ptrdiff_t>(m_sampled * kSide));
        }
        ++m_row;
    }

    Samples& m_samples;
    Box m_box;
    std::array<int, kSide> m_places;
    std::array<int, kSide> m_sampledRows;
    RowBlock m_in;
    RowBlock m_sums;
    ColumnBox m_columnBox;
    int m_filled = 0;
    int m_row = 0;
    std::size_t m_sampled = 0;
};

/// The filters are one pixel wide here and would only add rounding.
Samples unfiltered(const LumaRow& luma)
{
    Samples result{};
    for (int row = 0; row < kSide; ++row) {
        luma(row, result.data() + std::ptrdiff_t{row} * kSide);
    }
    return result;
}

Samples filtered(int rows, int columns, const LumaRow& luma)
{
    Samples result{};
    const Box box(columns);
    RowBlock in(columns);
    RowBlock means(columns);
    ColumnBox columnBox(rows, columns);
    SecondPass second(rows, columns, result);
    for (int row = 0; row < rows; row += kRowBlock) {
        const int count = std::min(kRowBlock, rows - row);
        for (int index = 0; index < count; ++index) {
            luma(row + index, in.row(index));
        }
        sumRows(in, box, means);
        for (int index = 0; index < count; ++index) {
            divideRow(box, means.row(index));
            if (columnBox.add(means.row(index), second.nextRow())) {
                second.finishRow();
            }
        }
    }
    while (columnBox.drain(second.nextRow())) {
        second.finishRow();
    }
    second.finish();
    return result;
}

} // namespace

Samples samples(int rows, int columns, const LumaRow& luma)
{
    assert(rows >= 5 && columns >= 5);
    return rows == kSide && columns == kSide ? unfiltered(luma) : filtered(rows, columns, luma);
}

MODSCOPE_WITH_AVX2 void lumaOfRgb(const std::uint8_t* rgb, int count, float* out)
{
    for (int pixel = 0; pixel < count; ++pixel) {
        const std::uint8_t* from = rgb + std::ptrdiff_t{3} * pixel;
        out[pixel] = 0.299F * static_cast<float>(from[0]) + 0.587F * static_cast<float>(from[1]) +
                     0.114F * static_cast<float>(from[2]);
    }
}

} // namespace modscope::pdq_filter
