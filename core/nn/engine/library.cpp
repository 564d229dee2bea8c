#include "core/nn/engine/library.h"

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

/// bfloat16 pays where the processor multiplies it and the layers are wide enough to be bound by their products.
bool bf16Pays(const EncoderConfig& encoder)
{
    constexpr int kWideEnough = 384;
    const int width = std::max(encoder.text.transformer.width, encoder.vision.transformer.width);
    return (cpuFeatures().avx512Bf16 || cpuFeatures().amxBf16) && width >= kWideEnough;
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

class Library final : public EngineLibrary {
public:
    [[nodiscard]] EngineDiagnosis diagnose() const override
    {
        EngineDiagnosis diagnosis;
        diagnosis.torchVersion = TORCH_VERSION;
        diagnosis.instructionSets = describe(cpuFeatures());
        diagnosis.threads = static_cast<int>(std::max(std::thread::hardware_concurrency(), 1U));
        diagnosis.devices.push_back(cpuDevice());
        return diagnosis;
    }

    [[nodiscard]] Result<std::unique_ptr<Engine>> open(const Checkpoint& checkpoint,
                                                       const EngineOptions& options) const override
    {
        return guarded([&] {
            if (options.device != "auto" && options.device != "cpu") {
                throw EngineError(ErrorCode::InvalidArgument,
                                  "device '" + options.device + "' is unknown; expected auto or cpu");
            }
            return openOnCpu(checkpoint, options);
        });
    }
};

} // namespace

const EngineLibrary& library()
{
    static const Library instance;
    return instance;
}

} // namespace modscope::nn
