#include "core/nn/engine/library.h"

#include "core/nn/engine/guarded.h"
#include "core/nn/engine/plain_engine.h"

#include <ATen/Version.h>
#include <torch/headeronly/version.h>

#include <thread>

namespace modscope::nn {
namespace {

class Library final : public EngineLibrary {
public:
    [[nodiscard]] EngineDiagnosis diagnose() const override
    {
        EngineDiagnosis diagnosis;
        diagnosis.torchVersion = TORCH_VERSION;
        diagnosis.threads = static_cast<int>(std::thread::hardware_concurrency());
        return diagnosis;
    }

    [[nodiscard]] Result<std::unique_ptr<Engine>> open(const Checkpoint& checkpoint,
                                                       const EngineOptions& /*options*/) const override
    {
        return guarded([&] { return makePlainEngine(checkpoint); });
    }
};

} // namespace
} // namespace modscope::nn

const modscope::EngineLibrary* modscopeEngineLibrary(int interfaceVersion)
{
    static const modscope::nn::Library library;
    return interfaceVersion == modscope::kEngineInterfaceVersion ? &library : nullptr;
}
