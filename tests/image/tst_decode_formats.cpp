#include "core/base/file.h"
#include "core/base/sha256.h"
#include "core/image/decode.h"
#include "core/image/image_processor.h"
#include "tests/support/test_data.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QTest>

#include <cstdlib>
#include <span>
#include <vector>

Q_DECLARE_METATYPE(modscope::ImageFormat)

using namespace modscope;
using nlohmann::json;

namespace {

std::vector<std::byte> bytesOf(const std::string& file)
{
    return readFile(test::testData("formats/" + file), 1 << 20).value();
}

std::string hashOf(const Image& image)
{
    return sha256Hex(std::as_bytes(std::span(image.rgb)));
}

} // namespace

/// The pictures of tests/data/formats: what each format can look like, against what Pillow makes of it.
class TestDecodeFormats : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }
    void everyKindOfFileGivesPillowsPixels_data() { addFiles({}); }
    void everyKindOfFileGivesPillowsPixels();
    void aFileCutAnywhereIsAnErrorOrComplete_data() { addFiles({}); }
    void aFileCutAnywhereIsAnErrorOrComplete();
    void aDamagedByteNeverBreaksTheDecoder_data() { addFiles({}); }
    void aDamagedByteNeverBreaksTheDecoder();
    void decodingOnlyTheSquareGivesTheSameBytes_data() { addFiles(".jpg"); }
    void decodingOnlyTheSquareGivesTheSameBytes();
    void theNameOfAFileDoesNotMatter();
    void heicAndAvifShowTheirPictureUpright_data();
    void heicAndAvifShowTheirPictureUpright();

private:
    static void addFiles(const std::string& ending);
};

void TestDecodeFormats::addFiles(const std::string& ending)
{
    QTest::addColumn<QString>("file");
    const json pictures = test::readJson(test::testData("formats/expected.json"));
    for (const auto& [file, answer] : pictures.items()) {
        if (file.ends_with(ending)) {
            QTest::newRow(file.c_str()) << QString::fromStdString(file);
        }
    }
}

void TestDecodeFormats::everyKindOfFileGivesPillowsPixels()
{
    QFETCH(QString, file);
    const json expected = test::readJson(test::testData("formats/expected.json")).at(file.toStdString());
    const auto decoded = decodeImage(bytesOf(file.toStdString()));
    QVERIFY2(decoded.has_value(), decoded ? "" : decoded.error().message.c_str());
    QCOMPARE(decoded->header.frames, expected.at("frames").get<int>());
    QCOMPARE(decoded->header.orientation, expected.at("orientation").get<int>());
    QCOMPARE(decoded->image.width, expected.at("width").get<int>());
    QCOMPARE(decoded->image.height, expected.at("height").get<int>());
    QCOMPARE(hashOf(decoded->image), expected.at("sha256").get<std::string>());
}

void TestDecodeFormats::aFileCutAnywhereIsAnErrorOrComplete()
{
    QFETCH(QString, file);
    const std::vector<std::byte> bytes = bytesOf(file.toStdString());
    const Image whole = decodeImage(bytes)->image;
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        const std::vector<std::byte> cut(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length));
        const auto decoded = decodeImage(cut);
        if (decoded) { // only what comes after the pixels is missing
            QVERIFY2(decoded->image == whole, std::to_string(length).c_str());
        } else {
            QVERIFY(!decoded.error().message.empty());
        }
    }
}

void TestDecodeFormats::aDamagedByteNeverBreaksTheDecoder()
{
    QFETCH(QString, file);
    const std::vector<std::byte> bytes = bytesOf(file.toStdString());
    DecodeOptions options;
    options.maxPixels = 1 << 20;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        for (const int value : {0, 0x7F, 0xFF}) {
            std::vector<std::byte> damaged = bytes;
            damaged[i] = static_cast<std::byte>(value);
            const auto decoded = decodeImage(damaged, options);
            if (decoded) {
                QVERIFY(checkBuffer(decoded->image).has_value());
            }
        }
    }
}

void TestDecodeFormats::decodingOnlyTheSquareGivesTheSameBytes()
{
    QFETCH(QString, file);
    const std::vector<std::byte> bytes = bytesOf(file.toStdString());
    const auto decoded = decodeImage(bytes);
    for (int side = 1; side < 90; ++side) {
        for (const bool keepRatio : {true, false}) {
            ImageProcessorConfig config;
            config.side = side;
            config.keepRatio = keepRatio;
            config.filter = side % 2 == 0 ? ResizeFilter::Bicubic : ResizeFilter::Bilinear;
            const ImageProcessor processor(config);
            const auto square = processor.decodeToSquare(bytes);
            QVERIFY2(square.has_value(), square ? "" : square.error().message.c_str());
            QVERIFY2(square->image == processor.toSquare(decoded->image).value(), std::to_string(side).c_str());
        }
    }
}

void TestDecodeFormats::theNameOfAFileDoesNotMatter()
{
    const QTemporaryDir folder;
    const auto renamed = std::filesystem::path(folder.path().toStdString()) / "really_a_bmp.jpg";
    std::filesystem::copy_file(test::testData("formats/bits24.bmp"), renamed);
    const auto decoded = decodeImageFile(renamed);
    QVERIFY(decoded.has_value());
    QCOMPARE(decoded->header.format, ImageFormat::Bmp);
}

void TestDecodeFormats::heicAndAvifShowTheirPictureUpright_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<ImageFormat>("format");
    QTest::addColumn<bool>("turned");
    QTest::newRow("heic") << "slopes.heic" << ImageFormat::Heif << false;
    QTest::newRow("avif") << "slopes.avif" << ImageFormat::Avif << false;
    QTest::newRow("avif to be turned clockwise") << "slopes_turned.avif" << ImageFormat::Avif << true;
}

/// The picture is red = 5 x, green = 7 y, blue = 128, 48 x 32.
void TestDecodeFormats::heicAndAvifShowTheirPictureUpright()
{
    QFETCH(QString, file);
    QFETCH(ImageFormat, format);
    QFETCH(bool, turned);
    const std::vector<std::byte> bytes = bytesOf(file.toStdString());
    const auto decoded = decodeImage(bytes);
    QVERIFY2(decoded.has_value(), decoded ? "" : decoded.error().message.c_str());
    QCOMPARE(decoded->header.format, format);
    QCOMPARE(decoded->header.orientation, 1);
    QCOMPARE(decoded->image.width, turned ? 32 : 48);
    QCOMPARE(decoded->image.height, turned ? 48 : 32);
    for (int y = 0; y < decoded->image.height; ++y) {
        for (int x = 0; x < decoded->image.width; ++x) {
            const auto index = static_cast<std::size_t>(3 * (y * decoded->image.width + x));
            const int red = 5 * (turned ? y : x);
            const int green = 7 * (turned ? 31 - x : y);
            QVERIFY(std::abs(decoded->image.rgb[index] - red) <= 12);
            QVERIFY(std::abs(decoded->image.rgb[index + 1] - green) <= 12);
        }
    }
    for (std::size_t length = 0; length < bytes.size(); length += 7) {
        QVERIFY(!decodeImage(std::span(bytes).first(length)));
    }
}

QTEST_GUILESS_MAIN(TestDecodeFormats)
#include "tst_decode_formats.moc"
