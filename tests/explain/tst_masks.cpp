#include "core/explain/masks.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <algorithm>

using namespace modscope;

class TestMasks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void everyPatchIsCoveredByEveryShapeThatFits()
    {
        for (int grid = 1; grid <= 30; ++grid) {
            const auto masks = occlusionMasks(grid);
            for (int shape = 0; shape < kMaskShapes; ++shape) {
                const bool fits =
                    std::any_of(masks.begin(), masks.end(), [shape](const Mask& mask) { return mask.shape == shape; });
                for (int patch = 0; fits && patch < grid * grid; ++patch) {
                    QVERIFY(std::any_of(masks.begin(), masks.end(), [&](const Mask& mask) {
                        const int row = patch / grid - mask.row;
                        const int column = patch % grid - mask.column;
                        return mask.shape == shape && row >= 0 && row < mask.side && column >= 0 && column < mask.side;
                    }));
                }
            }
        }
    }

    void noMaskLeavesTheGridAndTheirNumberStaysSmall()
    {
        for (int grid = 1; grid <= 64; ++grid) {
            const auto masks = occlusionMasks(grid);
            QVERIFY(!masks.empty());
            QVERIFY(masks.size() <= 150);
            for (const Mask& mask : masks) {
                QVERIFY(mask.row >= 0 && mask.column >= 0);
                QVERIFY(mask.row + mask.side <= grid && mask.column + mask.side <= grid);
            }
        }
    }

    void sevenPatchesASideTakeOneHundredAndTenMasks() { QCOMPARE(occlusionMasks(7).size(), std::size_t{49 + 36 + 25}); }

    void coveringFillsTheMaskAndNothingElse()
    {
        const Image black{8, 8, std::vector<std::uint8_t>(8 * 8 * 3, 0)};
        const Image result = covered(black, {1, 2, 1, 0}, 2, {10, 20, 30});
        for (int y = 0; y < 8; ++y) {
            for (int x = 0; x < 8; ++x) {
                const bool inside = x >= 2 && x < 4 && y >= 4 && y < 6;
                const auto offset = static_cast<std::size_t>(y * 8 + x) * 3;
                QCOMPARE(int(result.rgb[offset]), inside ? 10 : 0);
                QCOMPARE(int(result.rgb[offset + 2]), inside ? 30 : 0);
            }
        }
    }

    void theMeanColourIsRoundedPerChannel()
    {
        const Image image{2, 1, {0, 10, 255, 1, 20, 255}};
        QCOMPARE(meanColour(image), (std::array<std::uint8_t, 3>{1, 15, 255}));
    }
};

QTEST_GUILESS_MAIN(TestMasks)
#include "tst_masks.moc"
