#pragma once

#include "core/base/error.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace modscope {

/// A regular file open for reading. Directories, devices, sockets and pipes are refused.
class InputFile {
public:
    [[nodiscard]] static Result<InputFile> open(const std::filesystem::path& path);
    ~InputFile();
    InputFile(InputFile&& other) noexcept;
    InputFile& operator=(InputFile&& other) noexcept;

    [[nodiscard]] std::uint64_t size() const { return m_size; }
    [[nodiscard]] int descriptor() const { return m_descriptor; }
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

    /// Reads up to buffer.size() bytes from where the last read ended; 0 at the end.
    [[nodiscard]] Result<std::size_t> read(std::span<std::byte> buffer);

private:
    InputFile(std::filesystem::path path, int descriptor, std::uint64_t size);

    std::filesystem::path m_path;
    int m_descriptor = -1;
    std::uint64_t m_size = 0;
};

/// The whole file. Errors: LimitExceeded when it is larger than `maxBytes` (checked before and while reading).
[[nodiscard]] Result<std::vector<std::byte>> readFile(const std::filesystem::path& path, std::uint64_t maxBytes);
[[nodiscard]] Result<std::string> readTextFile(const std::filesystem::path& path, std::uint64_t maxBytes);

/// A file's bytes, mapped read-only and privately, for as long as a copy of the handle lives.
/// The file must not shrink meanwhile: keep the mapping only while converting (a shrinking file is a SIGBUS).
class MappedFile {
public:
    [[nodiscard]] static Result<MappedFile> open(const std::filesystem::path& path);
    [[nodiscard]] std::span<const std::byte> bytes() const;
    /// Gives back the memory that reading a part of bytes() took; the next read brings it in from the file again. For
    /// who walks through a large file and must not end up with all of it in memory.
    void release(std::span<const std::byte> part) const;

private:
    struct Mapping;
    explicit MappedFile(std::shared_ptr<const Mapping> mapping) : m_mapping(std::move(mapping)) {}
    std::shared_ptr<const Mapping> m_mapping;
};

} // namespace modscope
