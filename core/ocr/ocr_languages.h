#pragma once

#include "core/base/error.h"

#include <filesystem>
#include <string>
#include <vector>

namespace modscope {

/// The languages that can be read on this machine.
struct OcrLanguages {
    std::filesystem::path folder;   ///< with the files <language>.traineddata
    std::vector<std::string> names; ///< sorted, never empty: "deu", "eng"

    bool operator==(const OcrLanguages&) const = default;
};

/// Looks into `folder`, or, when it is empty, into $TESSDATA_PREFIX and the folders of the usual packages; the first
/// one with a language counts.
/// Errors: Unavailable, naming the package to install.
[[nodiscard]] Result<OcrLanguages> findOcrLanguages(const std::filesystem::path& folder = {});

/// What to ask Tesseract for: the wanted languages joined by "+"; when none is wanted, English, or else the first one
/// found.
/// Errors: Unavailable for a language that is not there, naming its package.
[[nodiscard]] Result<std::string> chooseOcrLanguages(const OcrLanguages& found, const std::vector<std::string>& wanted);

} // namespace modscope
