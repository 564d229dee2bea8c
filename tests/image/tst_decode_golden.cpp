#include "core/base/file.h"
#include "core/base/sha256.h"
#include "core/image/decode.h"
#include "core/image/image_processor.h"
#include "tests/support/test_data.h"

#include <nlohmann/json.hpp>

#include <QTest>

#include <cmath>
#include <span>

using namespace modscope;
using nlohmann::json;

namespace {

std::string hashOf(const Image& image)
{
    return sha256Hex(std::as_bytes(std::span(image.rgb)));
}

std::filesystem::path picture(const std::string& file)
{
    return test::testData("golden/images/" + file);
}

struct Model {
    const char* name;
    ImageProcessorKind kind;
};

constexpr Model kModels[] = {{"clip_fusion", ImageProcessorKind::Clip},
                             {"clip_mtl", ImageProcessorKind::Clip},
                             {"clip_mtl_hidden", ImageProcessorKind::Clip},
                             {"siglip_fusion", ImageProcessorKind::Siglip},
                             {"siglip2_fusion", ImageProcessorKind::Siglip2}};

ImageProcessorConfig configOf(const Model& model, PreprocessingMode mode, int side)
{
    const auto file = readTextFile(
        test::testData(std::string("golden/") + model.name + "/encoder/preprocessor_config.json"), 1 << 20);
    return imageProcessorConfig(mode, model.kind, file.value(), side).value();
}

double distance(const Image& square, const ImageProcessor& processor, const json& expected)
{
    const std::vector<float> values = processor.normalise(square);
    const auto side = static_cast<std::size_t>(square.width);
    double worst = 0;
    for (const json& value : expected.at("values")) {
        const std::size_t index =
            (value[0].get<std::size_t>() * side + value[1].get<std::size_t>()) * side + value[2].get<std::size_t>();
        worst = std::max(worst, std::abs(static_cast<double>(values.at(index)) - value[3].get<double>()));
    }
    return worst;
}

} // namespace

/// The pictures of tests/data/golden against what Pillow, the reference's transform and Hugging Face made of them.
class TestDecodeGolden : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }
    void headersSayWhatPillowSays_data() { addPictures(); }
    void headersSayWhatPillowSays();
    void pixelsAreThoseOfPillow_data() { addPictures(); }
    void pixelsAreThoseOfPillow();
    void squaresAndTensorsAreThoseOfEveryModel_data();
    void squaresAndTensorsAreThoseOfEveryModel();
    void decodingOnlyTheSquareGivesTheSameBytes_data() { squaresAndTensorsAreThoseOfEveryModel_data(); }
    void decodingOnlyTheSquareGivesTheSameBytes();
    void olderPillowResizedHorizontallyFirst_data() { squaresAndTensorsAreThoseOfEveryModel_data(); }
    void olderPillowResizedHorizontallyFirst();
    void whatPillowRefusesIsAnError_data();
    void whatPillowRefusesIsAnError();

private:
    static void addPictures();
    static json facts(const QString& file);
    static json expected(const QString& model);
};

json TestDecodeGolden::facts(const QString& file)
{
    return test::readJson(test::testData("golden/images.json")).at(file.toStdString());
}

json TestDecodeGolden::expected(const QString& model)
{
    return test::readJson(test::testData("golden/" + model.toStdString() + "/expected.json"));
}

void TestDecodeGolden::addPictures()
{
    QTest::addColumn<QString>("file");
    const json pictures = test::readJson(test::testData("golden/images.json"));
    for (const auto& [file, fact] : pictures.items()) {
        if (fact.value("decodes", true)) {
            QTest::newRow(file.c_str()) << QString::fromStdString(file);
        }
    }
}

void TestDecodeGolden::headersSayWhatPillowSays()
{
    QFETCH(QString, file);
    const json fact = facts(file);
    const auto bytes = readFile(picture(file.toStdString()), 1 << 20);
    const auto header = readImageHeader(bytes.value());
    QVERIFY2(header.has_value(), header ? "" : header.error().message.c_str());
    QCOMPARE(QString::fromUtf8(name(header->format).data()).toUpper(),
             QString::fromStdString(fact.at("format").get<std::string>()));
    QCOMPARE(header->width, fact.at("width").get<int>());
    QCOMPARE(header->height, fact.at("height").get<int>());
    QCOMPARE(header->frames, fact.at("frames").get<int>());
    QCOMPARE(header->orientation, fact.at("exif_orientation").is_null() ? 1 : fact.at("exif_orientation").get<int>());
}

void TestDecodeGolden::pixelsAreThoseOfPillow()
{
    QFETCH(QString, file);
    const json fact = facts(file);
    const auto stored = decodeImageFile(picture(file.toStdString()));
    QVERIFY2(stored.has_value(), stored ? "" : stored.error().message.c_str());
    QCOMPARE(stored->image.width, fact.at("width").get<int>());
    QCOMPARE(stored->image.height, fact.at("height").get<int>());
    QCOMPARE(hashOf(stored->image), fact.at("sha256_decoded_rgb8").get<std::string>());

    DecodeOptions options;
    options.orientation = Orientation::Apply;
    const auto turned = decodeImageFile(picture(file.toStdString()), options);
    const std::string upright = fact.contains("sha256_upright_rgb8") ? "sha256_upright_rgb8" : "sha256_decoded_rgb8";
    QCOMPARE(hashOf(turned->image), fact.at(upright).get<std::string>());
    if (fact.contains("upright_size")) {
        QCOMPARE(turned->image.width, fact.at("upright_size")[0].get<int>());
        QCOMPARE(turned->image.height, fact.at("upright_size")[1].get<int>());
    }
}

