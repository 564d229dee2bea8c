#include "core/nn/engine/linear.h"

#include "core/nn/kernels/cpu_features.h"
#include "core/nn/modules/engine_error.h"

#include <ATen/ops/gelu.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/silu.h>
#include <ATen/ops/zeros.h>

namespace modscope::nn {
namespace {

at::Tensor applied(const at::Tensor& rows, Epilogue epilogue)
{
    switch (epilogue) {
    case Epilogue::None:
        return rows;
    case Epilogue::Silu:
        return at::silu(rows);
    case Epilogue::Gelu:
        return at::gelu(rows, "none");
    case Epilogue::GeluTanh:
        return at::gelu(rows, "tanh");
    case Epilogue::Relu:
        return at::relu(rows);
    }
    return rows;
}

class AtenLinear final : public Linear {
public:
    AtenLinear(const at::Tensor& weight, const at::Tensor& bias, Epilogue epilogue, at::ScalarType type)
        : m_weight(weight.to(type)), m_bias(bias.to(type)), m_epilogue(epilogue)
    {}

    [[nodiscard]] at::Tensor operator()(const at::Tensor& rows) const override
    {
        return applied(at::linear(rows, m_weight, m_bias), m_epilogue);
    }
    [[nodiscard]] std::uint64_t bytes() const override { return m_weight.nbytes() + m_bias.nbytes(); }
    [[nodiscard]] std::string_view tier() const override { return "ATen"; }

private:
    at::Tensor m_weight;
    at::Tensor m_bias;
    Epilogue m_epilogue;
};

} // namespace

std::string name(Arithmetic arithmetic)
{
    switch (arithmetic) {
    case Arithmetic::Fp32:
        return "fp32";
    case Arithmetic::Bf16:
        return "bf16";
    case Arithmetic::Int8:
        return "int8";
    }
    return {};
}

at::ScalarType rowType(Arithmetic arithmetic)
{
    return arithmetic == Arithmetic::Fp32 ? at::kFloat : at::kBFloat16;
}

std::unique_ptr<const Linear> makeAtenLinear(const at::Tensor& weight,
                                             const at::Tensor& bias,
                                             Epilogue epilogue,
                                             Arithmetic arithmetic)
{
    if (arithmetic == Arithmetic::Int8) {
        return nullptr;
    }
    return std::make_unique<AtenLinear>(weight, bias, epilogue, rowType(arithmetic));
}

std::unique_ptr<const Linear> makeLinear(const at::Tensor& weight,
                                         const at::Tensor& bias,
                                         Epilogue epilogue,
                                         Arithmetic arithmetic)
{
    // where there are matrix tiles oneDNN uses them, and they beat our vectors
    if (arithmetic == Arithmetic::Int8 || !cpuFeatures().amxBf16) {
        if (auto panels = makePanelLinear(weight, bias, epilogue, arithmetic)) {
            return panels;
        }
    }
    if (arithmetic == Arithmetic::Int8) {
        throw EngineError(ErrorCode::Unavailable,
                          "int8 needs a processor with AVX512-BF16 and VNNI; this one has " + describe(cpuFeatures()));
    }
    if (auto packed = makeOneDnnLinear(weight, bias, epilogue, arithmetic)) {
        return packed;
    }
    return makeAtenLinear(weight, bias, epilogue, arithmetic);
}

std::string linearTier(Arithmetic arithmetic)
{
    const at::Tensor weight = at::zeros({1, 2}, at::kFloat);
    return std::string(makeLinear(weight, at::zeros({1}, at::kFloat), Epilogue::None, arithmetic)->tier());
}

} // namespace modscope::nn
