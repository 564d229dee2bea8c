#include "core/ocr/ocr_languages.h"

#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <system_error>

namespace modscope {

namespace {

constexpr const char* kExtension = ".traineddata";
constexpr std::string_view kDefaultLanguage = "eng";

// Trained for layout, not for reading.
bool isLanguage(std::string_view name)
{
    return name != "osd" && name != "equ";
}

std::vector<std::string> languagesIn(const std::filesystem::path& folder)
{
    std::vector<std::string> names;
    std::error_code error;
    for (auto entry = std::filesystem::directory_iterator(folder, error); !error && entry != end(entry);
         entry.increment(error)) {
        const std::string name = entry->path().stem().string();
        if (entry->path().extension() == kExtension && isLanguage(name)) {
            names.push_back(name);
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

std::vector<std::filesystem::path> usualFolders()
{
    std::vector<std::filesystem::path> folders;
    if (const char* chosen = std::getenv("TESSDATA_PREFIX"); chosen != nullptr && *chosen != '\0') {
        folders.emplace_back(chosen);
        folders.push_back(folders.front() / "tessdata"); // as Tesseract 3 understood the variable
    }
    for (const char* folder : {"/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tesseract-ocr/4.00/tessdata",
                               "/usr/share/tessdata", "/usr/local/share/tessdata"}) {
        folders.emplace_back(folder);
    }
    return folders;
}

// Debian writes chi_sim as tesseract-ocr-chi-sim.
std::string packageOf(std::string language)
{
    std::replace(language.begin(), language.end(), '_', '-');
    return "tesseract-ocr-" + language;
}

} // namespace

Result<OcrLanguages> findOcrLanguages(const std::filesystem::path& folder)
{
    const auto folders = folder.empty() ? usualFolders() : std::vector{folder};
    for (const auto& candidate : folders) {
        if (auto names = languagesIn(candidate); !names.empty()) {
            return OcrLanguages{candidate, std::move(names)};
        }
    }
    return fail(ErrorCode::Unavailable,
                (folder.empty() ? "OCR: no" : folder.string() + ": no") +
                    std::string(" language file (.traineddata) was found; install the package ") +
                    packageOf(std::string(kDefaultLanguage)));
}

Result<std::string> chooseOcrLanguages(const OcrLanguages& found, const std::vector<std::string>& wanted)
{
    const auto isThere = [&found](std::string_view name) {
        return std::find(found.names.begin(), found.names.end(), name) != found.names.end();
    };
    if (wanted.empty()) {
        return isThere(kDefaultLanguage) ? std::string(kDefaultLanguage) : found.names.front();
    }
    std::string joined;
    for (const std::string& name : wanted) {
        if (!isThere(name)) {
            return fail(ErrorCode::Unavailable, "OCR: the language '" + name + "' is not in " + found.folder.string() +
                                                    "; install the package " + packageOf(name));
        }
        joined += (joined.empty() ? "" : "+") + name;
    }
    return joined;
}

} // namespace modscope
