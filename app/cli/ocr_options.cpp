#include "app/cli/ocr_options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <sstream>
#include <thread>

namespace modscope::cli {

namespace {

OcrOptions ocrOptions(const OcrChoice& choice)
{
    OcrOptions options;
    std::istringstream languages(choice.languages);
    for (std::string language; std::getline(languages, language, '+');) {
        options.languages.push_back(language);
    }
    return options;
}

} // namespace

void addOcrOptions(CLI::App& command, OcrChoice& choice)
{
    auto* mode = command
                     .add_option("--ocr", choice.mode,
                                 "Read the text of pictures: off (default), auto where an item has no text, or always; "
                                 "a text that is there is kept")
                     ->type_name("WHEN")
                     ->check(CLI::IsMember({"off", "auto", "always"}).description(""));
    command
        .add_option("--ocr-language", choice.languages,
                    "Languages of the text, joined by + (default: eng; doctor lists them)")
        ->type_name("LANGUAGE")
        ->needs(mode);
}

OcrMode ocrMode(const OcrChoice& choice)
{
    return choice.mode == "always" ? OcrMode::Always : choice.mode == "auto" ? OcrMode::Auto : OcrMode::Off;
}

Result<OcrReader> openOcrReader(const OcrChoice& choice)
{
    return OcrReader::open(ocrOptions(choice));
}

Result<std::unique_ptr<OcrPool>> openOcrPool(const OcrChoice& choice, int threads)
{
    if (ocrMode(choice) == OcrMode::Off) {
        return nullptr;
    }
    const auto cores = static_cast<int>(std::thread::hardware_concurrency());
    return OcrPool::open(ocrOptions(choice), static_cast<std::size_t>(std::max(1, threads > 0 ? threads : cores)));
}

} // namespace modscope::cli
