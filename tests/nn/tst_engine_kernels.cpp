#include "core/nn/engine/linear.h"
#include "core/nn/kernels/cpu_features.h"
#include "core/nn/kernels/row_kernels.h"
#include "tests/nn/made_models.h"
#include "tests/support/test_data.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/layer_norm.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/silu.h>
#include <ATen/ops/softmax.h>
#include <ATen/ops/zeros.h>
#include <ATen/ops/zeros_like.h>

#include <QTest>

#include <utility>

// Each kernel against ATen in float32, for every instruction set that this machine has.

using namespace modscope;
using nn::Arithmetic;
using nn::BFloat16Bits;
using nn::Epilogue;

namespace {

at::Tensor made(const char* name, std::int64_t rows, std::int64_t columns)
{
    const std::vector<float> values = test::madeValues(name, {rows, columns});
    at::Tensor tensor = at::zeros({rows, columns}, at::kFloat);
    std::copy(values.begin(), values.end(), tensor.mutable_data_ptr<float>());
    return tensor * 5.0; // within [-1, 1]
}

std::vector<std::pair<QByteArray, const nn::RowKernelSet*>> setsAtHand()
{
    std::vector<std::pair<QByteArray, const nn::RowKernelSet*>> sets{{"SSE2", &nn::kRowKernelsSse2}};
    if (nn::cpuFeatures().avx2) {
        sets.emplace_back("AVX2", &nn::kRowKernelsAvx2);
    }
    if (nn::cpuFeatures().avx512) {
        sets.emplace_back("AVX-512", &nn::kRowKernelsAvx512);
    }
    return sets;
}

template <typename T>
T* pointer(const at::Tensor& tensor)
{
    return static_cast<T*>(tensor.mutable_data_ptr());
}

float difference(const at::Tensor& a, const at::Tensor& b)
{
    return (a.to(at::kFloat) - b.to(at::kFloat)).abs().max().item<float>();
}

template <typename T>
at::Tensor attended(
    const nn::RowKernels<T>& kernels, const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, bool causal)
{
    at::Tensor out = at::zeros_like(q);
    nn::AttentionTask<T> task;
    task.query = pointer<T>(q);
    task.key = pointer<T>(k);
    task.value = pointer<T>(v);
    task.out = pointer<T>(out);
    task.queryStride = q.stride(0);
    task.keyStride = k.stride(0);
    task.valueStride = v.stride(0);
    task.outStride = out.stride(0);
    task.queries = q.size(0);
    task.keys = k.size(0);
    task.headDim = q.size(1);
    task.causal = causal;
    const auto space = static_cast<std::int64_t>(nn::attentionScratch(k.size(0), q.size(1)));
    const at::Tensor scratch = at::zeros({space}, at::kFloat);
    kernels.attend(task, pointer<float>(scratch));
    return out;
}

at::Tensor attendedByAten(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, bool causal)
{
    at::Tensor scores = at::matmul(q.to(at::kFloat), k.to(at::kFloat).t());
    if (causal) {
        scores = scores + at::zeros_like(scores).fill_(-1e30).triu(k.size(0) - q.size(0) + 1);
    }
    return at::matmul(at::softmax(scores, -1), v.to(at::kFloat));
}

at::Tensor expectedLinear(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias, Epilogue epilogue)
{
    const at::Tensor y = at::linear(x.to(at::kFloat), weight, bias);
    switch (epilogue) {
    case Epilogue::Silu:
        return at::silu(y);
    case Epilogue::Gelu:
        return at::gelu(y);
    case Epilogue::GeluTanh:
        return at::gelu(y, "tanh");
    case Epilogue::Relu:
        return at::relu(y);
    case Epilogue::None:
        break;
    }
    return y;
}

} // namespace

