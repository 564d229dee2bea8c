#pragma once

#include "core/image/image.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace modscope::test {

/// A picture and the caption that is drawn on it.
struct CaptionedPicture {
    std::string name;
    std::string caption;
    Image image;
};

/// Ends the program if something cannot be read.
/// @param captions  a table with image and caption: tests/data/ocr/demo_captions.csv
/// @param folder    of its pictures: resources/demo/samples
[[nodiscard]] std::vector<CaptionedPicture> captionedPictures(const std::filesystem::path& captions,
                                                              const std::filesystem::path& folder);

/// Characters that were read wrong, missed or invented, against the caption. Letter case, line ends and runs of spaces
/// do not count: captions are drawn in capitals and wrapped.
struct CharacterErrors {
    std::size_t errors = 0; ///< Levenshtein distance
    std::size_t length = 0; ///< of the caption

    [[nodiscard]] double rate() const { return static_cast<double>(errors) / static_cast<double>(length); }
    CharacterErrors& operator+=(const CharacterErrors& other);
};
[[nodiscard]] CharacterErrors characterErrors(const std::string& caption, const std::string& read);

/// What happens to pictures on their way through the web; each is repeatable.
[[nodiscard]] Image inverted(Image image);                     ///< dark text with a light outline
[[nodiscard]] Image withNoise(Image image, int amplitude);     ///< uniform, each channel +- amplitude
[[nodiscard]] Image scaled(const Image& image, double factor); ///< bicubic

} // namespace modscope::test
