#pragma once

#include "core/base/error.h"
#include "core/checkpoint/checkpoint.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

// The torch-free face of modscope_engine, the module that holds all torch code and is opened at first need.

namespace modscope {

enum class Precision { Auto, Fp32, Bf16, Fp16, Int8 };

struct EngineOptions {
    std::string device = "auto"; ///< auto, cpu, cuda, cuda:N
    Precision precision = Precision::Auto;
    bool plain = false; ///< the path that follows the reference operation by operation, fp32: for parity
};

/// What was chosen, for people to read.
struct EngineFacts {
    std::string device;    ///< "CPU", "NVIDIA H200 (cuda:0)"
    std::string precision; ///< "fp32", "bf16", "int8"
    std::string kernels;   ///< "AVX-512 BF16, oneDNN" …
    bool plain = false;
    std::uint64_t weightBytes = 0; ///< held in memory

    bool operator==(const EngineFacts&) const = default;
};

/// float32 rows in host memory.
struct Matrix {
    std::size_t rows = 0;
    std::size_t columns = 0;
    std::vector<float> values; ///< rows * columns, row-major

    [[nodiscard]] std::span<const float> row(std::size_t index) const
    {
        return std::span(values).subspan(index * columns, columns);
    }
    bool operator==(const Matrix&) const = default;
};

/// Which modalities an item has; an absent one never reaches its encoder, its feature row is zero.
struct Presence {
    bool text = false;
    bool image = false;
    bool operator==(const Presence&) const = default;
};

/// A model in memory. Shapes: B items, D feature width, C labels.
/// Threads: const; several threads at once, sharing the weights. `threads` is the team of that one call.
class Engine {
public:
    virtual ~Engine() = default;
    [[nodiscard]] virtual const EngineFacts& facts() const = 0;

    /// @return text features [B, D], not normalised
    [[nodiscard]] virtual Result<Matrix> encodeText(std::span<const TokenIds> texts, int threads) const = 0;

    /// @param squares  RGB8 of side x side x 3 each (ImageProcessor::toSquare)
    /// @return image features [B, D], not normalised
    [[nodiscard]] virtual Result<Matrix> encodeImages(std::span<const std::span<const std::uint8_t>> squares,
                                                      int threads) const = 0;

    /// @return logits [B, C]
    [[nodiscard]] virtual Result<Matrix> classify(const Matrix& text,
                                                  const Matrix& image,
                                                  std::span<const Presence> present,
                                                  int threads) const = 0;
};

/// A compute device as `doctor` and the settings list it.
struct DeviceFacts {
    std::string id;   ///< "cpu", "cuda:0"
    std::string name; ///< "AMD EPYC", "NVIDIA H200"
    std::uint64_t memoryBytes = 0;
    std::uint64_t freeBytes = 0;
};

struct EngineDiagnosis {
    std::string torchVersion;
    std::string instructionSets; ///< "AVX2, AVX-512, AVX512-BF16, VNNI"
    int threads = 1;
    std::vector<DeviceFacts> devices;
    std::string cudaMessage; ///< one sentence: why there is no GPU, or empty
};

/// The module's only exported object.
class EngineLibrary {
public:
    virtual ~EngineLibrary() = default;
    [[nodiscard]] virtual EngineDiagnosis diagnose() const = 0;
    /// Weights are converted while the checkpoint's tensors are alive; afterwards the files are no longer needed.
    [[nodiscard]] virtual Result<std::unique_ptr<Engine>> open(const Checkpoint& checkpoint,
                                                               const EngineOptions& options) const = 0;
};

inline constexpr int kEngineInterfaceVersion = 2;

/// Opens modscope_engine (once a process): beside the program in ../lib/modscope, or where $MODSCOPE_ENGINE points.
/// Sets OpenMP's waiting to passive first, and opens CUDA before torch answers its first question.
/// Errors: Unavailable with the loader's reason. Threads: any.
[[nodiscard]] Result<const EngineLibrary*> engineLibrary();

} // namespace modscope
