#pragma once

#include "core/base/atomic_file.h"
#include "core/base/error.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace modscope::cli {

/// Where a command's data goes: standard output, or a file that appears whole at finish() or not at all.
class Output {
public:
    /// @param target  empty or "-" for standard output
    [[nodiscard]] static Result<Output> open(const std::filesystem::path& target);

    /// Errors: IoError (disk full, a closed pipe).
    [[nodiscard]] Result<void> write(std::string_view bytes);
    /// What was written so far can be read by others now; only standard output has a use for it.
    [[nodiscard]] Result<void> flush();
    [[nodiscard]] Result<void> finish();

private:
    explicit Output(std::optional<AtomicFile> file) : m_file(std::move(file)) {}

    std::optional<AtomicFile> m_file;
    std::string m_buffer; ///< of standard output
};

} // namespace modscope::cli
