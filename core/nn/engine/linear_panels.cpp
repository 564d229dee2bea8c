#include "core/nn/engine/linear.h"
#include "core/nn/kernels/cpu_features.h"
#include "core/nn/kernels/panel_kernels.h"
#include "core/nn/kernels/parallel.h"

#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/zeros.h>
#include <ATen/ops/zeros_like.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

// Linear layers on our own kernels: weights in panels of 64 outputs, read once for all rows of a call.

namespace modscope::nn {
namespace {

constexpr std::int64_t kRowChunk = 192; // rows times one panel: the work of a thread, within its second-level cache

std::int64_t panelsOf(std::int64_t outputs)
{
    return (outputs + kPanelColumns - 1) / kPanelColumns;
}

/// Panels of `Element`s, kGroup of them side by side for each output: [panels][groups][64][kGroup].
template <typename Element, typename Convert>
at::Tensor packPanels(const at::Tensor& weight, std::int64_t group, at::ScalarType type, const Convert& convert)
{
    const std::int64_t outputs = weight.size(0);
    const std::int64_t inputs = weight.size(1);
    const std::int64_t groups = (inputs + group - 1) / group;
    at::Tensor packed = at::zeros({panelsOf(outputs), groups, kPanelColumns, group}, type);
    auto* out = static_cast<Element*>(packed.mutable_data_ptr());
    const at::Tensor source = weight.contiguous();
    const auto* from = source.const_data_ptr<float>();
    for (std::int64_t output = 0; output < outputs; ++output) {
        Element* column = out + (output / kPanelColumns * groups * kPanelColumns + output % kPanelColumns) * group;
        for (std::int64_t input = 0; input < inputs; ++input) {
            column[input / group * kPanelColumns * group + input % group] =
                convert(from[output * inputs + input], output);
        }
    }
    return packed;
}

at::Tensor paddedToPanels(const at::Tensor& values)
{
    at::Tensor padded = at::zeros({panelsOf(values.size(0)) * kPanelColumns}, at::kFloat);
    padded.narrow(0, 0, values.size(0)).copy_(values);
    return padded;
}

BFloat16Bits toBf16(float value)
{
    std::uint32_t bits = 0;
    std::memcpy(&bits, &value, sizeof(bits));
    return static_cast<BFloat16Bits>((bits + 0x7FFFU + ((bits >> 16U) & 1U)) >> 16U);
}

/// Runs the kernel over panels and chunks of rows on the calling thread's team. `task` holds what all share.
template <typename Kernel>
void overPanels(const PanelTask& task, std::int64_t rows, std::int64_t outputs, const Kernel& kernel)
{
    const std::int64_t chunks = (rows + kRowChunk - 1) / kRowChunk;
    const std::int64_t panelBytes = task.groups * kPanelColumns * 4;
    parallelFor(at::get_num_threads(), panelsOf(outputs) * chunks, [&](std::ptrdiff_t index, int) {
        const std::int64_t panel = index / chunks; // panel by panel: the team reads the same weights at the same time
        const std::int64_t first = index % chunks * kRowChunk;
        const std::int64_t column = panel * kPanelColumns;
        PanelTask own = task;
        own.rows += first * task.rowBytes;
        own.count = std::min(kRowChunk, rows - first);
        own.panel += panel * panelBytes;
        own.bias += column;
        own.out += first * task.outStride + column;
        own.columns = std::min<std::int64_t>(kPanelColumns, outputs - column);
        if (task.columnScale != nullptr) {
            own.columnScale += column;
            own.zeroPoint += column;
            own.rowScale += first;
        }
        kernel(own);
    });
}

BFloat16Bits* bitsOf(const at::Tensor& rows)
{
    return static_cast<BFloat16Bits*>(rows.mutable_data_ptr());
}

class Bf16Panels final : public Linear {
public:
    Bf16Panels(const at::Tensor& weight, const at::Tensor& bias, Epilogue epilogue)
        : m_outputs(weight.size(0)), m_epilogue(epilogue), m_bias(paddedToPanels(bias)),
          m_panels(packPanels<BFloat16Bits>(
              weight, 2, at::kBFloat16, [](float value, std::int64_t) { return toBf16(value); }))
    {}

