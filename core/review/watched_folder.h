#pragma once

#include "core/base/error.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <stop_token>
#include <utility>
#include <vector>

namespace modscope {

/// Folders in which pictures appear. A picture counts as there when it looked the same twice, so that one that is still
/// being copied is not read half; one that changes later is new again. Threads: one.
class WatchedFolder {
public:
    explicit WatchedFolder(std::vector<std::filesystem::path> folders) : m_folders(std::move(folders)) {}

    /// Pictures that are complete and were not given before, in name order. Errors: Cancelled.
    [[nodiscard]] Result<std::vector<std::filesystem::path>> fresh(std::stop_token stop = {});

private:
    struct Look {
        std::uint64_t bytes = 0;
        std::int64_t written = 0; ///< the file's clock
        bool given = false;
    };

    std::vector<std::filesystem::path> m_folders;
    std::map<std::filesystem::path, Look> m_seen;
};

} // namespace modscope
