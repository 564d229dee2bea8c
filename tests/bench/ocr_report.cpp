// Prints how well captions are read: character errors over the demo's samples, as they are and after what happens to
// pictures on the web. The table of docs/benchmarks.md comes from here.
// usage: ocr_report CAPTIONS FOLDER [-v]      (scripts/bench ocr)

#include "core/ocr/ocr_reader.h"
#include "tests/ocr/reading_accuracy.h"

#include <chrono>
#include <cstdio>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace {

using modscope::Image;
using modscope::OcrReader;
using modscope::test::CaptionedPicture;
using modscope::test::CharacterErrors;

struct Condition {
    const char* title;
    std::function<Image(const Image&)> change;
};

std::vector<Condition> conditions()
{
    using namespace modscope::test;
    return {
        {"as they are", [](const Image& image) { return image; }},
        {"inverted (dark letters)", [](const Image& image) { return inverted(image); }},
        {"noise of +- 20", [](const Image& image) { return withNoise(image, 20); }},
        {"half the size", [](const Image& image) { return scaled(image, 0.5); }},
        {"twice the size", [](const Image& image) { return scaled(image, 2); }},
    };
}

/// @return false if a picture could not be read at all
bool measure(OcrReader& reader, const std::vector<CaptionedPicture>& pictures, const Condition& condition, bool verbose)
{
    CharacterErrors sum;
    const auto begin = std::chrono::steady_clock::now();
    for (const auto& picture : pictures) {
        const auto read = reader.read(condition.change(picture.image));
        if (!read) {
            std::fprintf(stderr, "%s: %s\n", picture.name.c_str(), read.error().message.c_str());
            return false;
        }
        const auto errors = modscope::test::characterErrors(picture.caption, read->text);
        sum += errors;
        if (verbose) {
            std::fprintf(stderr, "%s: %zu of %zu, %.2f sure, %zu dropped: %s\n", picture.name.c_str(), errors.errors,
                         errors.length, static_cast<double>(read->confidence), read->droppedWords, read->text.c_str());
            for (const auto& word : read->words) {
                std::fprintf(stderr, "    %.2f %s\n", static_cast<double>(word.confidence), word.text.c_str());
            }
        }
    }
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
    std::printf("| %s | %zu of %zu | %.1f %% | %.0f ms |\n", condition.title, sum.errors, sum.length, 100 * sum.rate(),
                took.count() / static_cast<double>(pictures.size()));
    return true;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 3) {
        std::fputs("usage: ocr_report CAPTIONS FOLDER [-v]\n", stderr);
        return 2;
    }
    auto reader = OcrReader::open();
    if (!reader) {
        std::fprintf(stderr, "%s\n", reader.error().message.c_str());
        return 1;
    }
    const auto pictures = modscope::test::captionedPictures(argv[1], argv[2]);
    const bool verbose = argc > 3 && std::string_view(argv[3]) == "-v";
    std::puts("| pictures | wrong characters | rate | a picture |\n|---|---|---|---|");
    for (const Condition& condition : conditions()) {
        if (!measure(*reader, pictures, condition, verbose)) {
            return 1;
        }
    }
    return 0;
}
