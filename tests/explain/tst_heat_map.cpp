#include "core/explain/heat_map.h"
#include "core/explain/masks.h"
#include "core/nn/model_path.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <cmath>

using namespace modscope;

namespace {

Sample catSample()
{
    Sample sample;
    sample.text = "my cat at 4 am";
    sample.imagePath = test::resource("demo/samples/01_cat.jpg");
    return sample;
}

} // namespace

class TestHeatMap : public QObject {
    Q_OBJECT

    std::optional<Classifier> m_classifier;

private Q_SLOTS:
    void initTestCase()
    {
        auto classifier = Classifier::open(*resolveModel("demo"));
        QVERIFY2(classifier.has_value(), classifier ? "" : classifier.error().message.c_str());
        m_classifier = std::move(*classifier);
    }
    void init() { test::failOnWarnings(); }

    void everyPatchOfEveryClassHasADrop()
    {
        const auto map = heatMap(*m_classifier, catSample());
        QVERIFY(map.has_value());
        QCOMPARE(map->columns, m_classifier->info().encoder.vision.grid());
        QCOMPARE(map->rows, map->columns);
        QCOMPARE(map->drops.size(), m_classifier->info().labels.size());
        float largest = 0;
        for (const auto& drops : map->drops) {
            QCOMPARE(drops.size(), static_cast<std::size_t>(map->columns * map->rows));
            for (const float drop : drops) {
                QVERIFY(std::isfinite(drop));
                largest = std::max(largest, std::abs(drop));
            }
        }
        QVERIFY(largest > 0.001F);
    }

    void thePartThatTheModelSeesIsTheCentre()
    {
        const auto picture = m_classifier->preparePicture(catSample());
        const auto map = heatMap(*m_classifier, catSample());
        const float shorter = static_cast<float>(std::min(picture->sourceWidth, picture->sourceHeight));
        QVERIFY(std::abs(map->width - shorter / static_cast<float>(picture->sourceWidth)) < 0.01F);
        QVERIFY(std::abs(map->height - shorter / static_cast<float>(picture->sourceHeight)) < 0.01F);
        QVERIFY(std::abs(map->left * 2 + map->width - 1) < 1e-5F);
        QVERIFY(std::abs(map->top * 2 + map->height - 1) < 1e-5F);
    }

    void aPictureOfOneColourHasNoAreaThatMatters()
    {
        // A mask has the picture's mean colour: on a flat picture it changes nothing.
        std::string bmp = "BM";
        const int side = 64;
        const auto put = [&bmp](std::uint32_t value, int bytes) {
            for (int index = 0; index < bytes; ++index) {
                bmp += static_cast<char>(value >> (8U * static_cast<unsigned>(index)) & 0xFFU);
            }
        };
        put(54 + side * side * 3, 4);
        put(0, 4);
        put(54, 4);
        put(40, 4);
        put(side, 4);
        put(side, 4);
        put(1, 2);
        put(24, 2);
        bmp += std::string(24, '\0') + std::string(side * side * 3, '\x50');
        std::vector<std::byte> bytes(bmp.size());
        std::transform(bmp.begin(), bmp.end(), bytes.begin(), [](char c) { return static_cast<std::byte>(c); });
        Sample flat;
        flat.imageBytes = std::make_shared<const std::vector<std::byte>>(std::move(bytes));
        const auto map = heatMap(*m_classifier, flat);
        QVERIFY2(map.has_value(), map ? "" : map.error().message.c_str());
        for (const auto& drops : map->drops) {
            for (const float drop : drops) {
                QVERIFY(std::abs(drop) < 1e-4F);
            }
        }
    }

    void progressEndsAtTheNumberOfMasks()
    {
        Progress last;
        QVERIFY(heatMap(*m_classifier, catSample(), {}, [&last](const Progress& progress) {
                    QVERIFY(progress.done > last.done);
                    last = progress;
                }).has_value());
        QCOMPARE(last.done, last.total);
        QCOMPARE(last.total, occlusionMasks(m_classifier->info().encoder.vision.grid()).size());
    }

    void itCanBeCancelledBetweenCalls()
    {
        std::stop_source stop;
        int calls = 0;
        const auto map = heatMap(*m_classifier, catSample(), stop.get_token(), [&](const Progress&) {
            ++calls;
            stop.request_stop();
        });
        QCOMPARE(map.error().code, ErrorCode::Cancelled);
        QCOMPARE(calls, 1);
    }

    void withoutAPictureThereIsNothingToCover()
    {
        Sample words;
        words.text = "only words";
        QCOMPARE(heatMap(*m_classifier, words).error().code, ErrorCode::NoContent);
    }
};

QTEST_GUILESS_MAIN(TestHeatMap)
#include "tst_heat_map.moc"
