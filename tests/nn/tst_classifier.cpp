#include "core/data/sample_table.h"
#include "core/nn/classifier.h"
#include "core/nn/model_path.h"
#include "tests/support/test_data.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <numeric>
#include <random>

using namespace modscope;

namespace {

// PROVENANCE.md: measured differences between fp32 and fp64 stay below 4e-6.
constexpr float kLogitTolerance = 2e-5F;
constexpr float kProbabilityTolerance = 1e-5F;
// The demo weights are F16 and larger; the promise to users.
constexpr float kDemoTolerance = 1e-4F;

ClassifierOptions exactly()
{
    ClassifierOptions options;
    options.engine.device = "cpu";
    options.engine.precision = Precision::Fp32;
    return options;
}

Classifier opened(const std::filesystem::path& path, const ClassifierOptions& options = exactly())
{
    auto classifier = Classifier::open(path, options);
    if (!classifier) {
        qFatal("%s", classifier.error().message.c_str());
    }
    return *classifier;
}

std::filesystem::path demo(std::string_view word)
{
    const auto path = resolveModel(word);
    if (!path) {
        qFatal("%s", path.error().message.c_str());
    }
    return *path;
}

/// One answer of the reference.
struct GoldenPair {
    Sample sample;
    bool unreadable = false;
    bool nothing = false;
    std::vector<float> logits;
    std::vector<float> probabilities;
};

std::vector<GoldenPair> goldenPairs(const std::string& model, const std::string& mode)
{
    const auto texts = test::readJson(test::testData("golden/texts.json"));
    const auto expected = test::readJson(test::testData("golden/" + model + "/expected.json"));
    std::vector<GoldenPair> pairs;
    for (const auto& entry : expected.at("pairs")) {
        GoldenPair pair;
        const auto& text = entry.at("text");
        const auto& image = entry.at("image");
        pair.sample.id = text.dump() + " " + image.dump();
        pair.sample.text = text.is_null() ? "" : texts.at(text.get<std::string>()).get<std::string>();
        if (!image.is_null()) {
            pair.sample.imagePath = test::testData("golden/images/" + image.get<std::string>());
        }
        pair.unreadable = entry.value("unreadable_image", false);
        pair.nothing = image.is_null() && entry.at("text_present").get<float>() == 0.0F;
        if (!pair.unreadable && !pair.nothing) {
            pair.logits = entry.at(mode).at("logits").get<std::vector<float>>();
            pair.probabilities = entry.at(mode).at("probabilities").get<std::vector<float>>();
        }
        pairs.push_back(std::move(pair));
    }
    return pairs;
}

std::vector<Sample> samplesOf(const std::vector<GoldenPair>& pairs)
{
    std::vector<Sample> samples;
    for (const GoldenPair& pair : pairs) {
        samples.push_back(pair.sample);
    }
    return samples;
}

float largestDifference(const std::vector<float>& a, const std::vector<float>& b)
{
    if (a.size() != b.size()) {
        return std::numeric_limits<float>::infinity();
    }
    float largest = 0;
    for (std::size_t index = 0; index < a.size(); ++index) {
        largest = std::max(largest, std::abs(a[index] - b[index]));
    }
    return largest;
}

std::vector<Sample> demoSamples()
{
    auto table = SampleTable::open(test::resource("demo/samples/samples.csv"), {});
    std::vector<Sample> samples;
    while (auto row = *table->next()) {
        samples.push_back(*row->sample);
    }
    return samples;
}

/// The prob_ columns of an expected*.csv.
std::vector<std::vector<float>> expectedProbabilities(const std::string& file)
{
    auto table = SampleTable::open(test::resource("demo/samples/" + file), {});
    std::vector<std::vector<float>> rows;
    while (auto row = *table->next()) {
        std::vector<float> probabilities;
        for (std::size_t column = 2; column < row->fields.size(); ++column) {
            probabilities.push_back(std::stof(row->fields[column]));
        }
        rows.push_back(std::move(probabilities));
    }
    return rows;
}

/// As many different items as asked for: the demo samples with changing words.
std::vector<Sample> manySamples(std::size_t count)
{
    const auto base = demoSamples();
    std::vector<Sample> samples;
    for (std::size_t index = 0; index < count; ++index) {
        samples.push_back(base[index % base.size()]);
        samples.back().text += " number " + std::to_string(index);
    }
    return samples;
}

} // namespace

