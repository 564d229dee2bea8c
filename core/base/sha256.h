#pragma once

#include "core/base/error.h"
#include "core/base/progress.h"

#include <array>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <stop_token>
#include <string>

namespace modscope {

/// SHA-256 of bytes that arrive in pieces.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;

    void update(std::span<const std::byte> bytes);
    /// Ends the message and returns its digest; the object then starts a new message.
    [[nodiscard]] std::array<std::byte, 32> finish();

private:
    struct Context;
    std::unique_ptr<Context> m_context;
};

/// 64 lower-case hexadecimal digits.
[[nodiscard]] std::string sha256Hex(std::span<const std::byte> bytes);
[[nodiscard]] std::string toHex(std::span<const std::byte> bytes);

/// Errors: what opening or reading reports; Cancelled.
[[nodiscard]] Result<std::string> sha256OfFile(const std::filesystem::path& path,
                                               std::stop_token stop = {},
                                               const ProgressFn& progress = {});

} // namespace modscope
