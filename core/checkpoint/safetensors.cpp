#include "core/checkpoint/safetensors.h"

#include "core/base/file.h"
#include "core/checkpoint/safetensors_header.h"
#include "core/text/utf8.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <numeric>
#include <optional>

namespace modscope {

namespace {

constexpr std::uint64_t kLengthBytes = 8;

struct DTypeFacts {
    std::string_view name;
    std::uint64_t bits;
    DType dtype;
};

// Every type the format defines. `Other` can be stepped over, not converted.
constexpr std::array<DTypeFacts, 22> kDTypes{{
    {"F64", 64, DType::F64},          {"F32", 32, DType::F32},      {"F16", 16, DType::F16},
    {"BF16", 16, DType::BF16},        {"I64", 64, DType::I64},      {"I32", 32, DType::I32},
    {"I16", 16, DType::I16},          {"I8", 8, DType::I8},         {"U8", 8, DType::U8},
    {"BOOL", 8, DType::Bool},         {"U64", 64, DType::Other},    {"U32", 32, DType::Other},
    {"U16", 16, DType::Other},        {"C64", 64, DType::Other},    {"F8_E4M3", 8, DType::Other},
    {"F8_E5M2", 8, DType::Other},     {"F8_E8M0", 8, DType::Other}, {"F8_E4M3FNUZ", 8, DType::Other},
    {"F8_E5M2FNUZ", 8, DType::Other}, {"F6_E2M3", 6, DType::Other}, {"F6_E3M2", 6, DType::Other},
    {"F4", 4, DType::Other},
}};

std::string named(const SafetensorsEntry& entry)
{
    return "the tensor '" + entry.name + "'";
}

std::optional<std::uint64_t> multiply(std::uint64_t left, std::uint64_t right)
{
    std::uint64_t product = 0;
    return __builtin_mul_overflow(left, right, &product) ? std::nullopt : std::optional(product);
}

/// Bytes that shape and dtype ask for, or nothing when that is not a number of bytes.
std::optional<std::uint64_t> sizeOf(const SafetensorsEntry& entry, std::uint64_t bitsPerElement)
{
    std::optional<std::uint64_t> bits = bitsPerElement;
    for (const std::uint64_t size : entry.shape) {
        bits = bits ? multiply(*bits, size) : bits;
    }
    return bits && *bits % 8 == 0 ? std::optional(*bits / 8) : std::nullopt;
}

Result<TensorView> viewOf(const SafetensorsEntry& entry,
                          std::span<const std::byte> data,
                          const std::shared_ptr<const void>& owner)
{
    const auto* const facts =
        std::find_if(kDTypes.begin(), kDTypes.end(), [&](const DTypeFacts& one) { return one.name == entry.dtype; });
    if (facts == kDTypes.end()) {
        return fail(ErrorCode::ParseError, named(entry) + " has the unknown dtype " + inQuotes(entry.dtype));
    }
    const auto size = sizeOf(entry, facts->bits);
    if (!size) {
        return fail(ErrorCode::ParseError, named(entry) + " has a shape that is not a possible number of bytes");
    }
    if (*size != entry.end - entry.begin) {
        return fail(ErrorCode::ParseError, named(entry) + " needs " + std::to_string(*size) +
                                               " bytes, its data_offsets span " +
                                               std::to_string(entry.end - entry.begin));
    }
    TensorView view{facts->dtype, entry.dtype, {}, data.subspan(entry.begin, *size), owner};
    std::transform(entry.shape.begin(), entry.shape.end(), std::back_inserter(view.shape), [](std::uint64_t length) {
        return static_cast<std::int64_t>(length); // below 2^63: the header reader saw to it
    });
    return view;
}

/// The tensors must tile the data: that one rule forbids overlap, gaps and bytes that belong to nobody.
Result<void> checkTiling(const std::vector<SafetensorsEntry>& entries, std::uint64_t dataBytes)
{
    std::vector<std::size_t> order(entries.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
        return std::pair(entries[left].begin, entries[left].end) < std::pair(entries[right].begin, entries[right].end);
    });
    std::uint64_t cursor = 0;
    for (const std::size_t index : order) {
        const SafetensorsEntry& entry = entries[index];
        if (entry.begin != cursor || entry.end < entry.begin || entry.end > dataBytes) {
            return fail(ErrorCode::ParseError, named(entry) + " has data_offsets [" + std::to_string(entry.begin) +
                                                   ", " + std::to_string(entry.end) +
                                                   "], but the next tensor must start at " + std::to_string(cursor) +
                                                   " and end within " + std::to_string(dataBytes) + " bytes");
        }
        cursor = entry.end;
    }
    if (cursor != dataBytes) {
        return fail(ErrorCode::ParseError, "the tensors take " + std::to_string(cursor) +
                                               " bytes, but the file holds " + std::to_string(dataBytes) +
                                               " bytes of data");
    }
    return {};
}

Result<std::uint64_t> headerLength(std::span<const std::byte> bytes, const SafetensorsLimits& limits)
{
    if (bytes.size() < kLengthBytes) {
        return fail(ErrorCode::ParseError, "a safetensors file starts with 8 bytes of length, this one has " +
                                               std::to_string(bytes.size()) + " bytes");
    }
    std::uint64_t length = 0;
    for (std::size_t index = 0; index < kLengthBytes; ++index) {
        length |= std::to_integer<std::uint64_t>(bytes[index]) << 8U * index;
    }
    if (length > limits.maxHeaderBytes) {
        return fail(ErrorCode::LimitExceeded, "the header claims " + std::to_string(length) + " bytes (limit " +
                                                  std::to_string(limits.maxHeaderBytes) + ")");
    }
    if (length > bytes.size() - kLengthBytes) {
        return fail(ErrorCode::ParseError, "the header claims " + std::to_string(length) + " bytes, the file holds " +
                                               std::to_string(bytes.size() - kLengthBytes) +
                                               " after the length: it may be truncated");
    }
    return length;
}

} // namespace

Result<Safetensors> parseSafetensors(std::span<const std::byte> bytes,
                                     const std::shared_ptr<const void>& owner,
                                     const SafetensorsLimits& limits)
{
    const auto length = headerLength(bytes, limits);
    if (!length) {
        return fail(length.error());
    }
    const auto text = bytes.subspan(kLengthBytes, *length);
    auto header = parseSafetensorsHeader({reinterpret_cast<const char*>(text.data()), text.size()}, limits);
    if (!header) {
        return fail(header.error());
    }
    const auto data = bytes.subspan(kLengthBytes + *length);
    if (const auto tiled = checkTiling(header->entries, data.size()); !tiled) {
        return fail(tiled.error());
    }
    Safetensors file{{}, std::move(header->metadata)};
    for (const SafetensorsEntry& entry : header->entries) {
        auto view = viewOf(entry, data, owner);
        if (!view) {
            return fail(view.error());
        }
        file.tensors.emplace(entry.name, std::move(*view));
    }
    return file;
}

Result<Safetensors> openSafetensors(const std::filesystem::path& path, const SafetensorsLimits& limits)
{
    const auto opened = MappedFile::open(path);
    if (!opened) {
        return fail(opened.error());
    }
    const auto mapped = std::make_shared<const MappedFile>(*opened);
    auto file = parseSafetensors(mapped->bytes(), mapped, limits);
    if (!file) {
        return fail(file.error().code, path.string() + ": " + file.error().message);
    }
    for (auto& [name, tensor] : file->tensors) {
        tensor.mappedIn = mapped;
    }
    return file;
}

} // namespace modscope
