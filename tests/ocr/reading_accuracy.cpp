#include "tests/ocr/reading_accuracy.h"

#include "core/data/csv.h"
#include "core/image/decode.h"
#include "core/image/resize.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <random>
#include <utility>

namespace modscope::test {

namespace {

[[noreturn]] void giveUp(const std::string& message)
{
    std::fprintf(stderr, "%s\n", message.c_str());
    std::abort();
}

std::string comparable(const std::string& text)
{
    std::string result;
    for (const unsigned char byte : text) {
        if (std::isspace(byte) == 0) {
            result += static_cast<char>(std::tolower(byte));
        } else if (!result.empty() && result.back() != ' ') {
            result += ' ';
        }
    }
    if (!result.empty() && result.back() == ' ') {
        result.pop_back();
    }
    return result;
}

} // namespace

std::vector<CaptionedPicture> captionedPictures(const std::filesystem::path& captions,
                                                const std::filesystem::path& folder)
{
    auto table = CsvReader::open(captions);
    if (!table) {
        giveUp(table.error().message);
    }
    std::vector<CaptionedPicture> pictures;
    for (auto next = table->next(); next.row; next = table->next()) {
        if (!*next.row) {
            giveUp(next.row->error().message);
        }
        const std::vector<std::string>& fields = (*next.row)->fields;
        auto decoded = decodeImageFile(folder / fields.at(0));
        if (!decoded) {
            giveUp(decoded.error().message);
        }
        pictures.push_back({fields.at(0), fields.at(1), std::move(decoded->image)});
    }
    if (pictures.empty()) {
        giveUp(captions.string() + ": has no rows");
    }
    return pictures;
}

CharacterErrors& CharacterErrors::operator+=(const CharacterErrors& other)
{
    errors += other.errors;
    length += other.length;
    return *this;
}

CharacterErrors characterErrors(const std::string& caption, const std::string& read)
{
    const std::string expected = comparable(caption);
    const std::string found = comparable(read);
    std::vector<std::size_t> row(found.size() +
                                 1); // distances of the expected prefix to every prefix of what was found
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= expected.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= found.size(); ++j) {
            const std::size_t changed = diagonal + (expected[i - 1] == found[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
        }
    }
    return {row.back(), expected.size()};
}

Image inverted(Image image)
{
    for (auto& value : image.rgb) {
        value = static_cast<std::uint8_t>(255 - value);
    }
    return image;
}

Image withNoise(Image image, int amplitude)
{
    std::mt19937 random(1);
    const auto span = static_cast<unsigned>(2 * amplitude + 1);
    for (auto& value : image.rgb) {
        const int noise = static_cast<int>(random() % span) - amplitude;
        value = static_cast<std::uint8_t>(std::clamp(value + noise, 0, 255));
    }
    return image;
}

Image scaled(const Image& image, double factor)
{
    const auto side = [factor](int pixels) { return static_cast<int>(std::lround(pixels * factor)); };
    auto result = resize(image, side(image.width), side(image.height), ResizeFilter::Bicubic);
    if (!result) {
        giveUp(result.error().message);
    }
    return std::move(*result);
}

} // namespace modscope::test
