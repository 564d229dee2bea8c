#pragma once

#include "core/base/error.h"

#include <filesystem>
#include <string>

namespace modscope {

/// Where a table's picture paths may lead. Threads: const members from several at once.
class ImageRoot {
public:
    /// @param folder  need not exist: then every picture is missing, not outside
    ImageRoot(const std::filesystem::path& folder, bool allowOutside);

    /// The path of a picture named in a table. A picture that does not exist is no error here.
    /// Errors: InvalidArgument when the path leaves the root, also through a link; what following links reports (a
    /// loop).
    [[nodiscard]] Result<std::filesystem::path> resolve(const std::string& name) const;

private:
    std::filesystem::path m_folder;
    std::filesystem::path m_real; ///< without links
    bool m_allowOutside;
};

} // namespace modscope
