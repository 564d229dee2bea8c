#pragma once

#include "core/image/image.h"
#include "core/image/resample_axis.h"
#include "core/image/resample_kernels.h"
#include "core/image/resize.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace modscope::resample {

/// A resize of which only a window is wanted; the window's bytes are those of the whole resize.
struct Plan {
    int sourceWidth = 0;
    int sourceHeight = 0;
    int width = 0; ///< of the whole resized picture
    int height = 0;
    ResizeFilter filter = ResizeFilter::Bicubic;
    PassOrder order = PassOrder::Pillow13;
    Range columns{}; ///< the window, in the resized picture
    Range rows{};

    [[nodiscard]] bool verticalFirst() const;
};

/// The horizontal pass first, fed row by row, so that the source never has to lie in memory as a whole.
/// Right for plans that are not verticalFirst().
class RowResampler {
public:
    explicit RowResampler(const Plan& plan, const Kernels& kernels = *usableKernels().back());

    [[nodiscard]] Range sourceColumns() const { return m_sourceColumns; }
    [[nodiscard]] Range sourceRows() const { return m_sourceRows; }

    /// Takes the rows of sourceRows() in order.
    /// @param rows  1 to kRowBlock rows of RGB8; each starts with the column sourceColumns().begin and is readable
    ///              kRowSlack bytes behind the last one
    void addRows(std::span<const std::uint8_t* const> rows);

    /// @return the window, once every row is in
    [[nodiscard]] Image finish() const;

private:
    const Kernels& m_kernels;
    bool m_resizesColumns;
    bool m_resizesRows;
    Axis m_horizontal;
    Axis m_vertical;
    Range m_sourceColumns;
    Range m_sourceRows;
    std::size_t m_stride;
    std::vector<std::uint8_t> m_rows; ///< after the horizontal pass
    std::uint8_t* m_next;
};

/// Either order, from a picture in memory whose size is the plan's.
[[nodiscard]] Image resampleWindow(const Image& source,
                                   const Plan& plan,
                                   const Kernels& kernels = *usableKernels().back());

} // namespace modscope::resample
