#pragma once

#include "core/base/error.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace modscope {

class MappedFile;

enum class DType { F64, F32, F16, BF16, I64, I32, I16, I8, U8, Bool, Other };

/// A tensor inside a file: bytes little-endian, row-major, possibly unaligned.
struct TensorView {
    DType dtype = DType::F32;
    std::string dtypeName; ///< as the file spells it
    std::vector<std::int64_t> shape;
    std::span<const std::byte> bytes;
    std::shared_ptr<const void> owner; ///< keeps the bytes alive
    std::shared_ptr<const MappedFile> mappedIn =
        {}; ///< the file that the bytes are mapped from; null when they are not

    [[nodiscard]] std::int64_t elements() const;
};

/// Values widened to float32. Errors: Unsupported for a dtype that is not a number we convert, naming it.
[[nodiscard]] Result<std::vector<float>> toFloat32(const TensorView& tensor, std::string_view name);

/// Gives back the memory that reading a mapped tensor took (MappedFile::release): call it when the values were used.
void releaseMemory(const TensorView& tensor);

/// "[2, 3]"
[[nodiscard]] std::string shapeText(std::span<const std::int64_t> shape);

using TensorMap = std::map<std::string, TensorView, std::less<>>;

struct SafetensorsLimits {
    std::uint64_t maxHeaderBytes = 100'000'000;
    std::size_t maxTensors = 100'000;
    std::size_t maxRank = 8;
    std::size_t maxNameBytes = 1024;
};

struct Safetensors {
    TensorMap tensors;
    std::map<std::string, std::string, std::less<>> metadata;
};

/// Parses a whole file held in memory (or mapped); `owner` keeps it alive in the views. Checks every rule of the format
/// and more (docs/formats.md): duplicate keys, overlaps, gaps, overflow, trailing bytes. Sizes are checked before
/// allocation.
[[nodiscard]] Result<Safetensors> parseSafetensors(std::span<const std::byte> bytes,
                                                   const std::shared_ptr<const void>& owner,
                                                   const SafetensorsLimits& limits = {});
/// Maps a file; messages name it.
[[nodiscard]] Result<Safetensors> openSafetensors(const std::filesystem::path& path,
                                                  const SafetensorsLimits& limits = {});
/// One file, or the shards of a model.safetensors.index.json beside it.
[[nodiscard]] Result<TensorMap> openTensorDirectory(const std::filesystem::path& directory);

} // namespace modscope
