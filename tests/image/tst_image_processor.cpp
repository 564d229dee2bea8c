#include "core/base/sha256.h"
#include "core/image/image_processor.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <cmath>
#include <span>

using namespace modscope;

namespace {

std::string hashOf(const Image& image)
{
    return sha256Hex(std::as_bytes(std::span(image.rgb)));
}

/// Channel c at (x, y) is (3 x² + 7 y + x y + 85 c) mod 256, 97 x 61.
Image formulaImage()
{
    Image image{97, 61, {}};
    for (int y = 0; y < image.height; ++y) {
        for (int x = 0; x < image.width; ++x) {
            for (int c = 0; c < 3; ++c) {
                image.rgb.push_back(static_cast<std::uint8_t>((3 * x * x + 7 * y + x * y + 85 * c) % 256));
            }
        }
    }
    return image;
}

/// Every pixel shows its own column and row, so that a square without resizing shows where it was cut out.
Image rulers(int width, int height)
{
    Image image{width, height, {}};
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            for (const int value : {x, y, 0}) {
                image.rgb.push_back(static_cast<std::uint8_t>(value));
            }
        }
    }
    return image;
}

ImageProcessorConfig configOf(PreprocessingMode mode, ImageProcessorKind kind, const char* text, int side)
{
    return imageProcessorConfig(mode, kind, text, side).value();
}

} // namespace

class TestImageProcessor : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }
    void theReferenceCropsBetweenEvenNumbers();
    void clipCropsDownwards();
    void tensorsOfTheReferenceAreThePublishedOnes();
    void cropOffsetsFollowTheirRule_data();
    void cropOffsetsFollowTheirRule();
    void aShortEdgeLongerThanTheSquareIsCropped();
    void aSquareThatCannotBeCutIsAnError();
    void aBufferOfTheWrongSizeIsAnError();
    void aLineTooNarrowForItsLengthIsAnError();
    void everyPublishedFormOfTheSizesIsRead_data();
    void everyPublishedFormOfTheSizesIsRead();
    void switchesAreObeyed();
    void whatCannotBeDoneIsRefusedByName_data();
    void whatCannotBeDoneIsRefusedByName();
    void withoutAFileThePublishedDefaultsHold();
};

void TestImageProcessor::theReferenceCropsBetweenEvenNumbers()
{
    const ImageProcessor processor(configOf(PreprocessingMode::Reference, ImageProcessorKind::Clip, "", 32));
    QCOMPARE(hashOf(processor.toSquare(formulaImage()).value()),
             "11ee8b0f284d71d385cdb27012e22d4a4f282198f82d151a3efbf154aa8fe35e");
}

void TestImageProcessor::clipCropsDownwards()
{
    const ImageProcessor processor(configOf(PreprocessingMode::HuggingFace, ImageProcessorKind::Clip, "", 32));
    QCOMPARE(hashOf(processor.toSquare(formulaImage()).value()),
             "0f633ef6b844138421caa4ee10ebb6be47ff061ce10551ae6fe96d1b819ce6fc");
}

void TestImageProcessor::tensorsOfTheReferenceAreThePublishedOnes()
{
    const ImageProcessor processor(configOf(PreprocessingMode::Reference, ImageProcessorKind::Clip, "", 32));
    const std::vector<float> values = processor.normalise(processor.toSquare(formulaImage()).value());
    QCOMPARE(values.size(), std::size_t{3 * 32 * 32});
    const float first[] = {0.514289F, -0.026204F, 0.311509F};
    const float centre[] = {0.514289F, -0.056219F, 0.411049F};
    for (std::size_t channel = 0; channel < 3; ++channel) {
        QVERIFY(std::abs(values[channel * 1024] - first[channel]) < 1e-6F);
        QVERIFY(std::abs(values[channel * 1024 + 16 * 32 + 16] - centre[channel]) < 1e-6F);
    }
}

void TestImageProcessor::cropOffsetsFollowTheirRule_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("floor");
    QTest::addColumn<int>("halfEven");
    QTest::newRow("no margin") << 32 << 0 << 0;
    QTest::newRow("margin 1") << 33 << 0 << 0;
    QTest::newRow("margin 2") << 34 << 1 << 1;
    QTest::newRow("margin 3") << 35 << 1 << 2;
    QTest::newRow("margin 5") << 37 << 2 << 2;
    QTest::newRow("margin 111") << 143 << 55 << 56;
}

