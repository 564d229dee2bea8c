#pragma once

#include "core/nn/kernels/panel_kernels.h"

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace modscope::nn {

/// How linear layers compute: the type of the rows that flow through them and of their weights.
enum class Arithmetic {
    Fp32, ///< float32 rows and weights
    Bf16, ///< bfloat16 rows and weights, float32 sums
    Int8, ///< bfloat16 rows, quantised one by one on the fly; int8 weights with a scale for each output; int32 sums
};

[[nodiscard]] std::string name(Arithmetic arithmetic); ///< "fp32", "bf16", "int8"

/// The type of the rows between layers.
[[nodiscard]] at::ScalarType rowType(Arithmetic arithmetic);

/// act(x Wᵀ + b) with weights in the layout that its kernel likes best: packed once, held once.
/// Threads: const; the team is the calling thread's (useTeam).
class Linear {
public:
    virtual ~Linear() = default;

    /// @param rows  [R, K] of rowType, contiguous. @return [R, N] of rowType
    [[nodiscard]] virtual at::Tensor operator()(const at::Tensor& rows) const = 0;
    [[nodiscard]] virtual std::uint64_t bytes() const = 0;
    [[nodiscard]] virtual std::string_view tier() const = 0; ///< whose kernel computes it
};

/// Chooses the best tier at hand. @param weight float32 [N, K]; bias float32 [N]
/// Throws EngineError (Unavailable) for int8 on a processor without AVX512-BF16 and VNNI.
[[nodiscard]] std::unique_ptr<const Linear> makeLinear(const at::Tensor& weight,
                                                       const at::Tensor& bias,
                                                       Epilogue epilogue,
                                                       Arithmetic arithmetic);

/// The tier that makeLinear chooses, for people: "AVX512-BF16", "VNNI", "oneDNN", "ATen".
[[nodiscard]] std::string linearTier(Arithmetic arithmetic);

/// The tiers by themselves, to compare them. Null where the machine, libtorch or the arithmetic does not allow it.
[[nodiscard]] std::unique_ptr<const Linear> makePanelLinear(const at::Tensor& weight,
                                                            const at::Tensor& bias,
                                                            Epilogue epilogue,
                                                            Arithmetic arithmetic);
[[nodiscard]] std::unique_ptr<const Linear> makeOneDnnLinear(const at::Tensor& weight,
                                                             const at::Tensor& bias,
                                                             Epilogue epilogue,
                                                             Arithmetic arithmetic);
[[nodiscard]] std::unique_ptr<const Linear> makeAtenLinear(const at::Tensor& weight,
                                                           const at::Tensor& bias,
                                                           Epilogue epilogue,
                                                           Arithmetic arithmetic);

} // namespace modscope::nn
