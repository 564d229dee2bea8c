#include "core/nn/modules/heads.h"
#include "core/nn/modules/towers.h"
#include "tests/nn/made_models.h"
#include "tests/support/test_data.h"

#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros.h>

#include <QTest>

// Expected values: the reference's classifiers, fp32, on weights made by the rule of made_models.h.

using namespace modscope;
using modscope::test::closeTo;

namespace {

constexpr float kTolerance = 5e-6F;

at::Tensor flags(const std::vector<float>& values)
{
    return at::tensor(values, at::kFloat).view({2, 2});
}

/// Logits of the two items of the tiny models with their masks passed.
class TinyModel {
public:
    TinyModel(EncoderConfig encoder, HeadConfig head)
        : m_encoder(std::move(encoder)), m_head(head), m_parameters(test::madeParameters(m_encoder, m_head)),
          m_weights(m_parameters)
    {
        const bool clip = m_encoder.backend == Backend::Clip;
        const std::int64_t length = m_encoder.text.maxPositions;
        const at::Tensor ids =
            clip ? at::tensor(std::vector<std::int64_t>{48, 5,  9,  17, 49, 49, 49, 49, 49, 49,
                                                        48, 30, 31, 32, 33, 34, 35, 36, 37, 49})
                 : at::tensor(std::vector<std::int64_t>{5, 9, 17, 1, 0, 0, 0, 0, 30, 31, 32, 33, 34, 35, 36, 1});
        at::Tensor mask = at::zeros({2, length}, at::kFloat);
        mask[0].narrow(0, 0, clip ? 5 : 4).fill_(1.0F);
        mask[1].fill_(1.0F);
        m_text = nn::textFeatures(m_weights, m_encoder, m_head, ids.view({2, length}), mask);
        m_image = nn::imageFeatures(m_weights, m_encoder, m_head, test::madePixels({2, 3, 12, 12}));
    }

    [[nodiscard]] at::Tensor logits(const std::vector<float>& present) const
    {
        return nn::headLogits(m_weights, m_head, m_text, m_image, flags(present));
    }

private:
    EncoderConfig m_encoder;
    HeadConfig m_head;
    nn::Weights::Map m_parameters;
    nn::Weights m_weights;
    at::Tensor m_text;
    at::Tensor m_image;
};

HeadConfig fusion(int width)
{
    return {.kind = HeadKind::Fusion,
            .fusionDim = 20,
            .labels = 3,
            .hiddenDim = 0,
            .textWidth = width,
            .imageWidth = width};
}

HeadConfig multitask(int hidden)
{
    return {.kind = HeadKind::Multitask,
            .fusionDim = 20,
            .labels = 3,
            .hiddenDim = hidden,
            .textWidth = 16,
            .imageWidth = 24};
}

} // namespace

class TestHeads : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void fusionGatesWhatIsPresent()
    {
        const TinyModel model(test::tinyClip(), fusion(12));
        QVERIFY(closeTo(model.logits({1, 1, 1, 1}),
                        {0.031501F, 0.137664F, -0.094182F, 0.025652F, 0.140664F, -0.089688F}, kTolerance));
        QVERIFY(closeTo(model.logits({1, 0, 0, 1}),
                        {0.026235F, 0.146721F, -0.096845F, 0.033819F, 0.135987F, -0.077898F}, kTolerance));
        QVERIFY(closeTo(model.logits({0, 0, 0, 0}),
                        {0.019510F, 0.151368F, -0.069678F, 0.019510F, 0.151368F, -0.069678F}, kTolerance));
    }

    void fusionStandsOnSiglipToo()
    {
        const TinyModel model(test::tinySiglip(), fusion(24));
        QVERIFY(closeTo(model.logits({1, 1, 1, 1}),
                        {0.009179F, 0.179230F, -0.116036F, 0.014940F, 0.174843F, -0.115195F}, kTolerance));
    }

    void multitaskHeadsMayBeOneLayer()
    {
        const TinyModel model(test::tinyClip(), multitask(0));
        QVERIFY(closeTo(model.logits({1, 1, 1, 1}),
                        {0.036050F, -0.075404F, -0.017710F, 0.043238F, -0.065147F, -0.009561F}, kTolerance));
    }

    void multitaskHeadsMayHaveAHiddenLayer()
    {
        const TinyModel model(test::tinyClip(), multitask(7));
        QVERIFY(closeTo(model.logits({1, 1, 1, 1}),
                        {0.080412F, -0.044541F, 0.044797F, 0.078960F, -0.043831F, 0.042476F}, kTolerance));
        QVERIFY(closeTo(model.logits({1, 0, 0, 1}),
                        {0.096548F, -0.024870F, 0.056269F, 0.072470F, -0.057954F, 0.041593F}, kTolerance));
    }

    void aMissingParameterIsNamed()
    {
        const nn::Weights::Map none;
        try {
            (void)nn::headLogits(nn::Weights(none), fusion(12), at::zeros({1, 12}), at::zeros({1, 12}),
                                 at::zeros({1, 2}));
            QFAIL("a head without parameters computed something");
        } catch (const std::exception& error) {
            QVERIFY2(std::string_view(error.what()).starts_with("tensor 'proj_t."), error.what());
        }
    }
};

QTEST_GUILESS_MAIN(TestHeads)
#include "tst_heads.moc"
