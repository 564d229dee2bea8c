#pragma once

#include "core/base/error.h"

#include <filesystem>
#include <string_view>

namespace modscope {

/// A file that appears whole or not at all: written beside its target under a hidden name, flushed to disk and renamed
/// by commit(). Without commit() nothing stays behind. An existing target keeps its permissions.
class AtomicFile {
public:
    /// Errors: what creating a file in the target's folder reports; InvalidArgument if the target is a folder.
    [[nodiscard]] static Result<AtomicFile> create(const std::filesystem::path& target);
    ~AtomicFile();
    AtomicFile(AtomicFile&& other) noexcept;
    AtomicFile& operator=(AtomicFile&& other) noexcept;

    /// Errors: IoError (disk full and the like); the file is then beyond commit.
    [[nodiscard]] Result<void> write(std::string_view bytes);
    [[nodiscard]] Result<void> commit();

private:
    AtomicFile(std::filesystem::path target, std::filesystem::path temporary, int descriptor);
    [[nodiscard]] Result<void> flush();
    void abandon();

    std::filesystem::path m_target;
    std::filesystem::path m_temporary;
    int m_descriptor = -1;
    bool m_failed = false;
    std::string m_buffer;
};

/// Writes a whole file through AtomicFile.
[[nodiscard]] Result<void> writeFileAtomically(const std::filesystem::path& target, std::string_view bytes);

} // namespace modscope