void TestDecodeGolden::squaresAndTensorsAreThoseOfEveryModel_data()
{
    QTest::addColumn<int>("model");
    QTest::addColumn<bool>("reference");
    for (int model = 0; model < static_cast<int>(std::size(kModels)); ++model) {
        for (const bool reference : {true, false}) {
            QTest::addRow("%s %s", kModels[model].name, reference ? "reference" : "hf") << model << reference;
        }
    }
}

void TestDecodeGolden::squaresAndTensorsAreThoseOfEveryModel()
{
    QFETCH(int, model);
    QFETCH(bool, reference);
    const json answers = expected(QString::fromLatin1(kModels[model].name));
    const auto mode = reference ? PreprocessingMode::Reference : PreprocessingMode::HuggingFace;
    const ImageProcessor processor(configOf(kModels[model], mode, answers.at("image_size").get<int>()));
    int compared = 0;
    for (const auto& [file, answer] : answers.at("images").items()) {
        if (!answer.value("decodes", true)) {
            continue;
        }
        const json& wanted = answer.at(reference ? "reference" : "hf");
        DecodeOptions options;
        options.orientation = processor.config().orientation;
        const auto decoded = decodeImageFile(picture(file), options);
        const auto square = processor.toSquare(decoded->image);
        QVERIFY2(square.has_value(), file.c_str());
        QCOMPARE(square->width, wanted.at("width").get<int>());
        QCOMPARE(square->height, wanted.at("height").get<int>());
        QVERIFY2(hashOf(*square) == wanted.at("sha256_rgb8").get<std::string>(), file.c_str());
        QVERIFY2(distance(*square, processor, wanted) < 1e-6, file.c_str());
        ++compared;
    }
    QCOMPARE(compared, 24);
}

void TestDecodeGolden::decodingOnlyTheSquareGivesTheSameBytes()
{
    QFETCH(int, model);
    QFETCH(bool, reference);
    const json answers = expected(QString::fromLatin1(kModels[model].name));
    const auto mode = reference ? PreprocessingMode::Reference : PreprocessingMode::HuggingFace;
    const ImageProcessor processor(configOf(kModels[model], mode, answers.at("image_size").get<int>()));
    for (const auto& [file, answer] : answers.at("images").items()) {
        const auto bytes = readFile(picture(file), 1 << 20);
        const auto square = processor.decodeToSquare(*bytes);
        QCOMPARE(square.has_value(), answer.value("decodes", true));
        if (square) {
            const json& wanted = answer.at(reference ? "reference" : "hf");
            QVERIFY2(hashOf(square->image) == wanted.at("sha256_rgb8").get<std::string>(), file.c_str());
            QCOMPARE(square->header, readImageHeader(*bytes).value());
        }
    }
}

void TestDecodeGolden::olderPillowResizedHorizontallyFirst()
{
    QFETCH(int, model);
    QFETCH(bool, reference);
    const json answers = expected(QString::fromLatin1(kModels[model].name));
    const auto mode = reference ? PreprocessingMode::Reference : PreprocessingMode::HuggingFace;
    ImageProcessorConfig config = configOf(kModels[model], mode, answers.at("image_size").get<int>());
    config.passOrder = PassOrder::HorizontalFirst;
    const ImageProcessor processor(config);
    bool differs = false;
    for (const auto& [file, answer] : answers.at("images").items()) {
        if (!answer.value("decodes", true)) {
            continue;
        }
        const json& wanted = answer.at(reference ? "reference" : "hf");
        differs = differs || wanted.contains("if_horizontal_pass_first");
        const json& older =
            wanted.contains("if_horizontal_pass_first") ? wanted.at("if_horizontal_pass_first") : wanted;
        const auto square = processor.decodeToSquare(readFile(picture(file), 1 << 20).value());
        QVERIFY2(hashOf(square->image) == older.at("sha256_rgb8").get<std::string>(), file.c_str());
    }
    QVERIFY(differs);
}

void TestDecodeGolden::whatPillowRefusesIsAnError_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("no bytes") << "empty.png";
    QTest::newRow("text named jpg") << "not_an_image.jpg";
    QTest::newRow("cut off") << "truncated.jpg";
}

void TestDecodeGolden::whatPillowRefusesIsAnError()
{
    QFETCH(QString, file);
    const auto decoded = decodeImageFile(picture(file.toStdString()));
    QVERIFY(!decoded);
    QCOMPARE(decoded.error().code, ErrorCode::ParseError);
    QVERIFY(decoded.error().message.find(file.toStdString()) != std::string::npos);
}

QTEST_GUILESS_MAIN(TestDecodeGolden)
#include "tst_decode_golden.moc"
