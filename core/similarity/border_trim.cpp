#include "core/similarity/border_trim.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace modscope {

namespace {

/// A row or a column of what is left of the picture.
struct Line {
    const std::uint8_t* first = nullptr; ///< its first pixel
    std::ptrdiff_t step = 0;             ///< bytes from pixel to pixel
    int count = 0;                       ///< pixels
};

using Colour = std::array<int, 3>;

/// Channel by channel: a few pixels of another colour do not move it.
Colour medianColour(const Line& line)
{
    Colour colour{};
    for (std::size_t channel = 0; channel < colour.size(); ++channel) {
        std::array<int, 256> histogram{};
        for (int pixel = 0; pixel < line.count; ++pixel) {
            ++histogram[line.first[line.step * pixel + static_cast<std::ptrdiff_t>(channel)]];
        }
        int below = 0;
        int value = 0;
        for (; below + histogram[static_cast<std::size_t>(value)] <= line.count / 2; ++value) {
            below += histogram[static_cast<std::size_t>(value)];
        }
        colour[channel] = value;
    }
    return colour;
}

bool isOfColour(const Line& line, const Colour& colour, const BorderTrimOptions& options)
{
    int outliers = 0;
    const auto allowed = static_cast<int>(options.outlierShare * line.count);
    for (int pixel = 0; pixel < line.count; ++pixel) {
        const std::uint8_t* at = line.first + line.step * pixel;
        const bool near = std::abs(at[0] - colour[0]) <= options.tolerance &&
                          std::abs(at[1] - colour[1]) <= options.tolerance &&
                          std::abs(at[2] - colour[2]) <= options.tolerance;
        outliers += near ? 0 : 1;
        if (outliers > allowed) {
            return false;
        }
    }
    return true;
}

/// What is left while sides are taken away.
class Trimmer {
public:
    Trimmer(const Image& image, const BorderTrimOptions& options) : m_image(image), m_options(options) {}

    /// Rounds of the four sides until nothing goes any more: a bar on top may hide one at the left.
    Border run()
    {
        bool trimmed = true;
        while (trimmed) {
            trimmed = trim(m_border.top, &Trimmer::topRow);
            trimmed = trim(m_border.bottom, &Trimmer::bottomRow) || trimmed;
            trimmed = trim(m_border.left, &Trimmer::leftColumn) || trimmed;
            trimmed = trim(m_border.right, &Trimmer::rightColumn) || trimmed;
        }
        const bool tooSmall =
            width() < m_options.smallestShare * m_image.width || height() < m_options.smallestShare * m_image.height;
        return tooSmall ? Border{} : m_border;
    }

private:
    [[nodiscard]] int width() const { return m_image.width - m_border.left - m_border.right; }
    [[nodiscard]] int height() const { return m_image.height - m_border.top - m_border.bottom; }
    [[nodiscard]] const std::uint8_t* pixel(int x, int y) const
    {
        return m_image.rgb.data() + 3 * (std::ptrdiff_t{y} * m_image.width + x);
    }
    [[nodiscard]] Line row(int y) const { return {pixel(m_border.left, y), 3, width()}; }
    [[nodiscard]] Line column(int x) const
    {
        return {pixel(x, m_border.top), std::ptrdiff_t{3} * m_image.width, height()};
    }
    [[nodiscard]] Line topRow() const { return row(m_border.top); }
    [[nodiscard]] Line bottomRow() const { return row(m_image.height - 1 - m_border.bottom); }
    [[nodiscard]] Line leftColumn() const { return column(m_border.left); }
    [[nodiscard]] Line rightColumn() const { return column(m_image.width - 1 - m_border.right); }

    /// Takes lines of one colour away at one side. @return whether there was one
    bool trim(int& side, Line (Trimmer::*next)() const)
    {
        if (width() < 1 || height() < 1) {
            return false;
        }
        const Colour colour = medianColour((this->*next)());
        const int before = side;
        while (width() > 0 && height() > 0 && isOfColour((this->*next)(), colour, m_options)) {
            ++side;
        }
        return side != before;
    }

    const Image& m_image;
    const BorderTrimOptions& m_options;
    Border m_border;
};

} // namespace

Result<Border> findBorder(const Image& image, const BorderTrimOptions& options)
{
    if (auto checked = checkBuffer(image); !checked) {
        return fail(checked.error());
    }
    return Trimmer(image, options).run();
}

Image withoutBorder(const Image& image, const Border& border)
{
    const int width = image.width - border.left - border.right;
    const int height = image.height - border.top - border.bottom;
    assert(width > 0 && height > 0);
    Image inside{width, height, {}};
    inside.rgb.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
    for (int y = border.top; y < border.top + height; ++y) {
        const auto* row = image.rgb.data() + 3 * (std::ptrdiff_t{y} * image.width + border.left);
        inside.rgb.insert(inside.rgb.end(), row, row + std::ptrdiff_t{3} * width);
    }
    return inside;
}

} // namespace modscope
