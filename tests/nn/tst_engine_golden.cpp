#include "core/checkpoint/checkpoint.h"
#include "core/image/decode.h"
#include "core/image/image_processor.h"
#include "core/nn/engine/library.h"
#include "tests/nn/made_models.h"
#include "tests/support/test_data.h"

#include <nlohmann/json.hpp>

#include <QTest>

#include <cmath>
#include <optional>

// The reference's own answers (tests/data/golden), for the plain path and the fast ones, in both preprocessing modes.

using namespace modscope;
using modscope::test::largestDifference;
using nlohmann::json;

namespace {

struct Tolerance {
    float feature;
    float logit;
    float probability;
};

/// Token ids as the tokenizer gives them: without padding.
TokenIds realIds(const json& text, bool lowercase)
{
    const json& padded =
        text.at(lowercase && text.contains("input_ids_lowercase") ? "input_ids_lowercase" : "input_ids");
    TokenIds tokens;
    tokens.ids = padded.get<std::vector<std::int32_t>>();
    std::size_t real = text.at("attention_mask_ones");
    if (lowercase && text.contains("input_ids_lowercase")) { // its mask is not recorded: strip the padding id, 0
        real = tokens.ids.size();
        while (real > 1 && tokens.ids[real - 1] == 0) {
            --real;
        }
    }
    tokens.ids.resize(real);
    return tokens;
}

/// One model, opened in one mode, and its answers for single items.
class GoldenModel {
public:
    GoldenModel(const std::string& name, bool reference, EngineOptions options)
        : m_reference(reference), m_expected(test::readJson(test::testData("golden/" + name + "/expected.json")))
    {
        CheckpointOptions how;
        how.preprocessing = reference ? PreprocessingMode::Reference : PreprocessingMode::HuggingFace;
        m_checkpoint = openCheckpoint(test::testData("golden/" + name + "/run"), how).value();
        m_engine = nn::library().open(m_checkpoint, options).value();
    }

    [[nodiscard]] const json& expected() const { return m_expected; }

    [[nodiscard]] Matrix text(const std::string& name) const
    {
        const std::vector<TokenIds> texts{realIds(m_expected.at("texts").at(name), !m_reference)};
        return m_engine->encodeText(texts, 1).value();
    }

    /// Empty for a file that does not decode.
    [[nodiscard]] std::optional<Matrix> image(const std::string& file) const
    {
        const ImageProcessor processor(m_checkpoint.info.preprocessing.image);
        const auto decoded =
            decodeImageFile(test::testData("golden/images/" + file), {.orientation = processor.config().orientation});
        if (!decoded) {
            return std::nullopt;
        }
        const Image square = processor.toSquare(decoded->image).value();
        const std::vector<std::span<const std::uint8_t>> squares{square.rgb};
        return m_engine->encodeImages(squares, 1).value();
    }

    [[nodiscard]] std::vector<float> logits(const json& pair) const
    {
        const HeadConfig& head = m_checkpoint.info.head;
        Presence present{pair.at("text_present") != 0.0, pair.at("image_present") != 0.0};
        Matrix textRow{1, static_cast<std::size_t>(head.textWidth),
                       std::vector<float>(static_cast<std::size_t>(head.textWidth))};
        Matrix imageRow{1, static_cast<std::size_t>(head.imageWidth),
                        std::vector<float>(static_cast<std::size_t>(head.imageWidth))};
        if (present.text) {
            textRow = text(pair.at("text"));
        }
        if (present.image) {
            imageRow = image(pair.at("image")).value();
        }
        return m_engine->classify(textRow, imageRow, std::span(&present, 1), 1).value().values;
    }

private:
    bool m_reference;
    json m_expected;
    Checkpoint m_checkpoint;
    std::unique_ptr<Engine> m_engine;
};

std::vector<float> sigmoid(std::vector<float> logits)
{
    for (float& value : logits) {
        value = 1.0F / (1.0F + std::exp(-value));
    }
    return logits;
}

} // namespace

class TestEngineGolden : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void answersAreTheReferences_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<bool>("reference");
        for (const char* model : {"clip_fusion", "clip_mtl", "clip_mtl_hidden", "siglip_fusion", "siglip2_fusion",
                                  "clip_mtl_flattened", "clip_fusion_sharded_fp16", "clip_fusion_wrapped"}) {
            for (const bool reference : {true, false}) {
                QTest::addRow("%s, %s", model, reference ? "reference" : "Hugging Face")
                    << QString::fromLatin1(model) << reference;
            }
        }
    }

    void answersAreTheReferences()
    {
        compareAll({.plain = true}, {2e-5F, 2e-5F, 1e-5F});
        compareAll({.precision = Precision::Fp32}, {1e-4F, 1e-4F, 2.5e-5F});
        compareAll({.precision = Precision::Bf16}, {1e30F, 1e30F, 1e-2F});
    }

private:
    void compareAll(EngineOptions options, Tolerance tolerance)
    {
        QFETCH(QString, model);
        QFETCH(bool, reference);
        const GoldenModel golden(model.toStdString(), reference, options);
        const char* mode = reference ? "reference" : "hf";
        int compared = 0;
        for (const json& pair : golden.expected().at("pairs")) {
            const bool readable = !pair.value("unreadable_image", false);
            // with neither, the reference scores its encodings of an empty text; the product reports "no content"
            const bool anything = pair.at("text_present") != 0.0 || pair.at("image_present") != 0.0;
            if (!readable || !anything) {
                continue;
            }
            const std::vector<float> logits = golden.logits(pair);
            const std::string what = pair.at("text").dump() + " " + pair.at("image").dump();
            const float logitOff = largestDifference(logits, pair.at(mode).at("logits").get<std::vector<float>>());
            const float off =
                largestDifference(sigmoid(logits), pair.at(mode).at("probabilities").get<std::vector<float>>());
            QVERIFY2(logitOff <= tolerance.logit && off <= tolerance.probability,
                     qPrintable(QStringLiteral("%1: logits %2 off, probabilities %3")
                                    .arg(QString::fromStdString(what))
                                    .arg(logitOff)
                                    .arg(off)));
            ++compared;
        }
        QVERIFY(compared > 50);
        compareFeatures(golden, reference, tolerance.feature);
    }

    static void compareFeatures(const GoldenModel& golden, bool reference, float tolerance)
    {
        for (const auto& [name, text] : golden.expected().at("texts").items()) {
            const bool ownFeature = !reference && text.contains("text_feature_hf_no_mask");
            const auto feature =
                text.at(ownFeature ? "text_feature_hf_no_mask" : "text_feature").get<std::vector<float>>();
            const float off = largestDifference(golden.text(name).values, feature);
            QVERIFY2(off <= tolerance,
                     qPrintable(QStringLiteral("text %1 is %2 off").arg(QString::fromStdString(name)).arg(off)));
        }
        for (const auto& [file, image] : golden.expected().at("images").items()) {
            const json answer = image.value(reference ? "reference" : "hf", json());
            if (answer.is_null()) {
                continue;
            }
            const std::optional<Matrix> feature = golden.image(file);
            QVERIFY2(feature.has_value(), file.c_str());
            const float off = largestDifference(feature->values, answer.at("image_feature").get<std::vector<float>>());
            QVERIFY2(off <= tolerance,
                     qPrintable(QStringLiteral("%1 is %2 off").arg(QString::fromStdString(file)).arg(off)));
        }
    }
};

QTEST_GUILESS_MAIN(TestEngineGolden)
#include "tst_engine_golden.moc"
