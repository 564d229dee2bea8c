#include "core/nn/engine/library.h"
#include "core/nn/engine/linear.h"
#include "core/nn/kernels/cpu_features.h"
#include "tests/nn/made_models.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <thread>

// The engine against itself: packed against plain, batches against single items, one thread against two.

using namespace modscope;
using modscope::test::largestDifference;

namespace {

TransformerConfig layers(int width, int heads, Activation activation)
{
    return {.width = width,
            .intermediate = 2 * width,
            .layers = 2,
            .heads = heads,
            .activation = activation,
            .layerNormEps = 1e-5F};
}

EncoderConfig clip(int width, int heads, Activation activation)
{
    EncoderConfig config;
    config.text = {.transformer = layers(width, heads, activation),
                   .vocabulary = 100,
                   .maxPositions = 20,
                   .eosTokenId = 99,
                   .projection = 24};
    config.vision = {.transformer = layers(width, heads, activation),
                     .imageSize = 24,
                     .patchSize = 8,
                     .poolingHead = false,
                     .projection = 24};
    return config;
}

EncoderConfig siglip(int width, int heads)
{
    EncoderConfig config = clip(width, heads, Activation::GeluTanh);
    config.backend = Backend::Siglip;
    config.text.projection = width;
    config.vision.projection = width;
    config.vision.poolingHead = true;
    return config;
}

HeadConfig headFor(const EncoderConfig& encoder, HeadKind kind = HeadKind::Fusion)
{
    const bool projected = kind == HeadKind::Fusion;
    return {.kind = kind,
            .fusionDim = 16,
            .labels = 4,
            .hiddenDim = projected ? 0 : 8,
            .textWidth = projected ? encoder.text.projection : encoder.text.transformer.width,
            .imageWidth = projected ? encoder.vision.projection : encoder.vision.transformer.width};
}

std::vector<TokenIds> madeTexts(std::size_t count)
{
    std::vector<TokenIds> texts(count);
    for (std::size_t item = 0; item < count; ++item) {
        const std::size_t length = 1 + item * 5 % 18;
        for (std::size_t i = 0; i < length; ++i) {
            texts[item].ids.push_back(static_cast<std::int32_t>((item * 31 + i * 17) % 98));
        }
        texts[item].ids.push_back(99);
    }
    return texts;
}

/// Pictures and spans over them.
class Squares {
public:
    Squares(std::size_t count, int side) : m_bytes(count)
    {
        for (std::size_t item = 0; item < count; ++item) {
            for (std::size_t i = 0; i < static_cast<std::size_t>(side * side * 3); ++i) {
                m_bytes[item].push_back(static_cast<std::uint8_t>(((item + 3) * i * i + 7 * i + item * 50) >> 3U));
            }
            m_spans.emplace_back(m_bytes[item]);
        }
    }
    [[nodiscard]] const std::vector<std::span<const std::uint8_t>>& spans() const { return m_spans; }

private:
    std::vector<std::vector<std::uint8_t>> m_bytes;
    std::vector<std::span<const std::uint8_t>> m_spans;
};

std::unique_ptr<Engine> opened(const Checkpoint& checkpoint, EngineOptions options)
{
    auto engine = nn::library().open(checkpoint, options);
    if (!engine) {
        qFatal("%s", engine.error().message.c_str());
    }
    return std::move(*engine);
}

ErrorCode refusal(const Checkpoint& checkpoint, EngineOptions options)
{
    const auto engine = nn::library().open(checkpoint, options);
    return engine ? ErrorCode::Internal : engine.error().code;
}

struct Features {
    Matrix text;
    Matrix image;
    Matrix logits;
};

Features featuresOf(const Engine& engine, std::size_t items, int side, int threads = 1)
{
    const Squares squares(items, side);
    Features features{engine.encodeText(madeTexts(items), threads).value(),
                      engine.encodeImages(squares.spans(), threads).value(),
                      {}};
    const std::vector<Presence> present(items, Presence{true, true});
    features.logits = engine.classify(features.text, features.image, present, threads).value();
    return features;
}

float largest(const Matrix& matrix)
{
    return largestDifference(matrix.values, std::vector<float>(matrix.values.size(), 0.0F));
}

double cosine(std::span<const float> a, std::span<const float> b)
{
    double product = 0.0;
    double squaresA = 0.0;
    double squaresB = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        product += double{a[i]} * b[i];
        squaresA += double{a[i]} * a[i];
        squaresB += double{b[i]} * b[i];
    }
    return product / std::sqrt(squaresA * squaresB);
}

} // namespace

