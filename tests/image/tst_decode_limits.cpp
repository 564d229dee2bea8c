#include "core/base/file.h"
#include "core/image/decode.h"
#include "core/image/exif.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

using namespace modscope;

namespace {

using Bytes = std::vector<std::byte>;

Bytes bytesOf(std::string_view file)
{
    return readFile(test::testData(file), 1 << 20).value();
}

Bytes fromText(std::string_view text)
{
    const auto bytes = std::as_bytes(std::span(text));
    return {bytes.begin(), bytes.end()};
}

/// Overwrites a big- or little-endian number, as a liar would.
void put(Bytes& bytes, std::size_t offset, std::uint32_t value, std::size_t size, bool bigEndian)
{
    for (std::size_t i = 0; i < size; ++i) {
        const std::size_t shift = 8 * (bigEndian ? size - 1 - i : i);
        bytes.at(offset + i) = static_cast<std::byte>(value >> shift);
    }
}

/// Where a JPEG file's frame header has its height.
std::size_t jpegHeightOffset(const Bytes& bytes)
{
    for (std::size_t i = 0; i + 1 < bytes.size(); ++i) {
        if (bytes[i] == std::byte{0xFF} && (bytes[i + 1] == std::byte{0xC0} || bytes[i + 1] == std::byte{0xC2})) {
            return i + 5;
        }
    }
    return 0;
}

ErrorCode codeOf(const Bytes& bytes, const DecodeOptions& options = {})
{
    const auto decoded = decodeImage(bytes, options);
    return decoded ? ErrorCode::Internal : decoded.error().code;
}

/// An EXIF block with one orientation entry.
Bytes exifBlock(std::uint32_t value, std::uint32_t type, bool bigEndian)
{
    Bytes block = fromText(bigEndian ? "MM" : "II");
    block.resize(26);
    put(block, 2, 42, 2, bigEndian);
    put(block, 4, 8, 4, bigEndian);
    put(block, 8, 1, 2, bigEndian);
    put(block, 10, 274, 2, bigEndian);
    put(block, 12, type, 2, bigEndian);
    put(block, 14, 1, 4, bigEndian);
    put(block, 18, value, type == 4 ? 4 : 2, bigEndian);
    return block;
}

} // namespace

class TestDecodeLimits : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }
    void whatIsNoPictureIsAnError_data();
    void whatIsNoPictureIsAnError();
    void aHeaderThatPromisesTooMuchIsRefusedBeforeDecoding_data();
    void aHeaderThatPromisesTooMuchIsRefusedBeforeDecoding();
    void limitsAreInclusive();
    void tooManyBytesAreRefused();
    void aSideWithoutPixelsIsAnError();
    void aProgressivePictureWithEndlessScansIsRefused();
    void aMissingFileIsAnErrorThatNamesIt();
    void orientationIsReadInBothByteOrders();
    void damagedOrientationMeansUpright();
    void everyOrientationTurnsAsItShould_data();
    void everyOrientationTurnsAsItShould();
};

void TestDecodeLimits::whatIsNoPictureIsAnError_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("one byte") << QByteArray("x");
    QTest::newRow("text") << QByteArray("this is not a picture");
    QTest::newRow("JPEG's first bytes alone") << QByteArray("\xFF\xD8\xFF\xE0");
    QTest::newRow("PNG's first bytes alone") << QByteArray("\x89PNG\r\n\x1A\n");
    QTest::newRow("GIF's first bytes alone") << QByteArray("GIF89a");
    QTest::newRow("WebP's first bytes alone") << QByteArray("RIFF\x10\0\0\0WEBP", 12);
    QTest::newRow("TIFF's first bytes alone") << QByteArray("II*\0", 4);
    QTest::newRow("BMP's first bytes alone") << QByteArray("BM");
    QTest::newRow("an empty HEIC file") << QByteArray("\0\0\0\x18"
                                                      "ftypheic\0\0\0\0mif1heic",
                                                      24);
    QTest::newRow("a film") << QByteArray("\0\0\0\x14"
                                          "ftypisom\0\0\0\0isom",
                                          20);
}

