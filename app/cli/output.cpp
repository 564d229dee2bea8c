#include "app/cli/output.h"

#include <cerrno>
#include <unistd.h>
#include <utility>

namespace modscope::cli {

namespace {

constexpr std::size_t kBufferBytes = std::size_t{1} << 16U;

} // namespace

Result<Output> Output::open(const std::filesystem::path& target)
{
    if (target.empty() || target == "-") {
        return Output(std::nullopt);
    }
    auto file = AtomicFile::create(target);
    if (!file) {
        return fail(file.error());
    }
    return Output(std::move(*file));
}

Result<void> Output::write(std::string_view bytes)
{
    if (m_file) {
        return m_file->write(bytes);
    }
    m_buffer.append(bytes);
    return m_buffer.size() < kBufferBytes ? Result<void>() : flush();
}

Result<void> Output::flush()
{
    std::string_view rest = m_buffer;
    while (!rest.empty()) {
        const ssize_t count = ::write(STDOUT_FILENO, rest.data(), rest.size());
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return fail(systemError(errno, "standard output: cannot be written"));
        }
        rest.remove_prefix(static_cast<std::size_t>(count));
    }
    m_buffer.clear();
    return {};
}

Result<void> Output::finish()
{
    return m_file ? m_file->commit() : flush();
}

} // namespace modscope::cli
