#pragma once

#include "core/base/error.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace modscope {

/// A model that comes with the program, under the word that people type for it.
struct BundledModel {
    std::string word;                ///< "demo", "demo2"
    std::filesystem::path directory; ///< the run
    std::string description;         ///< one line
};

/// The folder that holds the running program. Errors cannot happen on Linux; empty elsewhere.
[[nodiscard]] std::filesystem::path programDirectory();

/// Where demo models and samples lie: $MODSCOPE_DATA, or ../share/modscope beside the program's folder.
/// Errors: NotFound naming both places.
[[nodiscard]] Result<std::filesystem::path> dataDirectory();

/// The models below dataDirectory(). Errors: as dataDirectory().
[[nodiscard]] Result<std::vector<BundledModel>> bundledModels();

/// "demo" and "demo2" become the bundled run directories; anything else is a path and is returned as it is
/// ("./demo" for a folder of that name).
[[nodiscard]] Result<std::filesystem::path> resolveModel(std::string_view nameOrPath);

} // namespace modscope