void TestDecodeLimits::whatIsNoPictureIsAnError()
{
    QFETCH(QByteArray, text);
    const Bytes bytes = fromText(std::string_view(text.data(), static_cast<std::size_t>(text.size())));
    QCOMPARE(codeOf(bytes), ErrorCode::ParseError);
    QVERIFY(!readImageHeader(bytes));
}

void TestDecodeLimits::aHeaderThatPromisesTooMuchIsRefusedBeforeDecoding_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<int>("widthOffset");
    QTest::addColumn<int>("heightOffset");
    QTest::addColumn<int>("size");
    QTest::addColumn<bool>("bigEndian");
    const auto jpeg = static_cast<int>(jpegHeightOffset(bytesOf("golden/images/baseline.jpg")));
    QTest::newRow("JPEG") << QByteArray("golden/images/baseline.jpg") << jpeg + 2 << jpeg << 2 << true;
    QTest::newRow("PNG") << QByteArray("golden/images/rgba.png") << 16 << 20 << 4 << true;
    QTest::newRow("GIF") << QByteArray("golden/images/animated.gif") << 6 << 8 << 2 << false;
    QTest::newRow("BMP") << QByteArray("formats/bits24.bmp") << 18 << 22 << 4 << false;
    QTest::newRow("BMP in runs") << QByteArray("formats/runs8.bmp") << 18 << 22 << 4 << false;
    // Uncompressed, one strip: the entries for width and height come first in the directory behind the 4 bytes of data.
    QTest::newRow("TIFF") << QByteArray("formats/grey8_1.tif") << 8 + 4 + 2 + 8 << 8 + 4 + 2 + 12 + 8 << 2 << false;
}

