#include "core/base/sha256.h"
#include "core/image/image_processor.h"
#include "core/image/resample.h"
#include "core/image/resize.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <algorithm>
#include <random>
#include <span>

Q_DECLARE_METATYPE(modscope::ResizeFilter)

using namespace modscope;

namespace {

std::string hashOf(const Image& image)
{
    return sha256Hex(std::as_bytes(std::span(image.rgb)));
}

/// Channel c at (x, y) is (3 x² + 7 y + x y + 85 c) mod 256, 97 x 61: the source of the published vectors.
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

Image noise(int width, int height, std::mt19937& random)
{
    Image image{width, height, {}};
    image.rgb.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
    // Extremes often: they make bicubic overshoot, which each pass must clip.
    std::generate(image.rgb.begin(), image.rgb.end(), [&random] {
        const auto value = random();
        return static_cast<std::uint8_t>(value % 3 == 0 ? 0 : value % 3 == 1 ? 255 : value >> 24U);
    });
    return image;
}

} // namespace

class TestResize : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }
    void theSourceOfTheVectorsIsRight();
    void bytesAreThoseOfPillow_data();
    void bytesAreThoseOfPillow();
    void everyInstructionSetGivesTheSameBytes();
    void aWindowHoldsTheBytesOfTheWholeResize();
    void theOrderOfPassesFollowsPillow_data();
    void theOrderOfPassesFollowsPillow();
    void onePixelAndOneLineCanBeResized_data();
    void onePixelAndOneLineCanBeResized();
    void anUnchangedSizeIsTheSamePicture();
    void impossibleSizesAreErrors();
};

void TestResize::theSourceOfTheVectorsIsRight()
{
    QCOMPARE(hashOf(formulaImage()), "ff0d0ad1d8c07c14e8615a244964a26fb8754eb4056c0fbeda832ff066f0367b");
}

void TestResize::bytesAreThoseOfPillow_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::addColumn<ResizeFilter>("filter");
    QTest::addColumn<std::string>("hash");
    QTest::newRow("short edge 32 bilinear")
        << 50 << 32 << ResizeFilter::Bilinear
        << std::string("c172987c16b6e45815fd3df25207ae75c6d7729383193e1c79df0af31a862049");
    QTest::newRow("square 32 bilinear") << 32 << 32 << ResizeFilter::Bilinear
                                        << std::string(
                                               "e3190b7503aa03fe2ab99f6e86400c5e39b94447be118ddd6fa42a3a9d009aba");
    QTest::newRow("square 32 bicubic") << 32 << 32 << ResizeFilter::Bicubic
                                       << std::string(
                                              "e5450fea983a660f9276702d34c561d3a60c938f7068dd520dcaf08b3f62ef9f");
    QTest::newRow("short edge 32 bicubic")
        << 50 << 32 << ResizeFilter::Bicubic
        << std::string("eda1328dfce35dbb6d5b88783611e17f87e0886461accdd52aad3886ce81176c");
    QTest::newRow("enlarged bicubic") << 150 << 100 << ResizeFilter::Bicubic
                                      << std::string(
                                             "f55cd73a4fa3eae58a7274b785f9e0ab5d6fd88cd8ea0d806897b605f713f227");
}

void TestResize::bytesAreThoseOfPillow()
{
    QFETCH(int, width);
    QFETCH(int, height);
    QFETCH(ResizeFilter, filter);
    QFETCH(std::string, hash);
    const auto resized = resize(formulaImage(), width, height, filter);
    QVERIFY(resized.has_value());
    QCOMPARE(resized->width, width);
    QCOMPARE(resized->height, height);
    QCOMPARE(hashOf(*resized), hash);
}

void TestResize::everyInstructionSetGivesTheSameBytes()
{
    std::mt19937 random(7);
    std::uniform_int_distribution side(1, 130);
    for (int round = 0; round < 300; ++round) {
        const Image source = noise(side(random), side(random), random);
        const int width = side(random);
        const int height = side(random);
        const auto filter = round % 2 == 0 ? ResizeFilter::Bicubic : ResizeFilter::Bilinear;
        const resample::Plan plan{source.width, source.height,       width,      height,
                                  filter,       PassOrder::Pillow13, {0, width}, {0, height}};
        const Image plain = resample::resampleWindow(source, plan, resample::scalarKernels());
        for (const resample::Kernels* kernels : resample::usableKernels()) {
            const Image fast = resample::resampleWindow(source, plan, *kernels);
            QVERIFY2(fast == plain, qPrintable(QStringLiteral("%1: %2 x %3 to %4 x %5")
                                                   .arg(QString::fromUtf8(kernels->name.data()))
                                                   .arg(source.width)
                                                   .arg(source.height)
                                                   .arg(width)
                                                   .arg(height)));
        }
    }
}