    [[nodiscard]] at::Tensor operator()(const at::Tensor& rows) const override
    {
        at::Tensor out = at::empty({rows.size(0), m_outputs}, at::kBFloat16);
        PanelTask task;
        task.rows = reinterpret_cast<const std::byte*>(bitsOf(rows));
        task.rowBytes = rows.size(1) * 2;
        task.panel = static_cast<const std::byte*>(m_panels.const_data_ptr());
        task.groups = m_panels.size(1);
        task.bias = m_bias.const_data_ptr<float>();
        task.out = bitsOf(out);
        task.outStride = m_outputs;
        task.epilogue = m_epilogue;
        overPanels(task, rows.size(0), m_outputs, multiplyPanelBf16);
        return out;
    }
    [[nodiscard]] std::uint64_t bytes() const override { return m_panels.nbytes() + m_bias.nbytes(); }
    [[nodiscard]] std::string_view tier() const override { return "AVX512-BF16"; }

private:
    std::int64_t m_outputs;
    Epilogue m_epilogue;
    at::Tensor m_bias;   ///< float32, padded to whole panels
    at::Tensor m_panels; ///< bfloat16 [panels, K / 2, 64, 2]
};

class Int8Panels final : public Linear {
public:
    Int8Panels(const at::Tensor& weight, const at::Tensor& bias, Epilogue epilogue)
        : m_outputs(weight.size(0)), m_epilogue(epilogue), m_bias(paddedToPanels(bias))
    {
        const at::Tensor scale = weight.abs().amax(1).clamp_min(1e-12).div(127.0);
        m_scale = paddedToPanels(scale);
        m_zeroPoint = at::zeros_like(m_scale);
        const auto* scales = scale.const_data_ptr<float>();
        auto* zero = m_zeroPoint.mutable_data_ptr<float>();
        m_panels = packPanels<std::int8_t>(weight, 4, at::kChar, [&](float value, std::int64_t output) {
            const auto quantised = static_cast<std::int8_t>(std::lround(value / scales[output]));
            zero[output] += 128.0F * static_cast<float>(quantised);
            return quantised;
        });
    }

    [[nodiscard]] at::Tensor operator()(const at::Tensor& rows) const override
    {
        const std::int64_t count = rows.size(0);
        const std::int64_t padded = m_panels.size(1) * 4;
        const at::Tensor bytes = at::empty({count, padded}, at::kByte);
        const at::Tensor scales = at::empty({count}, at::kFloat);
        auto* quantised = bytes.mutable_data_ptr<std::uint8_t>();
        auto* rowScales = scales.mutable_data_ptr<float>();
        const BFloat16Bits* from = bitsOf(rows);
        constexpr std::int64_t kRows = 16;
        parallelFor(at::get_num_threads(), (count + kRows - 1) / kRows, [&](std::ptrdiff_t chunk, int) {
            for (std::int64_t row = chunk * kRows; row < std::min(count, (chunk + 1) * kRows); ++row) {
                rowScales[row] = quantiseRow(from + row * rows.size(1), rows.size(1), padded, quantised + row * padded);
            }
        });
        return multiplied(bytes, scales);
    }
    [[nodiscard]] std::uint64_t bytes() const override
    {
        return m_panels.nbytes() + m_bias.nbytes() + m_scale.nbytes() + m_zeroPoint.nbytes();
    }
    [[nodiscard]] std::string_view tier() const override { return "VNNI"; }

private:
    [[nodiscard]] at::Tensor multiplied(const at::Tensor& bytes, const at::Tensor& scales) const
    {
        at::Tensor out = at::empty({bytes.size(0), m_outputs}, at::kBFloat16);
        PanelTask task;
        task.rows = static_cast<const std::byte*>(bytes.const_data_ptr());
        task.rowBytes = bytes.size(1);
        task.panel = static_cast<const std::byte*>(m_panels.const_data_ptr());
        task.groups = m_panels.size(1);
        task.bias = m_bias.const_data_ptr<float>();
        task.columnScale = m_scale.const_data_ptr<float>();
        task.zeroPoint = m_zeroPoint.const_data_ptr<float>();
        task.rowScale = scales.const_data_ptr<float>();
        task.out = bitsOf(out);
        task.outStride = m_outputs;
        task.epilogue = m_epilogue;
        overPanels(task, bytes.size(0), m_outputs, multiplyPanelInt8);
        return out;
    }

    std::int64_t m_outputs;
    Epilogue m_epilogue;
    at::Tensor m_bias;      ///< float32, padded to whole panels, as the next two
    at::Tensor m_scale;     ///< of each output's weights
    at::Tensor m_zeroPoint; ///< 128 times the sum of each output's quantised weights
    at::Tensor m_panels;    ///< int8 [panels, K / 4, 64, 4]
};

} // namespace

std::unique_ptr<const Linear> makePanelLinear(const at::Tensor& weight,
                                              const at::Tensor& bias,
                                              Epilogue epilogue,
                                              Arithmetic arithmetic)
{
    const CpuFeatures& cpu = cpuFeatures();
    if (arithmetic == Arithmetic::Int8 && cpu.avx512Bf16 && cpu.avx512Vnni) {
        return std::make_unique<Int8Panels>(weight, bias, epilogue);
    }
    const bool wholePairs = weight.size(1) % 2 == 0; // rows are read four bytes at a time
    if (arithmetic == Arithmetic::Bf16 && cpu.avx512Bf16 && wholePairs) {
        return std::make_unique<Bf16Panels>(weight, bias, epilogue);
    }
    return nullptr;
}

} // namespace modscope::nn
