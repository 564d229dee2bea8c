#include "core/nn/engine/rows.h"

#include "core/nn/kernels/parallel.h"

#include <ATen/ops/empty.h>

#include <algorithm>

namespace modscope::nn {
namespace {

template <typename T>
const RowKernels<T>& kernels()
{
    if constexpr (std::is_same_v<T, float>) {
        return rowKernels().fp32;
    } else {
        return rowKernels().bf16;
    }
}

template <typename T>
T* rowPointer(const at::Tensor& rows, std::int64_t row)
{
    return static_cast<T*>(rows.mutable_data_ptr()) + row * rows.stride(0);
}

template <typename T>
void addNormaliseAs(at::Tensor& x, const at::Tensor& y, float eps, at::Tensor& out, int threads)
{
    constexpr std::int64_t kRows = 32; // a chunk: enough work for one thread to be woken up
    const std::int64_t rows = x.size(0);
    const std::int64_t width = x.size(1);
    parallelFor(threads, (rows + kRows - 1) / kRows, [&](std::ptrdiff_t chunk, int) {
        const std::int64_t first = chunk * kRows;
        kernels<T>().addNormalise(rowPointer<float>(x, first), y.defined() ? rowPointer<T>(y, first) : nullptr,
                                  std::min(kRows, rows - first), width, eps, rowPointer<T>(out, first));
    });
}

template <typename T>
AttentionTask<T> taskOf(const AttentionInput& input,
                        const Sequence& sequence,
                        std::int64_t item,
                        std::int64_t head,
                        const at::Tensor& out,
                        bool oneQuery)
{
    const std::int64_t headDim = input.key.size(1) / input.heads;
    const std::int64_t offset = head * headDim;
    const std::int64_t queryRow = oneQuery ? item : sequence.begin;
    AttentionTask<T> task;
    task.query = rowPointer<T>(input.query, queryRow) + offset;
    task.key = rowPointer<T>(input.key, sequence.begin) + offset;
    task.value = rowPointer<T>(input.value, sequence.begin) + offset;
    task.out = rowPointer<T>(out, queryRow) + offset;
    task.queryStride = input.query.stride(0);
    task.keyStride = input.key.stride(0);
    task.valueStride = input.value.stride(0);
    task.outStride = out.stride(0);
    task.queries = oneQuery ? 1 : sequence.rows;
    task.keys = sequence.keys;
    task.headDim = headDim;
    task.causal = input.causal;
    return task;
}

template <typename T>
void attendAs(const AttentionInput& input, const std::vector<Sequence>& sequences, at::Tensor& out, int threads)
{
    std::int64_t longest = 0;
    std::int64_t allRows = 0;
    for (const Sequence& sequence : sequences) {
        longest = std::max(longest, sequence.keys);
        allRows += sequence.rows;
    }
    const auto items = static_cast<std::int64_t>(sequences.size());
    const bool oneQuery = input.query.size(0) == items && allRows != items;
    const auto space = static_cast<std::int64_t>(attentionScratch(longest, input.key.size(1) / input.heads));
    const at::Tensor scratch =
        at::empty({threads, (space + 15) / 16 * 16}, at::kFloat); // whole vectors: rows stay aligned
    parallelFor(threads, items * input.heads, [&](std::ptrdiff_t index, int thread) {
        const std::int64_t item = index / input.heads;
        const Sequence& sequence = sequences[static_cast<std::size_t>(item)];
        const auto task = taskOf<T>(input, sequence, item, index % input.heads, out, oneQuery);
        kernels<T>().attend(task, rowPointer<float>(scratch, thread));
    });
}

} // namespace

at::Tensor addNormalise(at::Tensor& x, const at::Tensor& y, float eps, at::ScalarType type, int threads)
{
    at::Tensor out = at::empty(x.sizes(), type);
    if (type == at::kFloat) {
        addNormaliseAs<float>(x, y, eps, out, threads);
    } else {
        addNormaliseAs<BFloat16Bits>(x, y, eps, out, threads);
    }
    return out;
}

at::Tensor attend(const AttentionInput& input, const std::vector<Sequence>& sequences, int threads)
{
    at::Tensor out = at::empty({input.query.size(0), input.value.size(1)}, input.value.scalar_type());
    if (input.value.scalar_type() == at::kFloat) {
        attendAs<float>(input, sequences, out, threads);
    } else {
        attendAs<BFloat16Bits>(input, sequences, out, threads);
    }
    return out;
}

} // namespace modscope::nn
