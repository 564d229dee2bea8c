#pragma once

#include "app/cli/command.h"

#include <filesystem>

namespace modscope::cli {

/// Where a table's relative picture paths begin, and whether they may lead out of there.
void addImageRootOptions(CLI::App& command, std::filesystem::path& imageRoot, bool& allowOutsideRoot);

} // namespace modscope::cli
