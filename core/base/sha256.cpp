#include "core/base/sha256.h"

#include "core/base/file.h"

#include <cassert>
#include <openssl/evp.h>
#include <vector>

namespace modscope {

struct Sha256::Context {
    Context() : handle(EVP_MD_CTX_new()) { reset(); }
    ~Context() { EVP_MD_CTX_free(handle); }
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;

    void reset()
    {
        [[maybe_unused]] const int ok = EVP_DigestInit_ex(handle, EVP_sha256(), nullptr);
        assert(ok == 1);
    }

    EVP_MD_CTX* handle;
};

Sha256::Sha256() : m_context(std::make_unique<Context>()) {}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(std::span<const std::byte> bytes)
{
    [[maybe_unused]] const int ok = EVP_DigestUpdate(m_context->handle, bytes.data(), bytes.size());
    assert(ok == 1);
}

std::array<std::byte, 32> Sha256::finish()
{
    std::array<std::byte, 32> digest{};
    [[maybe_unused]] const int ok =
        EVP_DigestFinal_ex(m_context->handle, reinterpret_cast<unsigned char*>(digest.data()), nullptr);
    assert(ok == 1);
    m_context->reset();
    return digest;
}

std::string toHex(std::span<const std::byte> bytes)
{
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const std::byte value : bytes) {
        text += kDigits[std::to_integer<unsigned>(value) >> 4U];
        text += kDigits[std::to_integer<unsigned>(value) & 15U];
    }
    return text;
}

std::string sha256Hex(std::span<const std::byte> bytes)
{
    Sha256 hash;
    hash.update(bytes);
    return toHex(hash.finish());
}

Result<std::string> sha256OfFile(const std::filesystem::path& path, std::stop_token stop, const ProgressFn& progress)
{
    auto file = InputFile::open(path);
    if (!file) {
        return fail(file.error());
    }
    Sha256 hash;
    std::vector<std::byte> buffer(std::size_t{1} << 20U);
    Progress state{0, file->size()};
    while (true) {
        if (stop.stop_requested()) {
            return fail(ErrorCode::Cancelled, path.string() + ": hashing was cancelled");
        }
        const auto count = file->read(buffer);
        if (!count) {
            return fail(count.error());
        }
        if (*count == 0) {
            return toHex(hash.finish());
        }
        hash.update(std::span(buffer).first(*count));
        state.done += *count;
        if (progress) {
            progress(state);
        }
    }
}

} // namespace modscope