class TestClassifier : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void everyPairOfEveryModelIsJudgedAsTheReferenceDoes_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("mode");
        QTest::addColumn<bool>("plain");
        for (const char* model : {"clip_fusion", "clip_fusion_sharded_fp16", "clip_fusion_wrapped", "clip_mtl",
                                  "clip_mtl_flattened", "clip_mtl_hidden", "siglip_fusion", "siglip2_fusion"}) {
            for (const char* mode : {"reference", "hf"}) {
                QTest::addRow("%s, %s", model, mode) << model << mode << false;
                QTest::addRow("%s, %s, plain path", model, mode) << model << mode << true;
            }
        }
    }

    void everyPairOfEveryModelIsJudgedAsTheReferenceDoes()
    {
        QFETCH(QString, model);
        QFETCH(QString, mode);
        QFETCH(bool, plain);
        ClassifierOptions options = exactly();
        options.engine.plain = plain;
        options.checkpoint.specialTokens = SpecialTokens::Honour; // as the reference's tokenizer
        options.checkpoint.preprocessing =
            mode == QStringLiteral("hf") ? PreprocessingMode::HuggingFace : PreprocessingMode::Reference;
        const Classifier classifier = opened(test::testData("golden/" + model.toStdString() + "/run"), options);
        const auto pairs = goldenPairs(model.toStdString(), mode.toStdString());
        const auto predictions = classifier.predict(samplesOf(pairs));
        QCOMPARE(predictions.size(), pairs.size());
        for (std::size_t index = 0; index < pairs.size(); ++index) {
            const GoldenPair& pair = pairs[index];
            const auto& prediction = predictions[index];
            const char* const name = pair.sample.id.c_str();
            QVERIFY2(prediction.has_value() == (!pair.unreadable && !pair.nothing), name);
            if (!prediction) {
                QVERIFY2((prediction.error().code == ErrorCode::NoContent) == pair.nothing, name);
                continue;
            }
            QVERIFY2(largestDifference(prediction->logits, pair.logits) <= kLogitTolerance, name);
            QVERIFY2(largestDifference(prediction->probabilities, pair.probabilities) <= kProbabilityTolerance, name);
        }
    }

    void theDemoSamplesHaveTheirPublishedScores_data()
    {
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("file");
        QTest::newRow("demo") << "demo"
                              << "expected_harmless.csv";
        QTest::newRow("demo2") << "demo2"
                               << "expected.csv";
    }

    void theDemoSamplesHaveTheirPublishedScores()
    {
        QFETCH(QString, word);
        QFETCH(QString, file);
        const auto expected = expectedProbabilities(file.toStdString());
        const auto predictions = opened(demo(word.toStdString())).predict(demoSamples());
        QCOMPARE(predictions.size(), std::size_t{13});
        QCOMPARE(expected.size(), predictions.size());
        for (std::size_t index = 0; index < predictions.size(); ++index) {
            QVERIFY2(predictions[index].has_value(), std::to_string(index).c_str());
            QVERIFY(largestDifference(predictions[index]->probabilities, expected[index]) <= kDemoTolerance);
        }
    }

    void aTextThatIsNotUtf8IsAnErrorOfItsItem()
    {
        std::vector<Sample> samples(2);
        samples[0].text = "caf\xE9";
        samples[1].text = "caf\xC3\xA9";
        const auto predictions = opened(demo("demo")).predict(samples);
        QCOMPARE(predictions[0].error().code, ErrorCode::ParseError);
        QVERIFY(predictions[1].has_value());
    }

    void aBatchGivesWhatEachItemGivesAlone()
    {
        const Classifier classifier = opened(demo("demo"));
        const auto samples = manySamples(40);
        const auto together = classifier.predict(samples);
        for (std::size_t index = 0; index < samples.size(); ++index) {
            const auto alone = classifier.predict(std::span(&samples[index], 1));
            QCOMPARE(alone.size(), std::size_t{1});
            QVERIFY(largestDifference(alone[0]->logits, together[index]->logits) <= kLogitTolerance);
            QCOMPARE(alone[0]->textTruncated, together[index]->textTruncated);
        }
    }

    void theOrderOfTheItemsDoesNotMatter()
    {
        const Classifier classifier = opened(demo("demo"));
        const auto samples = manySamples(60);
        const auto straight = classifier.predict(samples);
        std::vector<std::size_t> order(samples.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::shuffle(order.begin(), order.end(), std::mt19937(7));
        std::vector<Sample> shuffled;
        for (const std::size_t index : order) {
            shuffled.push_back(samples[index]);
        }
        const auto mixed = classifier.predict(shuffled);
        for (std::size_t place = 0; place < order.size(); ++place) {
            QVERIFY(largestDifference(mixed[place]->logits, straight[order[place]]->logits) <= kLogitTolerance);
        }
    }

    void theSameRunGivesTheSameBits()
    {
        const Classifier classifier = opened(demo("demo"));
        const auto samples = manySamples(50);
        const auto first = classifier.predict(samples);
        const auto second = classifier.predict(samples);
        for (std::size_t index = 0; index < samples.size(); ++index) {
            QCOMPARE(first[index]->logits, second[index]->logits);
        }
    }

    void damagedPicturesFailAloneWithTheirNames()
    {
        const Classifier classifier = opened(demo("demo"));
        const QTemporaryDir folder;
        const std::filesystem::path empty = folder.filePath(QStringLiteral("empty.jpg")).toStdString();
        const std::filesystem::path renamed = folder.filePath(QStringLiteral("renamed.png")).toStdString();
        std::ofstream(empty).close();
        std::ofstream(renamed) << "this is a text, whatever its name says";
        auto samples = manySamples(6);
        samples[1].imagePath = empty;
        samples[2].imagePath = renamed;
        samples[3].imagePath = folder.filePath(QStringLiteral("nowhere.gif")).toStdString();
        samples[4].imagePath = folder.path().toStdString();
        const auto predictions = classifier.predict(samples);
        QVERIFY(predictions[0].has_value() && predictions[5].has_value());
        for (std::size_t index = 1; index <= 4; ++index) {
            QVERIFY(!predictions[index]);
            QVERIFY(predictions[index].error().message.find(samples[index].imagePath.string()) != std::string::npos);
        }
    }

    void aPictureInMemoryIsJudgedLikeItsFile()
    {
        const Classifier classifier = opened(demo("demo"));
        Sample fromFile;
        fromFile.imagePath = test::resource("demo/samples/04_monday.webp");
        std::ifstream file(fromFile.imagePath, std::ios::binary);
        const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
        std::vector<std::byte> copy(bytes.size());
        std::memcpy(copy.data(), bytes.data(), bytes.size());
        Sample fromMemory;
        fromMemory.imageBytes = std::make_shared<const std::vector<std::byte>>(std::move(copy));
        const std::array samples{fromFile, fromMemory};
        const auto predictions = classifier.predict(samples);
        QVERIFY(largestDifference(predictions[0]->logits, predictions[1]->logits) <= kLogitTolerance);
    }

    void progressCountsUpToTheTotal()
    {
        const Classifier classifier = opened(demo("demo"));
        const auto samples = manySamples(20);
        std::vector<Progress> seen;
        const auto predictions =
            classifier.predict(samples, {}, [&seen](const Progress& progress) { seen.push_back(progress); });
        QCOMPARE(seen.size(), samples.size());
        QCOMPARE(seen.back(), (Progress{20, 20}));
    }

    void afterAStopTheItemsNotReachedAreCancelled()
    {
        const Classifier classifier = opened(demo("demo"));
        const auto samples = manySamples(200);
        std::stop_source stop;
        const auto predictions = classifier.predict(samples, stop.get_token(), [&stop](const Progress& progress) {
            if (progress.done == 5) {
                stop.request_stop();
            }
        });
        QCOMPARE(predictions.size(), samples.size());
        QVERIFY(predictions.front().has_value());
        QCOMPARE(predictions.back().error().code, ErrorCode::Cancelled);
    }

    void anEditedTextIsScoredAsIfTheItemWereNew()
    {
        const Classifier classifier = opened(demo("demo"));
        Sample sample = demoSamples().front();
        const auto before = classifier.embed(sample);
        const auto edited = classifier.withText(*before, "quite another caption");
        sample.text = "quite another caption";
        const auto direct = classifier.predict(std::span(&sample, 1));
        QVERIFY(largestDifference(classifier.classify(*edited)->logits, direct[0]->logits) <= kLogitTolerance);

        sample.text = " ";
        const auto emptied = classifier.withText(*before, " ");
        const auto withoutText = classifier.predict(std::span(&sample, 1));
        QVERIFY(!emptied->present.text);
        QVERIFY(largestDifference(classifier.classify(*emptied)->logits, withoutText[0]->logits) <= kLogitTolerance);
    }

    void featuresOfAnotherModelAreRefused()
    {
        const auto embedding = opened(demo("demo")).embed(demoSamples().front());
        const Classifier other = opened(test::testData("golden/clip_fusion/run"));
        QCOMPARE(other.classify(*embedding).error().code, ErrorCode::Mismatch);
    }

    void aModelThatIsNotThereIsNamed()
    {
        const auto missing = Classifier::open("/nowhere/run");
        QVERIFY(!missing);
        QVERIFY(missing.error().message.find("/nowhere/run") != std::string::npos);
    }

    void copiesShareTheModelAndOutliveTheOriginal()
    {
        std::optional<Classifier> original = opened(demo("demo"));
        const Classifier copy = *original; // NOLINT(performance-unnecessary-copy-initialization): the copy is the test
        QCOMPARE(&copy.info(), &original->info());
        original.reset();
        QVERIFY(copy.predict(manySamples(3))[2].has_value());
    }
};

QTEST_GUILESS_MAIN(TestClassifier)
#include "tst_classifier.moc"