void TestDecodeLimits::aHeaderThatPromisesTooMuchIsRefusedBeforeDecoding()
{
    QFETCH(QByteArray, file);
    QFETCH(int, widthOffset);
    QFETCH(int, heightOffset);
    QFETCH(int, size);
    QFETCH(bool, bigEndian);
    Bytes bytes = bytesOf(file.toStdString());
    const auto fieldSize = static_cast<std::size_t>(size);
    put(bytes, static_cast<std::size_t>(widthOffset), 65'000, fieldSize, bigEndian);
    put(bytes, static_cast<std::size_t>(heightOffset), 65'000, fieldSize, bigEndian);
    QCOMPARE(codeOf(bytes), ErrorCode::LimitExceeded);
    QCOMPARE(readImageHeader(bytes).error().code, ErrorCode::LimitExceeded);
}

void TestDecodeLimits::limitsAreInclusive()
{
    const Bytes bytes = bytesOf("golden/images/baseline.jpg");
    DecodeOptions options;
    options.maxPixels = 320 * 214;
    QVERIFY(decodeImage(bytes, options).has_value());
    options.maxPixels -= 1;
    QCOMPARE(codeOf(bytes, options), ErrorCode::LimitExceeded);
}

void TestDecodeLimits::tooManyBytesAreRefused()
{
    const Bytes bytes = bytesOf("golden/images/baseline.jpg");
    DecodeOptions options;
    options.maxBytes = bytes.size() - 1;
    QCOMPARE(codeOf(bytes, options), ErrorCode::LimitExceeded);
    const auto file = decodeImageFile(test::testData("golden/images/baseline.jpg"), options);
    QCOMPARE(file.error().code, ErrorCode::LimitExceeded);
}

void TestDecodeLimits::aSideWithoutPixelsIsAnError()
{
    Bytes png = bytesOf("golden/images/rgba.png");
    put(png, 16, 0, 4, true);
    QCOMPARE(codeOf(png), ErrorCode::ParseError);
    Bytes bmp = bytesOf("formats/bits24.bmp");
    put(bmp, 22, 0, 4, false);
    QCOMPARE(codeOf(bmp), ErrorCode::ParseError);
}

void TestDecodeLimits::aProgressivePictureWithEndlessScansIsRefused()
{
    const Bytes bytes = bytesOf("golden/images/progressive.jpg");
    // The first scan, from its marker to the next one that is not part of its data, again and again.
    std::size_t begin = 0;
    while (bytes[begin] != std::byte{0xFF} || bytes[begin + 1] != std::byte{0xDA}) {
        ++begin;
    }
    std::size_t end = begin + 2;
    while (bytes[end] != std::byte{0xFF} || bytes[end + 1] == std::byte{0}) {
        ++end;
    }
    const auto at = [&bytes](std::size_t index) { return bytes.begin() + static_cast<std::ptrdiff_t>(index); };
    Bytes endless(bytes.begin(), at(end));
    for (int i = 0; i < 600; ++i) {
        endless.insert(endless.end(), at(begin), at(end));
    }
    endless.insert(endless.end(), at(end), bytes.end());
    QCOMPARE(codeOf(endless), ErrorCode::LimitExceeded);
}

void TestDecodeLimits::aMissingFileIsAnErrorThatNamesIt()
{
    const auto decoded = decodeImageFile("/nowhere/at_all.jpg");
    QCOMPARE(decoded.error().code, ErrorCode::NotFound);
    QVERIFY(decoded.error().message.find("/nowhere/at_all.jpg") != std::string::npos);
}

void TestDecodeLimits::orientationIsReadInBothByteOrders()
{
    for (const bool bigEndian : {false, true}) {
        for (std::uint32_t value = 1; value <= 8; ++value) {
            QCOMPARE(exifOrientation(exifBlock(value, 3, bigEndian)), static_cast<int>(value));
            QCOMPARE(exifOrientation(exifBlock(value, 4, bigEndian)), static_cast<int>(value));
        }
    }
}

void TestDecodeLimits::damagedOrientationMeansUpright()
{
    QCOMPARE(exifOrientation({}), 1);
    QCOMPARE(exifOrientation(exifBlock(0, 3, false)), 1);
    QCOMPARE(exifOrientation(exifBlock(9, 3, false)), 1);
    QCOMPARE(exifOrientation(exifBlock(6, 2, false)), 1);
    const Bytes block = exifBlock(6, 3, true);
    for (std::size_t length = 0; length < 20; ++length) {
        QCOMPARE(exifOrientation(std::span(block).first(length)), 1);
    }
    Bytes many = block;
    put(many, 8, 0xFFFF, 2, true); // so many entries,
    put(many, 10, 1, 2, true);     // none of which is the orientation
    QCOMPARE(exifOrientation(many), 1);
    Bytes far = block;
    put(far, 4, 0xFFFFFFFF, 4, true);
    QCOMPARE(exifOrientation(far), 1);
}

void TestDecodeLimits::everyOrientationTurnsAsItShould_data()
{
    QTest::addColumn<int>("orientation");
    QTest::addColumn<QByteArray>("pixels");
    QTest::addColumn<int>("width");
    // Stored: a b c / d e f
    QTest::newRow("as it is") << 1 << QByteArray("abcdef") << 3;
    QTest::newRow("mirrored left to right") << 2 << QByteArray("cbafed") << 3;
    QTest::newRow("turned by 180 degrees") << 3 << QByteArray("fedcba") << 3;
    QTest::newRow("mirrored top to bottom") << 4 << QByteArray("defabc") << 3;
    QTest::newRow("transposed") << 5 << QByteArray("adbecf") << 2;
    QTest::newRow("turned clockwise") << 6 << QByteArray("daebfc") << 2;
    QTest::newRow("transposed the other way") << 7 << QByteArray("fcebda") << 2;
    QTest::newRow("turned counter-clockwise") << 8 << QByteArray("cfbead") << 2;
}

void TestDecodeLimits::everyOrientationTurnsAsItShould()
{
    QFETCH(int, orientation);
    QFETCH(QByteArray, pixels);
    QFETCH(int, width);
    Image stored{3, 2, {}};
    for (const char letter : {'a', 'b', 'c', 'd', 'e', 'f'}) {
        stored.rgb.insert(stored.rgb.end(), 3, static_cast<std::uint8_t>(letter));
    }
    const Image turned = upright(stored, orientation);
    QCOMPARE(turned.width, width);
    QCOMPARE(turned.height, 6 / width);
    for (qsizetype i = 0; i < pixels.size(); ++i) {
        QCOMPARE(char(turned.rgb[static_cast<std::size_t>(3 * i)]), pixels[i]);
    }
}

QTEST_GUILESS_MAIN(TestDecodeLimits)
#include "tst_decode_limits.moc"
