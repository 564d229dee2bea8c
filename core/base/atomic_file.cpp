#include "core/base/atomic_file.h"

#include <cerrno>
#include <fcntl.h>
#include <random>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace modscope {

namespace {

constexpr std::size_t kBufferBytes = std::size_t{1} << 16U;

// A new file with a hidden name that is not taken. Unlike mkostemp it gets the permissions that the process's mask asks
// for.
int openBeside(const std::filesystem::path& folder, const std::string& name, std::filesystem::path& created)
{
    std::random_device random;
    int descriptor = -1;
    do {
        created = folder / ("." + name + "." + std::to_string(random()));
        descriptor = ::open(created.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    } while (descriptor < 0 && errno == EEXIST);
    return descriptor;
}

// Without this the new name may be lost in a power cut although the content is safe.
void syncFolder(const std::filesystem::path& folder)
{
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0) {
        ::fsync(descriptor);
        ::close(descriptor);
    }
}

// What a link points to is replaced, not the link; it need not exist yet.
std::filesystem::path linkTarget(std::filesystem::path path)
{
    constexpr int kMaxLinks = 40; // as the kernel
    std::error_code error;
    for (int links = 0; links < kMaxLinks && std::filesystem::is_symlink(path, error); ++links) {
        const auto next = std::filesystem::read_symlink(path, error);
        if (error) {
            break;
        }
        path = path.parent_path() / next;
    }
    return path;
}

} // namespace

AtomicFile::AtomicFile(std::filesystem::path target, std::filesystem::path temporary, int descriptor)
    : m_target(std::move(target)), m_temporary(std::move(temporary)), m_descriptor(descriptor)
{}

AtomicFile::~AtomicFile()
{
    abandon();
}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : m_target(std::move(other.m_target)), m_temporary(std::move(other.m_temporary)),
      m_descriptor(std::exchange(other.m_descriptor, -1)), m_failed(other.m_failed), m_buffer(std::move(other.m_buffer))
{}

AtomicFile& AtomicFile::operator=(AtomicFile&& other) noexcept
{
    std::swap(m_target, other.m_target);
    std::swap(m_temporary, other.m_temporary);
    std::swap(m_descriptor, other.m_descriptor);
    std::swap(m_failed, other.m_failed);
    std::swap(m_buffer, other.m_buffer);
    return *this;
}

void AtomicFile::abandon()
{
    if (m_descriptor >= 0) {
        ::close(std::exchange(m_descriptor, -1));
        ::unlink(m_temporary.c_str());
    }
}

Result<AtomicFile> AtomicFile::create(const std::filesystem::path& target)
{
    const std::filesystem::path real = linkTarget(target);
    struct stat existing {};
    const bool exists = ::stat(real.c_str(), &existing) == 0;
    if (!exists && errno != ENOENT) { // a loop of links, a folder that may not be searched
        return fail(systemError(errno, target.string() + ": cannot be written"));
    }
    if (exists && !S_ISREG(existing.st_mode)) {
        return fail(ErrorCode::InvalidArgument, target.string() + ": is not a regular file, nothing was written");
    }
    const std::filesystem::path folder = real.has_parent_path() ? real.parent_path() : std::filesystem::path(".");
    std::filesystem::path temporary;
    const int descriptor = openBeside(folder, real.filename().string(), temporary);
    if (descriptor < 0) {
        return fail(systemError(errno, target.string() + ": cannot be written"));
    }
    if (exists) {
        ::fchmod(descriptor, existing.st_mode & 07777U);
    }
    return AtomicFile(real, std::move(temporary), descriptor);
}

Result<void> AtomicFile::flush()
{
    std::string_view rest = m_buffer;
    while (!rest.empty()) {
        const ssize_t count = ::write(m_descriptor, rest.data(), rest.size());
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            m_failed = true;
            return fail(systemError(errno, m_target.string() + ": could not be written and was left as it was"));
        }
        rest.remove_prefix(static_cast<std::size_t>(count));
    }
    m_buffer.clear();
    return {};
}

Result<void> AtomicFile::write(std::string_view bytes)
{
    m_buffer.append(bytes);
    return m_buffer.size() < kBufferBytes ? Result<void>() : flush();
}

Result<void> AtomicFile::commit()
{
    if (m_descriptor < 0 || m_failed) {
        return fail(ErrorCode::IoError, m_target.string() + ": an earlier write failed, nothing was replaced");
    }
    if (auto flushed = flush(); !flushed) {
        return flushed;
    }
    if (::fsync(m_descriptor) != 0 && errno != EINVAL && errno != EROFS) {
        return fail(systemError(errno, m_target.string() + ": could not be flushed to disk and was left as it was"));
    }
    if (::rename(m_temporary.c_str(), m_target.c_str()) != 0) {
        return fail(systemError(errno, m_target.string() + ": could not be replaced"));
    }
    ::close(std::exchange(m_descriptor, -1));
    syncFolder(m_target.has_parent_path() ? m_target.parent_path() : std::filesystem::path("."));
    return {};
}

Result<void> writeFileAtomically(const std::filesystem::path& target, std::string_view bytes)
{
    auto file = AtomicFile::create(target);
    if (!file) {
        return fail(file.error());
    }
    if (auto written = file->write(bytes); !written) {
        return written;
    }
    return file->commit();
}

} // namespace modscope
