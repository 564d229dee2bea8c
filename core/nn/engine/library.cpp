#include "core/nn/engine/library.h"

#include "core/nn/engine/cuda_opening.h"
#include "core/nn/engine/gpu_engine.h"
#include "core/nn/engine/guarded.h"
#include "core/nn/engine/packed_engine.h"
#include "core/nn/engine/plain_engine.h"
#include "core/nn/kernels/cpu_features.h"

#include <torch/headeronly/version.h>

#include <algorithm>
#include <sys/sysinfo.h>
#include <thread>

namespace modscope::nn {
namespace {

DeviceFacts cpuDevice()
{
    DeviceFacts device{.id = "cpu", .name = cpuName()};
    struct sysinfo system {};
    if (sysinfo(&system) == 0) {
        device.memoryBytes = std::uint64_t{system.totalram} * system.mem_unit;
        device.freeBytes = std::uint64_t{system.freeram + system.bufferram} * system.mem_unit;
    }
    return device;
}

/// Whether layers are wide enough to be bound by their products; below, shorter types gain nothing.
bool isWide(const EncoderConfig& encoder)
{
    constexpr int kWide = 384;
    return std::max(encoder.text.transformer.width, encoder.vision.transformer.width) >= kWide;
}

bool bf16Pays(const EncoderConfig& encoder)
{
    return (cpuFeatures().avx512Bf16 || cpuFeatures().amxBf16) && isWide(encoder);
}

Arithmetic arithmeticFor(Precision precision, const EncoderConfig& encoder)
{
    switch (precision) {
    case Precision::Auto:
        return bf16Pays(encoder) ? Arithmetic::Bf16 : Arithmetic::Fp32;
    case Precision::Fp32:
        return Arithmetic::Fp32;
    case Precision::Bf16:
        return Arithmetic::Bf16;
    case Precision::Int8:
        return Arithmetic::Int8;
    case Precision::Fp16:
        break;
    }
    throw EngineError(ErrorCode::Unsupported, "fp16 is for GPUs; on the CPU choose fp32, bf16 or int8");
}

std::unique_ptr<Engine> openOnCpu(const Checkpoint& checkpoint, const EngineOptions& options)
{
    if (!options.plain) {
        return makePackedEngine(checkpoint, arithmeticFor(options.precision, checkpoint.info.encoder));
    }
    if (options.precision != Precision::Auto && options.precision != Precision::Fp32) {
        throw EngineError(ErrorCode::InvalidArgument, "the plain path computes in fp32 only");
    }
    return makePlainEngine(checkpoint);
}

at::ScalarType gpuType(Precision precision, int index, const EncoderConfig& encoder)
{
    const bool bf16 = (*cudaLibrary())->multipliesBf16(index);
    switch (precision) {
    case Precision::Auto:
        return !isWide(encoder) ? at::kFloat : bf16 ? at::kBFloat16 : at::kHalf;
    case Precision::Fp32:
        return at::kFloat;
    case Precision::Bf16:
        return at::kBFloat16;
    case Precision::Fp16:
        return at::kHalf;
    case Precision::Int8:
        break;
    }
    throw EngineError(ErrorCode::Unsupported, "int8 is for CPUs; on a GPU choose fp32, bf16 or fp16");
}

/// @param device  "cuda" (the first GPU) or "cuda:N"
std::unique_ptr<Engine> openOnGpu(const Checkpoint& checkpoint, const EngineOptions& options)
{
    const auto gpus = cudaDevices();
    if (!gpus) {
        throw EngineError(gpus.error());
    }
    const std::string id = options.device.find(':') == std::string::npos ? "cuda:0" : options.device;
    for (std::size_t index = 0; index < gpus->size(); ++index) {
        if ((*gpus)[index].id == id) {
            const auto number = static_cast<int>(index);
            const at::ScalarType type = gpuType(options.precision, number, checkpoint.info.encoder);
            return makeGpuEngine(checkpoint, (*gpus)[index], number, type);
        }
    }
    throw EngineError(ErrorCode::Unavailable,
                      "there is no device '" + id + "'; this machine has " + std::to_string(gpus->size()) + " GPUs");
}

std::unique_ptr<Engine> openAnywhere(const Checkpoint& checkpoint, EngineOptions options)
{
    if (options.device == "auto") {
        const auto gpus = cudaDevices();
        const bool cpuOnly = options.plain || options.precision == Precision::Int8;
        options.device = gpus && !gpus->empty() && !cpuOnly ? "cuda" : "cpu";
    }
    if (options.device == "cpu") {
        return openOnCpu(checkpoint, options);
    }
    if (options.device != "cuda" && !options.device.starts_with("cuda:")) {
        throw EngineError(ErrorCode::InvalidArgument,
                          "device '" + options.device + "' is unknown; expected auto, cpu, cuda or cuda:N");
    }
    if (options.plain) {
        throw EngineError(ErrorCode::Unsupported, "the plain path runs on the CPU only");
    }
    return openOnGpu(checkpoint, options);
}

class Library final : public EngineLibrary {
public:
    Library() { (void)cudaLibrary(); } // before torch is asked anything

    [[nodiscard]] EngineDiagnosis diagnose() const override
    {
        EngineDiagnosis diagnosis;
        diagnosis.torchVersion = TORCH_VERSION;
        diagnosis.instructionSets = describe(cpuFeatures());
        diagnosis.threads = static_cast<int>(std::max(std::thread::hardware_concurrency(), 1U));
        diagnosis.devices.push_back(cpuDevice());
        if (const auto gpus = cudaDevices()) {
            diagnosis.devices.insert(diagnosis.devices.end(), gpus->begin(), gpus->end());
        } else {
            diagnosis.cudaMessage = gpus.error().message;
        }
        return diagnosis;
    }

    [[nodiscard]] Result<std::unique_ptr<Engine>> open(const Checkpoint& checkpoint,
                                                       const EngineOptions& options) const override
    {
        return guarded([&] { return openAnywhere(checkpoint, options); });
    }
};

} // namespace

const EngineLibrary& library()
{
    static const Library instance;
    return instance;
}

} // namespace modscope::nn