void TestImageProcessor::cropOffsetsFollowTheirRule()
{
    QFETCH(int, width);
    QFETCH(int, floor);
    QFETCH(int, halfEven);
    ImageProcessorConfig config;
    config.side = 32;
    config.cropRounding = CropRounding::Floor;
    QCOMPARE(int{ImageProcessor(config).toSquare(rulers(width, 32))->rgb[0]}, floor);
    QCOMPARE(int{ImageProcessor(config).toSquare(rulers(32, width))->rgb[1]}, floor);
    config.cropRounding = CropRounding::HalfEven;
    QCOMPARE(int{ImageProcessor(config).toSquare(rulers(width, 32))->rgb[0]}, halfEven);
    QCOMPARE(int{ImageProcessor(config).toSquare(rulers(32, width))->rgb[1]}, halfEven);
}

void TestImageProcessor::aShortEdgeLongerThanTheSquareIsCropped()
{
    ImageProcessorConfig config;
    config.side = 20;
    config.shortEdge = 30;
    const auto square = ImageProcessor(config).toSquare(rulers(30, 40));
    QVERIFY(square.has_value());
    QCOMPARE(square->width, 20);
    QCOMPARE(int{square->rgb[0]}, 5);
    QCOMPARE(int{square->rgb[1]}, 10);
}

void TestImageProcessor::aSquareThatCannotBeCutIsAnError()
{
    ImageProcessorConfig config;
    config.shortEdge = 100;
    QCOMPARE(ImageProcessor(config).toSquare(rulers(30, 40)).error().code, ErrorCode::InvalidArgument);
    config.shortEdge = 0;
    config.side = 0;
    QCOMPARE(ImageProcessor(config).toSquare(rulers(30, 40)).error().code, ErrorCode::InvalidArgument);
}

void TestImageProcessor::aBufferOfTheWrongSizeIsAnError()
{
    Image image = rulers(30, 40);
    image.rgb.pop_back();
    QCOMPARE(ImageProcessor(ImageProcessorConfig{}).toSquare(image).error().code, ErrorCode::InvalidArgument);
}

void TestImageProcessor::aLineTooNarrowForItsLengthIsAnError()
{
    ImageProcessorConfig config;
    config.side = 16384;
    Image line{1, 200'000, std::vector<std::uint8_t>(600'000)};
    QCOMPARE(ImageProcessor(config).toSquare(line).error().code, ErrorCode::LimitExceeded);
}

void TestImageProcessor::everyPublishedFormOfTheSizesIsRead_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("keepRatio");
    QTest::addColumn<int>("shortEdge");
    const int clip = static_cast<int>(ImageProcessorKind::Clip);
    const int siglip = static_cast<int>(ImageProcessorKind::Siglip);
    QTest::newRow("clip numbers") << clip << QByteArray(R"({"size": 48, "crop_size": 48})") << true << 0;
    QTest::newRow("clip objects") << clip
                                  << QByteArray(
                                         R"({"size": {"shortest_edge": 48}, "crop_size": {"height": 48, "width": 48}})")
                                  << true << 0;
    QTest::newRow("clip resizes further than it crops")
        << clip << QByteArray(R"({"size": {"shortest_edge": 55}, "crop_size": 48})") << true << 55;
    QTest::newRow("clip squashed") << clip << QByteArray(R"({"size": {"height": 48, "width": 48}, "crop_size": 48})")
                                   << false << 0;
    QTest::newRow("siglip number") << siglip << QByteArray(R"({"size": 48})") << false << 0;
    QTest::newRow("siglip object") << siglip << QByteArray(R"({"size": {"height": 48, "width": 48}})") << false << 0;
    QTest::newRow("nested as in processor_config.json")
        << siglip << QByteArray(R"({"image_processor": {"size": {"height": 48, "width": 48}}, "processor_class": "x"})")
        << false << 0;
    QTest::newRow("nulls are not set") << clip << QByteArray(R"({"size": 48, "crop_size": null, "do_resize": null})")
                                       << true << 0;
}

void TestImageProcessor::everyPublishedFormOfTheSizesIsRead()
{
    QFETCH(int, kind);
    QFETCH(QByteArray, text);
    QFETCH(bool, keepRatio);
    QFETCH(int, shortEdge);
    const auto config = imageProcessorConfig(PreprocessingMode::HuggingFace, static_cast<ImageProcessorKind>(kind),
                                             text.toStdString(), 48);
    QVERIFY2(config.has_value(), config ? "" : config.error().message.c_str());
    QCOMPARE(config->side, 48);
    QCOMPARE(config->keepRatio, keepRatio);
    QCOMPARE(config->shortEdge, shortEdge);
    QCOMPARE(config->cropRounding, CropRounding::Floor);
    QCOMPARE(config->orientation, Orientation::Apply);
}

