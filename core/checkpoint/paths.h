#pragma once

#include <filesystem>

// Private to this room: questions to the file system whose errors all mean "no".

namespace modscope {

[[nodiscard]] inline bool isFile(const std::filesystem::path& path)
{
    std::error_code ignored;
    return std::filesystem::is_regular_file(path, ignored);
}

[[nodiscard]] inline bool isDirectory(const std::filesystem::path& path)
{
    std::error_code ignored;
    return std::filesystem::is_directory(path, ignored);
}

} // namespace modscope