void TestResize::aWindowHoldsTheBytesOfTheWholeResize()
{
    std::mt19937 random(11);
    std::uniform_int_distribution side(1, 90);
    const auto range = [&random](int size) {
        const int begin = std::uniform_int_distribution(0, size - 1)(random);
        return resample::Range{begin, std::uniform_int_distribution(begin + 1, size)(random)};
    };
    for (int round = 0; round < 300; ++round) {
        const Image source = noise(side(random), side(random), random);
        resample::Plan plan{source.width, source.height, side(random), side(random)};
        plan.columns = range(plan.width);
        plan.rows = range(plan.height);
        const Image whole = resize(source, plan.width, plan.height, plan.filter).value();
        const Image window = resample::resampleWindow(source, plan);
        QCOMPARE(window.width, plan.columns.size());
        QCOMPARE(window.height, plan.rows.size());
        for (int y = 0; y < window.height; ++y) {
            const auto* wanted = whole.rgb.data() + 3 * ((plan.rows.begin + y) * whole.width + plan.columns.begin);
            QVERIFY(std::equal(wanted, wanted + 3 * window.width, window.rgb.data() + 3 * y * window.width));
        }
    }
}

void TestResize::theOrderOfPassesFollowsPillow_data()
{
    QTest::addColumn<int>("sourceWidth");
    QTest::addColumn<int>("sourceHeight");
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::addColumn<bool>("verticalFirst");
    QTest::newRow("wide") << 1600 << 1004 << 357 << 224 << false;
    QTest::newRow("short edge of a portrait") << 240 << 320 << 224 << 298 << false;
    QTest::newRow("squashed portrait") << 240 << 320 << 224 << 224 << true;
    QTest::newRow("exactly twice") << 234 << 244 << 224 << 224 << false;
    QTest::newRow("one more than twice") << 234 << 245 << 224 << 224 << true;
    QTest::newRow("enlarged") << 10 << 20 << 100 << 200 << false;
    QTest::newRow("wider and lower") << 10 << 20 << 100 << 19 << true;
}

void TestResize::theOrderOfPassesFollowsPillow()
{
    QFETCH(int, sourceWidth);
    QFETCH(int, sourceHeight);
    QFETCH(int, width);
    QFETCH(int, height);
    QFETCH(bool, verticalFirst);
    resample::Plan plan{sourceWidth, sourceHeight, width, height};
    QCOMPARE(plan.verticalFirst(), verticalFirst);
    plan.order = PassOrder::HorizontalFirst;
    QVERIFY(!plan.verticalFirst());
}

void TestResize::onePixelAndOneLineCanBeResized_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    for (const auto& [width, height] : {std::pair{1, 1}, std::pair{1, 500}, std::pair{500, 1}, std::pair{2, 3}}) {
        QTest::addRow("%d x %d", width, height) << width << height;
    }
}

void TestResize::onePixelAndOneLineCanBeResized()
{
    QFETCH(int, width);
    QFETCH(int, height);
    Image source{width, height, {}};
    source.rgb.assign(static_cast<std::size_t>(width * height) * 3, 77);
    for (const auto& [w, h] : {std::pair{1, 1}, std::pair{1, 40}, std::pair{40, 1}, std::pair{33, 17}}) {
        const auto resized = resize(source, w, h, ResizeFilter::Bicubic);
        QVERIFY(resized.has_value());
        QCOMPARE(resized->rgb, std::vector<std::uint8_t>(static_cast<std::size_t>(w * h) * 3, 77));
    }
    const auto square = ImageProcessor(ImageProcessorConfig{}).toSquare(source);
    QVERIFY(square.has_value());
    QCOMPARE(square->rgb, std::vector<std::uint8_t>(std::size_t{224} * 224 * 3, 77));
}

void TestResize::anUnchangedSizeIsTheSamePicture()
{
    const Image source = formulaImage();
    QCOMPARE(resize(source, 97, 61, ResizeFilter::Bicubic).value(), source);
}

void TestResize::impossibleSizesAreErrors()
{
    QCOMPARE(resize(formulaImage(), 0, 5, ResizeFilter::Bicubic).error().code, ErrorCode::InvalidArgument);
    QCOMPARE(resize(formulaImage(), 5, -1, ResizeFilter::Bicubic).error().code, ErrorCode::InvalidArgument);
    QCOMPARE(resize(Image{}, 5, 5, ResizeFilter::Bicubic).error().code, ErrorCode::InvalidArgument);
    QCOMPARE(resize(Image{2, 2, std::vector<std::uint8_t>(11)}, 5, 5, ResizeFilter::Bicubic).error().code,
             ErrorCode::InvalidArgument);
}

QTEST_GUILESS_MAIN(TestResize)
#include "tst_resize.moc"
