#include "core/ocr/word_selection.h"

#include <algorithm>
#include <cctype>
#include <span>
#include <utility>

namespace modscope {

namespace {

// The recogniser's confidence is 0.85 and more for words of captions, and 0 to 0.6 for shreds of texture; what lies
// between is believed when the language knows it.
constexpr float kFloor = 0.4F;
constexpr float kFloorUnknown = 0.65F;

// Bytes of other scripts count by their first one; punctuation does not count.
std::size_t letters(const std::string& text)
{
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](unsigned char byte) { return std::isalnum(byte) != 0 || byte >= 0xC3; }));
}

bool isBelievable(const RecognisedWord& candidate)
{
    return candidate.word.confidence >= (candidate.inDictionary ? kFloor : kFloorUnknown);
}

// "I" and "a" exist, but so do edges that look like them: single characters count only beside a word.
bool holdsWord(std::span<const RecognisedWord> line)
{
    return std::any_of(line.begin(), line.end(), [](const RecognisedWord& candidate) {
        return letters(candidate.word.text) >= 2 && isBelievable(candidate);
    });
}

void addLine(OcrText& result, std::span<RecognisedWord> line)
{
    const bool believable = holdsWord(line);
    bool first = true;
    for (auto& candidate : line) {
        if (!believable || !isBelievable(candidate)) {
            ++result.droppedWords;
            continue;
        }
        if (!result.text.empty()) {
            result.text += first ? '\n' : ' ';
        }
        first = false;
        result.text += candidate.word.text;
        result.words.push_back(std::move(candidate.word));
    }
}

float meanConfidence(const std::vector<OcrWord>& words)
{
    double weights = 0;
    double weighted = 0;
    for (const OcrWord& word : words) {
        const auto weight = static_cast<double>(word.text.size());
        weights += weight;
        weighted += weight * static_cast<double>(word.confidence);
    }
    return static_cast<float>(weighted / weights);
}

} // namespace

OcrText selectWords(std::vector<RecognisedWord> words)
{
    OcrText result;
    for (auto begin = words.begin(); begin != words.end();) {
        const int line = begin->word.line;
        const auto end = std::find_if(begin, words.end(), [line](const auto& next) { return next.word.line != line; });
        addLine(result, {begin, end});
        begin = end;
    }
    if (result.words.empty() || result.words.size() < result.droppedWords) {
        OcrText nothing;
        nothing.droppedWords = words.size();
        return nothing;
    }
    result.confidence = meanConfidence(result.words);
    return result;
}

double readingScore(const OcrText& text)
{
    double score = 0;
    for (const OcrWord& word : text.words) {
        score += static_cast<double>(letters(word.text)) * static_cast<double>(word.confidence);
    }
    return score;
}

} // namespace modscope
