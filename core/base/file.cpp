#include "core/base/file.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace modscope {

InputFile::InputFile(std::filesystem::path path, int descriptor, std::uint64_t size)
    : m_path(std::move(path)), m_descriptor(descriptor), m_size(size)
{}

InputFile::~InputFile()
{
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
}

InputFile::InputFile(InputFile&& other) noexcept
    : m_path(std::move(other.m_path)), m_descriptor(std::exchange(other.m_descriptor, -1)), m_size(other.m_size)
{}

InputFile& InputFile::operator=(InputFile&& other) noexcept
{
    std::swap(m_path, other.m_path);
    std::swap(m_descriptor, other.m_descriptor);
    std::swap(m_size, other.m_size);
    return *this;
}

Result<InputFile> InputFile::open(const std::filesystem::path& path)
{
    // O_NONBLOCK: opening a pipe must not wait for its writer; it has no effect on regular files.
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) {
        return fail(systemError(errno, path.string() + ": cannot be opened"));
    }
    InputFile file(path, descriptor, 0);
    struct stat facts {};
    if (::fstat(descriptor, &facts) != 0) {
        return fail(systemError(errno, path.string() + ": cannot be examined"));
    }
    if (!S_ISREG(facts.st_mode)) {
        return fail(ErrorCode::InvalidArgument, path.string() + ": is not a regular file");
    }
    file.m_size = static_cast<std::uint64_t>(facts.st_size);
    return file;
}

Result<std::size_t> InputFile::read(std::span<std::byte> buffer)
{
    while (true) {
        const ssize_t count = ::read(m_descriptor, buffer.data(), buffer.size());
        if (count >= 0) {
            return static_cast<std::size_t>(count);
        }
        if (errno != EINTR) {
            return fail(systemError(errno, m_path.string() + ": cannot be read"));
        }
    }
}

namespace {

template <typename Buffer>
Result<Buffer> readWhole(const std::filesystem::path& path, std::uint64_t maxBytes)
{
    auto file = InputFile::open(path);
    if (!file) {
        return fail(file.error());
    }
    const auto tooLarge = [&] {
        return fail(ErrorCode::LimitExceeded,
                    path.string() + ": is larger than the limit of " + std::to_string(maxBytes) + " bytes");
    };
    if (file->size() > maxBytes) {
        return tooLarge();
    }
    Buffer buffer;
    buffer.resize(file->size() + 1); // one more: notices a file that grows while it is read
    std::size_t filled = 0;
    while (true) {
        const auto count = file->read(std::as_writable_bytes(std::span(buffer)).subspan(filled));
        if (!count) {
            return fail(count.error());
        }
        filled += *count;
        if (filled > maxBytes) {
            return tooLarge();
        }
        if (*count == 0) {
            buffer.resize(filled);
            return buffer;
        }
        if (filled == buffer.size()) {
            buffer.resize(buffer.size() * 2);
        }
    }
}

} // namespace

Result<std::vector<std::byte>> readFile(const std::filesystem::path& path, std::uint64_t maxBytes)
{
    return readWhole<std::vector<std::byte>>(path, maxBytes);
}

Result<std::string> readTextFile(const std::filesystem::path& path, std::uint64_t maxBytes)
{
    return readWhole<std::string>(path, maxBytes);
}

struct MappedFile::Mapping {
    Mapping(void* start, std::size_t length) : address(start), size(length) {}
    ~Mapping()
    {
        if (size > 0) {
            ::munmap(address, size);
        }
    }
    Mapping(const Mapping&) = delete;
    Mapping& operator=(const Mapping&) = delete;

    void* address;
    std::size_t size;
};

Result<MappedFile> MappedFile::open(const std::filesystem::path& path)
{
    const auto file = InputFile::open(path);
    if (!file) {
        return fail(file.error());
    }
    if (file->size() == 0) {
        return MappedFile(std::make_shared<const Mapping>(nullptr, 0));
    }
    void* address = ::mmap(nullptr, file->size(), PROT_READ, MAP_PRIVATE, file->descriptor(), 0);
    if (address == MAP_FAILED) {
        return fail(systemError(errno, path.string() + ": cannot be mapped"));
    }
    return MappedFile(std::make_shared<const Mapping>(address, file->size()));
}

std::span<const std::byte> MappedFile::bytes() const
{
    return {static_cast<const std::byte*>(m_mapping->address), m_mapping->size};
}

void MappedFile::release(std::span<const std::byte> part) const
{
    if (part.empty()) {
        return;
    }
    // Whole pages, the shared ones at both ends too: they come back unchanged, because nobody writes to the mapping.
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    auto* const start = static_cast<std::byte*>(m_mapping->address);
    const auto begin = static_cast<std::size_t>(part.data() - start) / page * page;
    const auto end = static_cast<std::size_t>(part.data() - start) + part.size();
    ::madvise(start + begin, end - begin, MADV_DONTNEED); // advice: refusing it costs memory, nothing else
}

} // namespace modscope
