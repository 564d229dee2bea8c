#include "core/similarity/pdq.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <algorithm>
#include <cstddef>
#include <random>
#include <string>
#include <vector>

using namespace modscope;

namespace {

// The published vectors: brightness by a formula, no picture file. Source: the C++ reference fed with these values.
float slopes(int i, int j)
{
    return static_cast<float>((7 * i + 13 * j) % 256);
}

float curves(int i, int j)
{
    return static_cast<float>((i * i + 3 * j * j + i * j) % 251);
}

std::vector<float> luma(int rows, int columns, float (*formula)(int, int))
{
    std::vector<float> values;
    for (int i = 0; i < rows; ++i) {
        for (int j = 0; j < columns; ++j) {
            values.push_back(formula(i, j));
        }
    }
    return values;
}

/// Discs of random place, size and colour. Their edges give every frequency some strength, as in a photo: a smooth
/// picture leaves the high ones to rounding.
Image discs(int width, int height, unsigned seed)
{
    std::mt19937 random(seed);
    std::uniform_real_distribution<float> unit(0, 1);
    std::vector<float> values(static_cast<std::size_t>(3 * width * height), 110);
    for (int disc = 0; disc < 40; ++disc) {
        const float x0 = unit(random);
        const float y0 = unit(random);
        const float size = 0.03F + 0.12F * unit(random);
        const float strength[3] = {200 * unit(random) - 100, 200 * unit(random) - 100, 200 * unit(random) - 100};
        for (int y = 0; y < height; ++y) {
            for (int x = 0; x < width; ++x) {
                const float dx = (static_cast<float>(x) + 0.5F) / static_cast<float>(width) - x0;
                const float dy = (static_cast<float>(y) + 0.5F) / static_cast<float>(height) - y0;
                const float weight = dx * dx + dy * dy < size * size ? 1.0F : 0.0F;
                for (int c = 0; c < 3; ++c) {
                    values[static_cast<std::size_t>(3 * (y * width + x) + c)] += strength[c] * weight;
                }
            }
        }
    }
    Image image{width, height, {}};
    for (const float value : values) {
        image.rgb.push_back(static_cast<std::uint8_t>(std::clamp(value, 0.0F, 255.0F)));
    }
    return image;
}

/// The picture turned pixel by pixel, as the names of Dihedral say.
Image turned(const Image& image, Dihedral orientation)
{
    const int w = image.width;
    const int h = image.height;
    const bool exchanges = orientation == Dihedral::Rotate90 || orientation == Dihedral::Rotate270 ||
                           orientation == Dihedral::FlipPlus1 || orientation == Dihedral::FlipMinus1;
    Image result{exchanges ? h : w, exchanges ? w : h, {}};
    for (int y = 0; y < result.height; ++y) {
        for (int x = 0; x < result.width; ++x) {
            int fromX = x;
            int fromY = y;
            switch (orientation) {
            case Dihedral::Original:
                break;
            case Dihedral::Rotate90:
                fromX = w - 1 - y;
                fromY = x;
                break;
            case Dihedral::Rotate180:
                fromX = w - 1 - x;
                fromY = h - 1 - y;
                break;
            case Dihedral::Rotate270:
                fromX = y;
                fromY = h - 1 - x;
                break;
            case Dihedral::FlipX:
                fromY = h - 1 - y;
                break;
            case Dihedral::FlipY:
                fromX = w - 1 - x;
                break;
            case Dihedral::FlipPlus1:
                fromX = y;
                fromY = x;
                break;
            case Dihedral::FlipMinus1:
                fromX = w - 1 - y;
                fromY = h - 1 - x;
                break;
            }
            const auto* pixel = &image.rgb[static_cast<std::size_t>(3 * (fromY * w + fromX))];
            result.rgb.insert(result.rgb.end(), pixel, pixel + 3);
        }
    }
    return result;
}

/// One box filter, written down as the definition says: running sums over a whole buffer.
std::vector<float> boxFiltered(const std::vector<float>& in, int length)
{
    const int window = (length + 127) / 128;
    const int ahead = (window + 2) / 2 - 1;
    std::vector<float> out;
    float sum = 0;
    int count = 0;
    for (int place = 0; place < length + ahead; ++place) {
        if (place < length) {
            sum += in[static_cast<std::size_t>(place)];
            ++count;
        }
        if (place >= window) {
            sum -= in[static_cast<std::size_t>(place - window)];
            --count;
        }
        if (place >= ahead) {
            out.push_back(sum / static_cast<float>(count));
        }
    }
    return out;
}

/// Two tent passes and the samples at the cells' centres, with whole pictures in memory.
std::vector<float> plainSamples(std::vector<float> values, int rows, int columns)
{
    const auto filterLine = [&](std::size_t start, std::size_t step, int length) {
        std::vector<float> line;
        for (int k = 0; k < length; ++k) {
            line.push_back(values[start + static_cast<std::size_t>(k) * step]);
        }
        line = boxFiltered(line, length);
        for (int k = 0; k < length; ++k) {
            values[start + static_cast<std::size_t>(k) * step] = line[static_cast<std::size_t>(k)];
        }
    };
    for (int pass = 0; pass < 2; ++pass) {
        for (int i = 0; i < rows; ++i) {
            filterLine(static_cast<std::size_t>(i * columns), 1, columns);
        }
        for (int j = 0; j < columns; ++j) {
            filterLine(static_cast<std::size_t>(j), static_cast<std::size_t>(columns), rows);
        }
    }
    std::vector<float> samples;
    for (int i = 0; i < 64; ++i) {
        for (int j = 0; j < 64; ++j) {
            const int row = static_cast<int>((i + 0.5) * rows / 64);
            const int column = static_cast<int>((j + 0.5) * columns / 64);
            samples.push_back(values[static_cast<std::size_t>(row * columns + column)]);
        }
    }
    return samples;
}

} // namespace

