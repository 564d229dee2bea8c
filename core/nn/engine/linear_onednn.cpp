#include "core/nn/engine/linear.h"

#include <ATen/core/List.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/relu.h>

#include <optional>
#include <string_view>

// oneDNN inside libtorch is reached through two of its operators: its own C interface is not exported.

namespace modscope::nn {
namespace {

using at::Tensor;
using PostOpScalars = c10::List<std::optional<at::Scalar>>;
using Reorder = Tensor(const Tensor&, std::optional<std::int64_t>);
using Pointwise = Tensor(const Tensor&,
                         const Tensor&,
                         const std::optional<Tensor>&,
                         std::string_view,
                         PostOpScalars,
                         std::optional<std::string_view>);

struct Operators {
    c10::TypedOperatorHandle<Reorder> reorder;
    c10::TypedOperatorHandle<Pointwise> pointwise;
};

/// Looked up once; empty where libtorch was built without oneDNN.
const std::optional<Operators>& operators()
{
    static const std::optional<Operators> found = []() -> std::optional<Operators> {
        const auto reorder = c10::Dispatcher::singleton().findSchema({"mkldnn::_reorder_linear_weight", ""});
        const auto pointwise = c10::Dispatcher::singleton().findSchema({"mkldnn::_linear_pointwise", ""});
        if (!reorder || !pointwise) {
            return std::nullopt;
        }
        return Operators{reorder->typed<Reorder>(), pointwise->typed<Pointwise>()};
    }();
    return found;
}

std::string_view attribute(Epilogue epilogue)
{
    switch (epilogue) {
    case Epilogue::None:
        return "none";
    case Epilogue::Silu:
        return "swish";
    case Epilogue::Gelu:
    case Epilogue::GeluTanh:
        return "gelu";
    case Epilogue::Relu:
        return "relu";
    }
    return "none";
}

class OneDnnLinear final : public Linear {
public:
    OneDnnLinear(const Tensor& weight, const Tensor& bias, Epilogue epilogue, at::ScalarType type)
        // packed for 16 rows is as fast at 1,600
        : m_weight(operators()->reorder.call(weight.to(type), 16)), m_bias(bias.to(type)),
          m_attribute(attribute(epilogue)), m_algorithm(epilogue == Epilogue::Gelu ? "none" : "tanh"),
          m_bytes(static_cast<std::uint64_t>(weight.numel() + bias.numel()) * c10::elementSize(type))
    {}

    [[nodiscard]] Tensor operator()(const Tensor& rows) const override
    {
        return operators()->pointwise.call(rows, m_weight, m_bias, m_attribute, PostOpScalars(), m_algorithm);
    }
    [[nodiscard]] std::uint64_t bytes() const override { return m_bytes; }
    [[nodiscard]] std::string_view tier() const override { return "oneDNN"; }

private:
    Tensor m_weight;
    Tensor m_bias;
    std::string_view m_attribute;
    std::string_view m_algorithm;
    std::uint64_t m_bytes;
};

} // namespace

std::unique_ptr<const Linear> makeOneDnnLinear(const Tensor& weight,
                                               const Tensor& bias,
                                               Epilogue epilogue,
                                               Arithmetic arithmetic)
{
    if (!operators() || arithmetic == Arithmetic::Int8) {
        return nullptr;
    }
    return std::make_unique<OneDnnLinear>(weight, bias, epilogue, rowType(arithmetic));
}

} // namespace modscope::nn
