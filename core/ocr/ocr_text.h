#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace modscope {

/// Which strokes were read.
enum class OcrPolarity {
    LightText, ///< near-white strokes, as captions with a black outline have
    DarkText,  ///< near-black strokes, as captions on a white bar have
};

/// Pixels of the picture that was read, from its upper left corner.
struct OcrBox {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;

    bool operator==(const OcrBox&) const = default;
};

struct OcrWord {
    std::string text;     ///< UTF-8, without white space
    float confidence = 0; ///< 0..1, the recogniser's own
    OcrBox box;
    int line = 0; ///< words of one line share a number; lines count from the top

    bool operator==(const OcrWord&) const = default;
};

/// What a picture says. Without words: no text was found, which is an answer and no error.
struct OcrText {
    std::string text;     ///< the words in reading order: a space between words, LF between lines
    float confidence = 0; ///< 0..1: mean over the words, each weighted by its length; 0 without words
    std::vector<OcrWord> words;
    std::size_t droppedWords = 0; ///< found, but too doubtful to be shown
    std::string languages;        ///< as Tesseract names them: "eng" or "eng+deu"
    OcrPolarity polarity = OcrPolarity::LightText;

    bool operator==(const OcrText&) const = default;
};

} // namespace modscope
