#include "tests/similarity/memes.h"

#include "core/image/decode.h"
#include "core/image/resize.h"
#include "tests/support/test_data.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <random>

namespace modscope::test {

namespace {

std::uint8_t* pixel(Image& image, int x, int y)
{
    return image.rgb.data() + 3 * (std::ptrdiff_t{y} * image.width + x);
}

void fillRectangle(Image& image, int left, int top, int width, int height, std::uint8_t grey)
{
    for (int y = std::max(top, 0); y < std::min(top + height, image.height); ++y) {
        for (int x = std::max(left, 0); x < std::min(left + width, image.width); ++x) {
            std::fill_n(pixel(image, x, y), 3, grey);
        }
    }
}

/// A letter is a grid of 3 x 5 blocks, half of them set.
void drawLetter(Image& image, int left, int top, int block, std::mt19937& random)
{
    const auto shape = static_cast<unsigned>(random());
    for (const int outline : {2, 0}) {
        for (int cell = 0; cell < 15; ++cell) {
            if (((shape >> static_cast<unsigned>(cell)) & 1U) != 0) {
                fillRectangle(image, left + cell % 3 * block - outline, top + cell / 3 * block - outline,
                              block + 2 * outline, block + 2 * outline, outline > 0 ? 0 : 255);
            }
        }
    }
}

void drawLine(Image& image, int top, int block, std::mt19937& random)
{
    const int letters = 8 + static_cast<int>(random() % 8);
    const int advance = 4 * block;
    int left = (image.width - letters * advance) / 2;
    for (int letter = 0; letter < letters; ++letter, left += advance) {
        if (random() % 5 != 0) { // otherwise a space
            drawLetter(image, left, top, block, random);
        }
    }
}

void drawDisc(Image& image, double x0, double y0, double radius, const std::array<std::uint8_t, 3>& colour)
{
    const int top = std::max(0, static_cast<int>(y0 - radius));
    const int bottom = std::min(image.height - 1, static_cast<int>(y0 + radius));
    for (int y = top; y <= bottom; ++y) {
        const double half = std::sqrt(std::max(0.0, radius * radius - (y - y0) * (y - y0)));
        const int right = std::min(image.width - 1, static_cast<int>(x0 + half));
        for (int x = std::max(0, static_cast<int>(x0 - half)); x <= right; ++x) {
            std::copy(colour.begin(), colour.end(), pixel(image, x, y));
        }
    }
}

} // namespace

Image photo(unsigned seed, int width, int height)
{
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> unit(0, 1);
    Image image{width, height, {}};
    image.rgb.assign(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3, 128);
    const double smallest = width / 100.0;
    const double largest = width / 4.0;
    for (int disc = 0; disc < 3000; ++disc) {
        // Density r^-3 between the two, by the inverse of its distribution.
        const double share = unit(random);
        const double radius = 1 / std::sqrt((1 - share) / (smallest * smallest) + share / (largest * largest));
        const double x = unit(random) * width;
        const double y = unit(random) * height;
        const std::array<std::uint8_t, 3> colour{static_cast<std::uint8_t>(random() % 256),
                                                 static_cast<std::uint8_t>(random() % 256),
                                                 static_cast<std::uint8_t>(random() % 256)};
        drawDisc(image, x, y, radius, colour);
    }
    return image;
}

Image samplePicture(const std::string& name)
{
    auto decoded = decodeImageFile(resource("demo/samples/" + name));
    if (!decoded) {
        std::abort(); // a test without its data must not pass
    }
    return std::move(decoded->image);
}

Image captioned(const Image& picture, unsigned caption)
{
    std::mt19937 random(caption);
    Image result = picture;
    const int block = std::max(1, picture.width / 90);
    drawLine(result, picture.height / 24, block, random);
    drawLine(result, picture.height - picture.height / 24 - 5 * block, block, random);
    return result;
}

Image resized(const Image& picture, double factor)
{
    return *resize(picture, static_cast<int>(picture.width * factor), static_cast<int>(picture.height * factor),
                   ResizeFilter::Bicubic);
}

Image mirrored(const Image& picture)
{
    Image result = picture;
    for (int y = 0; y < picture.height; ++y) {
        for (int x = 0; x < picture.width; ++x) {
            const auto* from = picture.rgb.data() + 3 * (std::ptrdiff_t{y} * picture.width + picture.width - 1 - x);
            std::copy_n(from, 3, pixel(result, x, y));
        }
    }
    return result;
}

namespace {

Image onCanvas(const Image& picture, int side, int above, std::uint8_t grey)
{
    Image result{picture.width + 2 * side, picture.height + 2 * above, {}};
    result.rgb.assign(static_cast<std::size_t>(result.width) * static_cast<std::size_t>(result.height) * 3, grey);
    for (int y = 0; y < picture.height; ++y) {
        std::copy_n(picture.rgb.data() + std::ptrdiff_t{3} * y * picture.width, 3 * picture.width,
                    pixel(result, side, y + above));
    }
    return result;
}

} // namespace

Image framed(const Image& picture, double share, std::uint8_t grey)
{
    return onCanvas(picture, static_cast<int>(share * picture.width), static_cast<int>(share * picture.height), grey);
}

Image letterboxed(const Image& picture, int rows)
{
    return onCanvas(picture, 0, rows, 0);
}

Image noisy(const Image& picture, int strength, unsigned seed)
{
    std::mt19937 random(seed);
    std::uniform_int_distribution<int> change(-strength, strength);
    Image result = picture;
    for (std::uint8_t& value : result.rgb) {
        value = static_cast<std::uint8_t>(std::clamp(value + change(random), 0, 255));
    }
    return result;
}

} // namespace modscope::test
