#include "core/data/image_root.h"

#include <algorithm>

namespace modscope {

namespace {

namespace fs = std::filesystem;

bool isBelow(const fs::path& path, const fs::path& root)
{
    return std::mismatch(root.begin(), root.end(), path.begin(), path.end()).first == root.end();
}

} // namespace

ImageRoot::ImageRoot(const fs::path& folder, bool allowOutside)
    : m_folder(folder.empty() ? fs::path(".") : folder), m_allowOutside(allowOutside)
{
    std::error_code ignored;
    m_real = fs::weakly_canonical(m_folder, ignored);
    if (m_real.is_relative()) { // weakly_canonical leaves a path alone of which nothing exists
        m_real = fs::absolute(m_folder, ignored).lexically_normal();
    }
    m_real = m_real.has_filename() ? m_real : m_real.parent_path();
}

Result<fs::path> ImageRoot::resolve(const std::string& name) const
{
    const fs::path path = m_folder / name; // an absolute name replaces the folder
    if (m_allowOutside) {
        return path;
    }
    std::error_code error;
    fs::path real = fs::weakly_canonical(path, error);
    if (error) {
        return fail(systemError(error.value(), "the picture '" + name + "' cannot be reached"));
    }
    if (real.is_relative()) {
        real = fs::absolute(real, error).lexically_normal();
    }
    if (!isBelow(real, m_real)) {
        return fail(ErrorCode::InvalidArgument,
                    "the picture '" + name + "' lies outside the picture folder " + m_folder.string());
    }
    return path;
}

} // namespace modscope
