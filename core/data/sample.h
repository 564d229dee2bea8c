#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace modscope {

/// One meme: text, picture or both. A picture is a file or bytes in memory (pasted), never both.
struct Sample {
    std::string id;
    std::string text; ///< UTF-8; only white space counts as absent
    std::filesystem::path imagePath;
    std::shared_ptr<const std::vector<std::byte>> imageBytes;

    /// Whether the text has a character that is not white space (Python's str.isspace, as the reference decides).
    [[nodiscard]] bool hasText() const;
    [[nodiscard]] bool hasImage() const { return !imagePath.empty() || imageBytes != nullptr; }
    bool operator==(const Sample&) const = default;
};

} // namespace modscope
