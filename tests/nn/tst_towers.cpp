#include "core/nn/modules/towers.h"
#include "tests/nn/made_models.h"
#include "tests/support/test_data.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros.h>

#include <QTest>

#include <cmath>

// Expected values: Hugging Face's modelling code, fp32, on weights made by the rule of made_models.h.

using namespace modscope;
using modscope::test::closeTo;
using modscope::test::madeEncoder;
using modscope::test::madePixels;

namespace {

constexpr float kTolerance = 5e-6F;

at::Tensor ids(const std::vector<std::int64_t>& values, std::int64_t length)
{
    return at::tensor(values, at::kLong).view({-1, length});
}

at::Tensor maskOfOnes(const std::vector<std::int64_t>& counts, std::int64_t length)
{
    at::Tensor mask = at::zeros({static_cast<std::int64_t>(counts.size()), length}, at::kFloat);
    for (std::size_t row = 0; row < counts.size(); ++row) {
        mask.select(0, static_cast<std::int64_t>(row)).narrow(0, 0, counts[row]).fill_(1.0F);
    }
    return mask;
}

at::Tensor unit(const at::Tensor& rows)
{
    return rows / at::linalg_vector_norm(rows, 2, {-1}, true);
}

at::Tensor clipIds()
{
    return ids({48, 5, 9, 17, 49, 49, 49, 49, 49, 49, 48, 30, 31, 32, 33, 34, 35, 36, 37, 49}, 10);
}

at::Tensor siglipIds()
{
    return ids({5, 9, 17, 1, 0, 0, 0, 0, 30, 31, 32, 33, 34, 35, 36, 1}, 8);
}

} // namespace

class TestTowers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void weightsAreMadeByTheRule()
    {
        const auto parameters = madeEncoder(test::tinyClip());
        QVERIFY(closeTo(parameters.at("text_model.embeddings.token_embedding.weight"),
                        {-0.181194F, 0.066019F, -0.086767F}, 1e-6F));
        QVERIFY(closeTo(parameters.at("visual_projection.weight"), {-0.167847F, 0.079367F, -0.073419F}, 1e-6F));
        QVERIFY(closeTo(parameters.at("vision_model.pre_layrnorm.weight"), {0.918106F, 1.041713F, 0.965320F}, 1e-6F));
        QVERIFY(closeTo(madePixels({2, 3, 12, 12}), {-0.242236F, -1.770100F, 0.702036F}, 1e-6F));
    }

    void clipTextIsPooledAtItsEnd()
    {
        EncoderConfig config = test::tinyClip();
        const auto parameters = madeEncoder(config);
        const nn::Weights weights(parameters);
        const auto masked = nn::textTower(weights, config.backend, config.text, clipIds(), maskOfOnes({5, 10}, 10));
        QVERIFY(closeTo(masked.pooled[0], {0.260415F, -1.082599F, 0.873726F, -0.845398F}, kTolerance));
        QVERIFY(closeTo(masked.hidden[0][0], {0.095290F, -2.460537F, 1.089728F, -0.008434F}, kTolerance));
        const at::Tensor features = at::linear(masked.pooled, weights["text_projection.weight"]);
        QVERIFY(closeTo(features[0], {-0.004174F, 0.558462F, 0.111707F, -0.071748F, 0.024823F, 0.439454F}, kTolerance));
        QVERIFY(
            closeTo(features[1], {1.379573F, 1.075091F, -0.088799F, -0.582126F, -0.614672F, -0.180930F}, kTolerance));

        const auto unmasked = nn::textTower(weights, config.backend, config.text, clipIds(), {});
        QVERIFY(unmasked.pooled.equal(masked.pooled));
        config.text.eosTokenId = 49;
        QVERIFY(nn::textTower(weights, config.backend, config.text, clipIds(), {}).pooled.equal(masked.pooled));
    }

    void clipImageIsPooledAtTheClassToken()
    {
        const EncoderConfig config = test::tinyClip();
        const auto parameters = madeEncoder(config);
        const nn::Weights weights(parameters);
        const auto image = nn::imageTower(weights, config.backend, config.vision, madePixels({2, 3, 12, 12}));
        QVERIFY(closeTo(image.pooled[0], {1.142929F, -0.192553F, -0.241805F, 0.872168F}, kTolerance));
        QVERIFY(closeTo(image.hidden[0][1], {1.734898F, -1.184635F, 0.553497F, 1.434501F}, kTolerance));
        const at::Tensor features = at::linear(image.pooled, weights["visual_projection.weight"]);
        QVERIFY(
            closeTo(features[0], {-0.891672F, 0.853373F, 2.117758F, 0.092206F, -1.169110F, -1.517431F}, kTolerance));
        QVERIFY(
            closeTo(features[1], {-0.895986F, 0.852432F, 2.120489F, 0.098706F, -1.168355F, -1.517746F}, kTolerance));

        const auto text = nn::textTower(weights, config.backend, config.text, clipIds(), {});
        const at::Tensor logits =
            at::matmul(unit(features), unit(at::linear(text.pooled, weights["text_projection.weight"])).t());
        QVERIFY(closeTo(logits * std::exp(1.5F), {-1.232586F, -0.444680F, -1.230104F, -0.444266F}, kTolerance));
    }

    void siglipTextIsPooledAtTheLastPosition()
    {
        const EncoderConfig config = test::tinySiglip();
        const auto parameters = madeEncoder(config);
        const nn::Weights weights(parameters);
        const auto open = nn::textTower(weights, config.backend, config.text, siglipIds(), {});
        QVERIFY(
            closeTo(open.pooled[0], {0.043700F, 0.113885F, -0.367626F, -0.899116F, 0.507572F, 0.395289F}, kTolerance));
        QVERIFY(
            closeTo(open.pooled[1], {0.904236F, 0.247919F, -0.647243F, -1.083978F, -0.247388F, 1.081414F}, kTolerance));
        const auto masked = nn::textTower(weights, config.backend, config.text, siglipIds(), maskOfOnes({4, 8}, 8));
        QVERIFY(closeTo(masked.pooled[0], {0.157786F, 0.020964F, -0.494629F, -0.909060F, 0.347658F, 0.542641F},
                        kTolerance));
        QVERIFY(closeTo(masked.pooled[1], {0.904236F, 0.247919F, -0.647243F, -1.083978F, -0.247388F, 1.081414F},
                        kTolerance));
    }

    void siglipImageIsPooledByALearnedQuery()
    {
        const EncoderConfig config = test::tinySiglip();
        const auto parameters = madeEncoder(config);
        const nn::Weights weights(parameters);
        const auto image = nn::imageTower(weights, config.backend, config.vision, madePixels({2, 3, 12, 12}));
        QVERIFY(closeTo(image.pooled[0], {0.026664F, 0.013512F, -0.059965F, -0.226172F, -0.317067F, -0.213912F},
                        kTolerance));
        QVERIFY(closeTo(image.pooled[1], {0.015483F, 0.025127F, -0.066058F, -0.219522F, -0.310577F, -0.210186F},
                        kTolerance));
        const auto text = nn::textTower(weights, config.backend, config.text, siglipIds(), {});
        const at::Tensor logits = at::matmul(unit(image.pooled), unit(text.pooled).t()) * std::exp(1.5F) - 0.75F;
        QVERIFY(closeTo(logits, {-0.908275F, 0.364380F, -0.934990F, 0.324462F}, kTolerance));
    }
};

QTEST_GUILESS_MAIN(TestTowers)
#include "tst_towers.moc"
