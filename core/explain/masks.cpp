#include "core/explain/masks.h"

#include <algorithm>
#include <cstddef>

namespace modscope {

namespace {

constexpr int kCellsPerSide = 8;

// Where squares of `side` begin along one axis; the last one is moved inside the grid.
std::vector<int> starts(int grid, int side, int step)
{
    std::vector<int> positions;
    for (int position = 0; position + side < grid; position += step) {
        positions.push_back(position);
    }
    positions.push_back(grid - side);
    return positions;
}

} // namespace

std::vector<Mask> occlusionMasks(int grid)
{
    const int cell = (grid + kCellsPerSide - 1) / kCellsPerSide;
    std::vector<Mask> masks;
    for (int shape = 0; shape < kMaskShapes; ++shape) {
        const int side = cell * (shape + 1);
        if (side > grid) {
            break;
        }
        const std::vector<int> positions = starts(grid, side, cell);
        for (const int row : positions) {
            for (const int column : positions) {
                masks.push_back({column, row, side, shape});
            }
        }
    }
    return masks;
}

std::array<std::uint8_t, 3> meanColour(const Image& image)
{
    std::array<std::uint64_t, 3> sums{};
    const std::size_t pixels = image.rgb.size() / 3;
    for (std::size_t pixel = 0; pixel < pixels; ++pixel) {
        for (std::size_t channel = 0; channel < 3; ++channel) {
            sums[channel] += image.rgb[pixel * 3 + channel];
        }
    }
    std::array<std::uint8_t, 3> mean{};
    for (std::size_t channel = 0; channel < 3 && pixels > 0; ++channel) {
        mean[channel] = static_cast<std::uint8_t>((sums[channel] + pixels / 2) / pixels);
    }
    return mean;
}

Image covered(const Image& square, const Mask& mask, int patch, std::array<std::uint8_t, 3> colour)
{
    Image copy = square;
    const int right = std::min(square.width, (mask.column + mask.side) * patch);
    const int bottom = std::min(square.height, (mask.row + mask.side) * patch);
    for (int y = mask.row * patch; y < bottom; ++y) {
        for (int x = mask.column * patch; x < right; ++x) {
            const auto offset =
                (static_cast<std::size_t>(y) * static_cast<std::size_t>(square.width) + static_cast<std::size_t>(x)) *
                3;
            std::copy(colour.begin(), colour.end(), copy.rgb.begin() + static_cast<std::ptrdiff_t>(offset));
        }
    }
    return copy;
}

} // namespace modscope
