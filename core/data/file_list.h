#pragma once

#include "core/base/error.h"

#include <filesystem>
#include <functional>
#include <stop_token>
#include <vector>

namespace modscope {

struct FileListOptions {
    int maxDepth = 16; ///< of nested folders
};

/// What was found below the given paths, folders in name order, depth first.
struct FileListEntry {
    std::filesystem::path path;
    enum class Kind { Picture, Table, Unusable } kind = Kind::Picture;
    Error error; ///< why an Unusable entry is one: no permission, not found, too deep, a link
};

/// Walks files and folders. Inside folders only names with a known extension count, and links are not followed: they
/// could lead anywhere, or in circles. What is named directly is always listed, a link too. Threads: any; `emit` runs
/// on the caller's. Errors end in entries; only Cancelled is returned.
[[nodiscard]] Result<void> listFiles(const std::vector<std::filesystem::path>& paths,
                                     const FileListOptions& options,
                                     std::stop_token stop,
                                     const std::function<void(FileListEntry)>& emit);

} // namespace modscope
