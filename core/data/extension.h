#pragma once

#include <algorithm>
#include <filesystem>
#include <string>

namespace modscope {

/// ".jpg" for "Photo.JPG".
[[nodiscard]] inline std::string lowerExtension(const std::filesystem::path& path)
{
    std::string extension = path.extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return extension;
}

} // namespace modscope