class TestEngine : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void packedEqualsPlain_data()
    {
        QTest::addColumn<int>("backend");
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("heads");
        QTest::addColumn<int>("activation");
        QTest::addColumn<int>("head");
        const auto add = [](const char* name, Backend backend, int width, int heads, Activation activation,
                            HeadKind head) {
            QTest::newRow(name) << static_cast<int>(backend) << width << heads << static_cast<int>(activation)
                                << static_cast<int>(head);
        };
        add("CLIP, head width 8", Backend::Clip, 32, 4, Activation::QuickGelu, HeadKind::Fusion);
        add("CLIP, head width 12, erf GELU", Backend::Clip, 36, 3, Activation::Gelu, HeadKind::Fusion);
        add("CLIP, head width 64", Backend::Clip, 128, 2, Activation::QuickGelu, HeadKind::Multitask);
        add("CLIP, ReLU", Backend::Clip, 32, 2, Activation::Relu, HeadKind::Fusion);
        add("SigLIP, head width 72", Backend::Siglip, 144, 2, Activation::GeluTanh, HeadKind::Fusion);
        add("SigLIP, head width 12", Backend::Siglip, 24, 2, Activation::GeluTanh, HeadKind::Fusion);
    }

    void packedEqualsPlain()
    {
        QFETCH(int, backend);
        QFETCH(int, width);
        QFETCH(int, heads);
        QFETCH(int, activation);
        QFETCH(int, head);
        const EncoderConfig encoder = static_cast<Backend>(backend) == Backend::Clip
                                          ? clip(width, heads, static_cast<Activation>(activation))
                                          : siglip(width, heads);
        Checkpoint checkpoint = test::madeCheckpoint(encoder, headFor(encoder, static_cast<HeadKind>(head)));
        for (const bool masked : {true, false}) {
            checkpoint.info.preprocessing.textAttentionMask = masked;
            const Features plain = featuresOf(*opened(checkpoint, {.plain = true}), 7, 24);
            const Features fp32 = featuresOf(*opened(checkpoint, {.precision = Precision::Fp32}), 7, 24);
            QVERIFY(largestDifference(plain.text.values, fp32.text.values) <
                    2e-5F * std::max(1.0F, largest(plain.text)));
            QVERIFY(largestDifference(plain.image.values, fp32.image.values) <
                    2e-5F * std::max(1.0F, largest(plain.image)));
            QVERIFY(largestDifference(plain.logits.values, fp32.logits.values) < 2e-5F);
            const Features bf16 = featuresOf(*opened(checkpoint, {.precision = Precision::Bf16}), 7, 24);
            QVERIFY(largestDifference(plain.text.values, bf16.text.values) < 3e-2F * largest(plain.text));
            QVERIFY(largestDifference(plain.image.values, bf16.image.values) < 3e-2F * largest(plain.image));
        }
    }

    void int8StaysClose()
    {
        const EncoderConfig encoder = clip(128, 2, Activation::QuickGelu);
        const Checkpoint checkpoint = test::madeCheckpoint(encoder, headFor(encoder));
        if (!nn::cpuFeatures().avx512Bf16 || !nn::cpuFeatures().avx512Vnni) {
            QCOMPARE(refusal(checkpoint, {.precision = Precision::Int8}), ErrorCode::Unavailable);
            return;
        }
        const Features plain = featuresOf(*opened(checkpoint, {.plain = true}), 7, 24);
        const Features int8 = featuresOf(*opened(checkpoint, {.precision = Precision::Int8}), 7, 24);
        for (std::size_t item = 0; item < 7; ++item) {
            QVERIFY(cosine(plain.text.row(item), int8.text.row(item)) >
                    0.97); // made weights magnify; real ones give .999
            QVERIFY(cosine(plain.image.row(item), int8.image.row(item)) > 0.999);
        }
    }

    void batchesEqualSingleItemsInAnyOrder()
    {
        for (const Precision precision : {Precision::Fp32, Precision::Bf16}) {
            const EncoderConfig encoder = siglip(48, 3);
            const auto engine = opened(test::madeCheckpoint(encoder, headFor(encoder)), {.precision = precision});
            const Squares squares(9, 24);
            std::vector<TokenIds> texts = madeTexts(9);
            const Matrix text = engine->encodeText(texts, 1).value();
            const Matrix image = engine->encodeImages(squares.spans(), 1).value();
            for (std::size_t item = 0; item < 9; ++item) {
                const Matrix one = engine->encodeText(std::span(texts).subspan(item, 1), 2).value();
                const auto row = text.row(item);
                QVERIFY(largestDifference(one.values, {row.begin(), row.end()}) < 1e-5F);
                const Matrix picture = engine->encodeImages(std::span(squares.spans()).subspan(item, 1), 2).value();
                const auto imageRow = image.row(item);
                QVERIFY(largestDifference(picture.values, {imageRow.begin(), imageRow.end()}) < 1e-5F);
            }
            std::reverse(texts.begin(), texts.end());
            const Matrix reversed = engine->encodeText(texts, 1).value();
            const auto last = reversed.row(8);
            const auto first = text.row(0);
            QVERIFY(largestDifference({first.begin(), first.end()}, {last.begin(), last.end()}) < 1e-5F);
        }
    }

    void twoCallersShareTheWeights()
    {
        const EncoderConfig encoder = clip(64, 4, Activation::QuickGelu);
        const auto engine = opened(test::madeCheckpoint(encoder, headFor(encoder)), {.precision = Precision::Fp32});
        const Features expected = featuresOf(*engine, 12, 24);
        std::vector<Features> got(2);
        {
            std::vector<std::jthread> callers;
            for (Features& mine : got) {
                callers.emplace_back([&engine, &mine] {
                    for (int round = 0; round < 20; ++round) {
                        mine = featuresOf(*engine, 12, 24, 1 + round % 2);
                    }
                });
            }
        }
        for (const Features& features : got) {
            QVERIFY(largestDifference(features.text.values, expected.text.values) < 1e-5F);
            QVERIFY(largestDifference(features.image.values, expected.image.values) < 1e-5F);
            QVERIFY(largestDifference(features.logits.values, expected.logits.values) < 1e-5F);
        }
    }

    void nothingInGivesNothingOut()
    {
        const EncoderConfig encoder = clip(32, 4, Activation::QuickGelu);
        const Checkpoint checkpoint = test::madeCheckpoint(encoder, headFor(encoder));
        for (const bool plain : {true, false}) {
            const auto engine = opened(checkpoint, {.plain = plain});
            const Matrix text = engine->encodeText({}, 1).value();
            const Matrix image = engine->encodeImages({}, 1).value();
            QCOMPARE(text.rows, std::size_t{0});
            QCOMPARE(text.columns, std::size_t{24});
            QCOMPARE(engine->classify(text, image, {}, 1).value().rows, std::size_t{0});
        }
    }

    void factsSayWhatRuns()
    {
        const EncoderConfig encoder = clip(32, 4, Activation::QuickGelu);
        const Checkpoint checkpoint = test::madeCheckpoint(encoder, headFor(encoder));
        const EngineFacts plain = opened(checkpoint, {.plain = true})->facts();
        QVERIFY(plain.plain);
        const EngineFacts fast = opened(checkpoint, {})->facts();
        QCOMPARE(fast.precision, std::string("fp32")); // too narrow for bfloat16 to pay
        QVERIFY(!fast.kernels.empty());
        QVERIFY(fast.weightBytes > 0 && fast.weightBytes <= plain.weightBytes); // one copy: logit_scale is not kept
        const EngineDiagnosis diagnosis = nn::library().diagnose();
        QVERIFY(diagnosis.torchVersion.starts_with("2."));
        QCOMPARE(diagnosis.devices.at(0).id, std::string("cpu"));
        QVERIFY(diagnosis.devices.at(0).memoryBytes > 0);
    }

    void impossibleChoicesAreRefused()
    {
        const EncoderConfig encoder = clip(32, 4, Activation::QuickGelu);
        const Checkpoint checkpoint = test::madeCheckpoint(encoder, headFor(encoder));
        QCOMPARE(refusal(checkpoint, {.precision = Precision::Fp16}), ErrorCode::Unsupported);
        QCOMPARE(refusal(checkpoint, {.precision = Precision::Bf16, .plain = true}), ErrorCode::InvalidArgument);
        QCOMPARE(refusal(checkpoint, {.device = "tpu"}), ErrorCode::InvalidArgument);
        QCOMPARE(refusal(checkpoint, {.device = "cuda", .plain = true}), ErrorCode::Unsupported);
        if (!nn::library().diagnose().cudaMessage.empty()) {
            QCOMPARE(refusal(checkpoint, {.device = "cuda:0"}), ErrorCode::Unavailable);
        }
    }

    void aTensorThatDoesNotFitIsNamed()
    {
        const EncoderConfig encoder = clip(32, 4, Activation::QuickGelu);
        for (const bool plain : {true, false}) {
            Checkpoint checkpoint = test::madeCheckpoint(encoder, headFor(encoder));
            checkpoint.tensors.at("backbone.visual_projection.weight").shape = {12, 64};
            auto engine = nn::library().open(checkpoint, {.plain = plain});
            QVERIFY(!engine);
            QCOMPARE(engine.error().code, ErrorCode::Mismatch);
            QVERIFY(engine.error().message.find("visual_projection.weight' has shape [12, 64]") != std::string::npos);
            checkpoint.tensors.erase("backbone.visual_projection.weight");
            engine = nn::library().open(checkpoint, {.plain = plain});
            QVERIFY(!engine);
            QVERIFY(engine.error().message.ends_with("is missing"));
        }
    }

    void wrongInputIsNamed()
    {
        const EncoderConfig encoder = clip(32, 4, Activation::QuickGelu);
        const auto engine = opened(test::madeCheckpoint(encoder, headFor(encoder)), {});
        std::vector<TokenIds> texts = madeTexts(2);
        texts[1].ids[0] = 100;
        QCOMPARE(engine->encodeText(texts, 1).error().message,
                 std::string("text 1 has token 100, the model's vocabulary ends at 99"));
        texts[1].ids.assign(21, 5);
        QCOMPARE(engine->encodeText(texts, 1).error().code, ErrorCode::InvalidArgument);
        texts[1].ids.clear();
        QCOMPARE(engine->encodeText(texts, 1).error().code, ErrorCode::InvalidArgument);
        const Squares small(1, 23);
        QCOMPARE(engine->encodeImages(small.spans(), 1).error().code, ErrorCode::InvalidArgument);
        const Matrix row{1, 24, std::vector<float>(24)};
        const std::vector<Presence> present(2);
        QCOMPARE(engine->classify(row, row, present, 1).error().code, ErrorCode::InvalidArgument);
    }
};

QTEST_GUILESS_MAIN(TestEngine)
#include "tst_engine.moc"
