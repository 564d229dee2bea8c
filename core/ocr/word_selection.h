#pragma once

#include "core/ocr/ocr_text.h"

#include <vector>

// Private to this room: which recognised words are words of the picture.

namespace modscope {

struct RecognisedWord {
    OcrWord word;
    bool inDictionary = false; ///< of the language, or a number
};

/// Drops doubtful words and joins the rest. A reading that is mostly doubt becomes no text at all: a picture without
/// words gives shreds, not sentences.
/// @param words  in reading order, lines numbered
[[nodiscard]] OcrText selectWords(std::vector<RecognisedWord> words);

/// Letters and digits, each counted with the confidence of its word: how much of a text was read.
[[nodiscard]] double readingScore(const OcrText& text);

} // namespace modscope