class TestEngineKernels : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void attentionEqualsAten_data()
    {
        QTest::addColumn<int>("queries");
        QTest::addColumn<int>("keys");
        QTest::addColumn<int>("headDim");
        QTest::addColumn<bool>("causal");
        QTest::newRow("one row") << 1 << 1 << 8 << true;
        QTest::newRow("last row asks") << 1 << 33 << 64 << true;
        QTest::newRow("whole vectors") << 48 << 48 << 64 << false;
        QTest::newRow("B/32 picture") << 50 << 50 << 64 << false;
        QTest::newRow("narrow head") << 50 << 50 << 12 << true;
        QTest::newRow("wide head") << 19 << 19 << 72 << true;
        QTest::newRow("padding asks, unseen") << 18 << 17 << 24 << false;
        QTest::newRow("77 tokens") << 77 << 77 << 64 << true;
    }

    void attentionEqualsAten()
    {
        QFETCH(int, queries);
        QFETCH(int, keys);
        QFETCH(int, headDim);
        QFETCH(bool, causal);
        const at::Tensor q = made("q", queries, headDim);
        const at::Tensor k = made("k", keys, headDim);
        const at::Tensor v = made("v", keys, headDim);
        const at::Tensor expected = attendedByAten(q, k, v, causal);
        const at::Tensor qHalf = q.to(at::kBFloat16);
        const at::Tensor kHalf = k.to(at::kBFloat16);
        const at::Tensor vHalf = v.to(at::kBFloat16);
        const at::Tensor expectedHalf = attendedByAten(qHalf, kHalf, vHalf, causal);
        for (const auto& [name, set] : setsAtHand()) {
            QVERIFY2(difference(attended(set->fp32, q, k, v, causal), expected) < 2e-6F, name.constData());
            QVERIFY2(difference(attended(set->bf16, qHalf, kHalf, vHalf, causal), expectedHalf) < 4e-3F,
                     name.constData());
        }
    }

    void veryUnequalScoresStayFinite()
    {
        const at::Tensor q = made("q", 5, 16) * 1000.0;
        const at::Tensor k = made("k", 20, 16) * 1000.0;
        const at::Tensor v = made("v", 20, 16);
        const at::Tensor expected = attendedByAten(q, k, v, false);
        for (const auto& [name, set] : setsAtHand()) {
            QVERIFY2(difference(attended(set->fp32, q, k, v, false), expected) < 1e-5F, name.constData());
        }
    }

    void addNormaliseEqualsAten()
    {
        for (const std::int64_t width : {7, 16, 24, 72, 768, 1152}) {
            const at::Tensor x = made("x", 5, width);
            const at::Tensor y = made("y", 5, width);
            const at::Tensor expected = at::layer_norm(x + y, {width}, {}, {}, 1e-5);
            for (const auto& [name, set] : setsAtHand()) {
                at::Tensor sum = x.clone();
                at::Tensor out = at::zeros_like(x);
                set->fp32.addNormalise(pointer<float>(sum), pointer<float>(y), 5, width, 1e-5F, pointer<float>(out));
                QVERIFY2(difference(out, expected) < 5e-6F, name.constData());
                QVERIFY2(difference(sum, x + y) == 0.0F, name.constData());

                at::Tensor half = at::zeros({5, width}, at::kBFloat16);
                set->bf16.addNormalise(pointer<float>(sum), nullptr, 5, width, 1e-5F, pointer<BFloat16Bits>(half));
                QVERIFY2(difference(half, expected) < 1.6e-2F, name.constData());
            }
        }
    }

    void linearTiersAgree_data()
    {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("inputs");
        QTest::addColumn<int>("outputs");
        QTest::newRow("one row") << 1 << 64 << 64;
        QTest::newRow("tail of rows") << 11 << 48 << 96;
        QTest::newRow("odd outputs") << 6 << 72 << 83;
        QTest::newRow("odd depth") << 9 << 75 << 24;
        QTest::newRow("several chunks") << 401 << 128 << 200;
    }

    void linearTiersAgree()
    {
        QFETCH(int, rows);
        QFETCH(int, inputs);
        QFETCH(int, outputs);
        const at::Tensor x = made("x", rows, inputs);
        const at::Tensor weight = made("w", outputs, inputs) * 0.3;
        const at::Tensor bias = made("b", 1, outputs).view({outputs});
        for (const Epilogue epilogue :
             {Epilogue::None, Epilogue::Silu, Epilogue::Gelu, Epilogue::GeluTanh, Epilogue::Relu}) {
            for (const Arithmetic arithmetic : {Arithmetic::Fp32, Arithmetic::Bf16, Arithmetic::Int8}) {
                const at::Tensor input = x.to(nn::rowType(arithmetic));
                const at::Tensor expected = expectedLinear(input, weight, bias, epilogue);
                const float tolerance =
                    (arithmetic == Arithmetic::Fp32 ? 1e-6F : 1.5e-2F) * expected.abs().max().item<float>();
                for (const auto& tier : {nn::makePanelLinear(weight, bias, epilogue, arithmetic),
                                         nn::makeOneDnnLinear(weight, bias, epilogue, arithmetic),
                                         nn::makeAtenLinear(weight, bias, epilogue, arithmetic)}) {
                    if (tier) {
                        const float off = difference((*tier)(input), expected);
                        QVERIFY2(off <= tolerance,
                                 qPrintable(QStringLiteral("%1 is %2 off, epilogue %3")
                                                .arg(QString::fromStdString(std::string(tier->tier())))
                                                .arg(off)
                                                .arg(static_cast<int>(epilogue))));
                    }
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestEngineKernels)
#include "tst_engine_kernels.moc"