class TestPdq : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void hashesAreThoseOfTheReference_data()
    {
        QTest::addColumn<bool>("curved");
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("columns");
        QTest::addColumn<QString>("hex");
        QTest::newRow("64 x 64, no filter")
            << false << 64 << 64 << QStringLiteral("5ee27d7f13ea002adffa55751860aa2a1bebb034e560003fe56affc062952fc0");
        QTest::newRow("64 x 64, curves") << true << 64 << 64
                                         << QStringLiteral(
                                                "8e50321b448dbdfbdd7f7ecdf6f89fabf63cbe88b071a60a6ec04010ce00f080");
        QTest::newRow("100 rows of 150") << true << 100 << 150
                                         << QStringLiteral(
                                                "fe065b99c46e3998cfd6b398de535ab2da5709699614af004b4bf13c4fe21b00");
    }

    void hashesAreThoseOfTheReference()
    {
        QFETCH(const bool, curved);
        QFETCH(const int, rows);
        QFETCH(const int, columns);
        QFETCH(const QString, hex);
        const auto hash = pdqFromLuma(luma(rows, columns, curved ? curves : slopes), rows, columns);
        QVERIFY(hash.has_value());
        QCOMPARE(QString::fromStdString(toHex(hash->hash)), hex);
        QCOMPARE(hash->quality, 100);
    }

    void aSideBelowFivePixelsGivesNothing()
    {
        const auto hash = pdqFromLuma(luma(4, 150, curves), 4, 150);
        QVERIFY(hash.has_value());
        QCOMPARE(*hash, Pdq{});
        const auto narrow = pdqFromLuma(luma(150, 4, curves), 150, 4);
        QVERIFY(narrow.has_value());
        QCOMPARE(*narrow, Pdq{});
        QVERIFY(pdqFromLuma(luma(5, 5, curves), 5, 5)->hash != PdqHash{});
    }

    void aFlatPictureHasNoQuality()
    {
        const Image flat{90, 70, std::vector<std::uint8_t>(3 * 90 * 70, 128)};
        QCOMPARE(pdq(flat)->quality, 0);
    }

    void theStreamedFilterRoundsLikeWholePictures_data()
    {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("columns");
        for (const auto& [rows, columns] : std::vector<std::pair<int, int>>{{5, 5},
                                                                            {5, 300},
                                                                            {300, 5},
                                                                            {63, 64},
                                                                            {64, 65},
                                                                            {127, 128},
                                                                            {128, 129},
                                                                            {129, 257},
                                                                            {333, 517},
                                                                            {700, 393}}) {
            QTest::addRow("%d x %d", rows, columns) << rows << columns;
        }
    }

    // Fed with the samples of the plain filter, the hash skips the filter; it must not matter.
    void theStreamedFilterRoundsLikeWholePictures()
    {
        QFETCH(const int, rows);
        QFETCH(const int, columns);
        std::mt19937 random(static_cast<unsigned>(rows * 1000 + columns));
        std::uniform_real_distribution<float> brightness(0, 255);
        std::vector<float> values(static_cast<std::size_t>(rows * columns));
        std::generate(values.begin(), values.end(), [&] { return brightness(random); });
        QCOMPARE(*pdqFromLuma(values, rows, columns), *pdqFromLuma(plainSamples(values, rows, columns), 64, 64));
    }

    void brightnessWeighsTheColours()
    {
        const Image image = discs(100, 80, 1);
        std::vector<float> values;
        for (std::size_t at = 0; at < image.rgb.size(); at += 3) {
            values.push_back(0.299F * image.rgb[at] + 0.587F * image.rgb[at + 1] + 0.114F * image.rgb[at + 2]);
        }
        QCOMPARE(*pdq(image), *pdqFromLuma(values, 80, 100));
    }

    void theSquashedFamilyTakesTheNearestPixelFirst()
    {
        const Image large = discs(1030, 300, 2);
        Image squashed{512, 512, {}};
        for (int y = 0; y < 512; ++y) {
            for (int x = 0; x < 512; ++x) {
                const auto* pixel = &large.rgb[static_cast<std::size_t>(3 * (y * 300 / 512 * 1030 + x * 1030 / 512))];
                squashed.rgb.insert(squashed.rgb.end(), pixel, pixel + 3);
            }
        }
        const auto hash = pdq(large, PdqFamily::Squashed);
        QCOMPARE(hash->hash, pdq(squashed)->hash);
        QCOMPARE(hash->family, PdqFamily::Squashed);
        QVERIFY(hammingDistance(hash->hash, pdq(large)->hash) <= 10);
    }

    void theFamiliesAgreeUpTo512Pixels()
    {
        const Image image = discs(512, 400, 3);
        QCOMPARE(pdq(image, PdqFamily::Squashed)->hash, pdq(image)->hash);
    }

    void theFirstViewIsTheHash()
    {
        const Image image = discs(200, 120, 4);
        QCOMPARE(pdqViews(image)->original(), *pdq(image));
        QCOMPARE(pdqViews(image, PdqFamily::Squashed)->original(), *pdq(image, PdqFamily::Squashed));
    }

    // 320 and 576 pixels have odd windows and cells, so that a turned picture gives the same samples but for rounding.
    // Another orientation differs in about half of all bits.
    void viewsAreThoseOfTheTurnedPicture()
    {
        const Image image = discs(576, 320, 5);
        const PdqViews views = *pdqViews(image);
        for (const Dihedral orientation : kDihedrals) {
            const PdqHash hash = pdq(turned(image, orientation))->hash;
            for (const Dihedral other : kDihedrals) {
                const int distance = hammingDistance(hash, views[other]);
                QVERIFY2(orientation == other ? distance <= 2 : distance >= 60,
                         qPrintable(QString::number(distance) + QStringLiteral(" bits, ") +
                                    QString::fromLatin1(name(orientation).data())));
            }
        }
    }

    void orientationsAreAGroup()
    {
        const Image image = discs(96, 72, 6);
        for (const Dihedral first : kDihedrals) {
            const Image once = turned(image, first);
            QCOMPARE(turned(once, inverse(first)), image);
            for (const Dihedral second : kDihedrals) {
                const Image twice = turned(once, second);
                const auto same = std::count_if(kDihedrals.begin(), kDihedrals.end(),
                                                [&](Dihedral third) { return turned(image, third) == twice; });
                QCOMPARE(same, 1);
            }
        }
    }

    void theClosestOrientationIsTheOneThatUndoesTheTurn()
    {
        const Image image = discs(576, 320, 7);
        const PdqViews upright = *pdqViews(image);
        for (const Dihedral orientation : kDihedrals) {
            const PdqViews other = *pdqViews(turned(image, orientation));
            const PdqDistance there = closest(upright, other);
            const PdqDistance back = closest(other, upright);
            QVERIFY2(there.bits <= 2, name(orientation).data());
            QCOMPARE(there.orientation, orientation);
            QCOMPARE(back.bits, there.bits);
            QCOMPARE(back.orientation, inverse(orientation));
        }
    }

    void distanceIsAMetricOnBits()
    {
        std::mt19937_64 random(8);
        const auto any = [&random] { return PdqHash{{random(), random(), random(), random()}}; };
        for (int round = 0; round < 1000; ++round) {
            const PdqHash a = any();
            const PdqHash b = any();
            const PdqHash c = any();
            int counted = 0;
            for (int bit = 0; bit < PdqHash::kBits; ++bit) {
                counted += a.bit(bit) != b.bit(bit) ? 1 : 0;
            }
            QCOMPARE(hammingDistance(a, b), counted);
            QCOMPARE(hammingDistance(b, a), counted);
            QCOMPARE(hammingDistance(a, a), 0);
            QVERIFY(hammingDistance(a, c) <= hammingDistance(a, b) + hammingDistance(b, c));
        }
    }

    void hexPutsTheLastBitFirst()
    {
        const auto only = [](int bit) {
            PdqHash hash;
            hash.setBit(bit);
            return toHex(hash);
        };
        QCOMPARE(only(0), std::string(63, '0') + "1");
        QCOMPARE(only(255), "8" + std::string(63, '0'));
        QCOMPARE(only(17), std::string(59, '0') + "20000");
    }

    void hexIsReadBack()
    {
        const std::string hex = "d8f8f0cec0f4a84f0637022a278f67f0b36e2ed596621e1d33e6339c4e9c9b22";
        QCOMPARE(toHex(*parsePdqHash(hex)), hex);
        std::string capitals = hex;
        std::transform(hex.begin(), hex.end(), capitals.begin(),
                       [](char c) { return c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c; });
        QCOMPARE(*parsePdqHash(capitals), *parsePdqHash(hex));
        for (const std::string& wrong : {std::string(), hex.substr(1), hex + "0", "g" + hex.substr(1)}) {
            const auto read = parsePdqHash(wrong);
            QVERIFY(!read.has_value());
            QCOMPARE(read.error().code, ErrorCode::ParseError);
        }
    }

    void aBufferOfAnotherSizeIsAnError()
    {
        const Image wrong{10, 10, std::vector<std::uint8_t>(299)};
        QCOMPARE(pdq(wrong).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(pdqViews(wrong).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(pdqFromLuma(std::vector<float>(99), 10, 10).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(pdqFromLuma({}, 0, 0).error().code, ErrorCode::InvalidArgument);
    }
};

QTEST_GUILESS_MAIN(TestPdq)
#include "tst_pdq.moc"