void TestImageProcessor::switchesAreObeyed()
{
    const auto config = configOf(PreprocessingMode::HuggingFace, ImageProcessorKind::Siglip2,
                                 R"({"do_normalize": false, "do_rescale": false, "resample": 3, "size": 16})", 16);
    QCOMPARE(config.filter, ResizeFilter::Bicubic);
    const ImageProcessor processor(config);
    const std::vector<float> values = processor.normalise(processor.toSquare(rulers(16, 16)).value());
    QCOMPARE(values[5], 5.0F);
}

void TestImageProcessor::whatCannotBeDoneIsRefusedByName_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("named");
    QTest::addColumn<int>("code");
    const int parse = static_cast<int>(ErrorCode::ParseError);
    const int unsupported = static_cast<int>(ErrorCode::Unsupported);
    const int mismatch = static_cast<int>(ErrorCode::Mismatch);
    QTest::newRow("no JSON") << QByteArray("{") << QByteArray("preprocessor config") << parse;
    QTest::newRow("a list") << QByteArray("[]") << QByteArray("JSON object") << parse;
    QTest::newRow("lanczos") << QByteArray(R"({"resample": 1})") << QByteArray("lanczos") << unsupported;
    QTest::newRow("hamming") << QByteArray(R"({"resample": 5})") << QByteArray("hamming") << unsupported;
    QTest::newRow("unknown filter") << QByteArray(R"({"resample": 9})") << QByteArray("unknown") << unsupported;
    QTest::newRow("filter as text") << QByteArray(R"({"resample": "x"})") << QByteArray("resample") << parse;
    QTest::newRow("no resizing") << QByteArray(R"({"do_resize": false})") << QByteArray("do_resize") << unsupported;
    QTest::newRow("no crop") << QByteArray(R"({"do_center_crop": false})") << QByteArray("do_center_crop")
                             << unsupported;
    QTest::newRow("not square") << QByteArray(R"({"crop_size": {"height": 32, "width": 31}})")
                                << QByteArray("crop_size") << unsupported;
    QTest::newRow("crop larger") << QByteArray(R"({"size": 30, "crop_size": 32})") << QByteArray("crop_size")
                                 << unsupported;
    QTest::newRow("half a size") << QByteArray(R"({"size": {"height": 32}})") << QByteArray("size") << parse;
    QTest::newRow("negative") << QByteArray(R"({"size": -1})") << QByteArray("size") << parse;
    QTest::newRow("two means") << QByteArray(R"({"image_mean": [0, 0]})") << QByteArray("image_mean") << parse;
    QTest::newRow("zero deviation") << QByteArray(R"({"image_std": [1, 0, 1]})") << QByteArray("image_std") << parse;
    QTest::newRow("no factor") << QByteArray(R"({"rescale_factor": 0})") << QByteArray("rescale_factor") << parse;
    QTest::newRow("flag as text") << QByteArray(R"({"do_rescale": "no"})") << QByteArray("do_rescale") << parse;
    QTest::newRow("another encoder's") << QByteArray(R"({"size": 64, "crop_size": 64})") << QByteArray("64")
                                       << mismatch;
}

void TestImageProcessor::whatCannotBeDoneIsRefusedByName()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, named);
    QFETCH(int, code);
    const auto config =
        imageProcessorConfig(PreprocessingMode::HuggingFace, ImageProcessorKind::Clip, text.toStdString(), 32);
    QVERIFY(!config);
    QCOMPARE(static_cast<int>(config.error().code), code);
    QVERIFY2(config.error().message.find(named.toStdString()) != std::string::npos, config.error().message.c_str());
}

void TestImageProcessor::withoutAFileThePublishedDefaultsHold()
{
    const auto clip = configOf(PreprocessingMode::HuggingFace, ImageProcessorKind::Clip, "", 224);
    QCOMPARE(clip, ImageProcessorConfig{});
    const auto siglip = configOf(PreprocessingMode::HuggingFace, ImageProcessorKind::Siglip, "", 384);
    QVERIFY(!siglip.keepRatio);
    QCOMPARE(siglip.filter, ResizeFilter::Bicubic);
    QCOMPARE(siglip.mean[0], 0.5F);
    QCOMPARE(configOf(PreprocessingMode::HuggingFace, ImageProcessorKind::Siglip2, "", 256).filter,
             ResizeFilter::Bilinear);
    const auto reference = configOf(PreprocessingMode::Reference, ImageProcessorKind::Siglip, "", 224);
    QVERIFY(reference.keepRatio);
    QCOMPARE(reference.filter, ResizeFilter::Bilinear);
    QCOMPARE(reference.cropRounding, CropRounding::HalfEven);
    QCOMPARE(reference.orientation, Orientation::Ignore);
    QCOMPARE(reference.mean[0], 0.5F);
}

QTEST_GUILESS_MAIN(TestImageProcessor)
#include "tst_image_processor.moc"
