#include "core/nn/batch_plan.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <numeric>
#include <vector>

using modscope::BatchPlan;

namespace {

std::vector<std::size_t> cuts(std::size_t items, std::size_t lanes, std::size_t maxBatch)
{
    BatchPlan plan(lanes, maxBatch);
    std::vector<std::size_t> sizes;
    while (items > 0) {
        const std::size_t size = plan.next(std::min(items, plan.lookahead()));
        sizes.push_back(size);
        items -= size;
    }
    return sizes;
}

} // namespace

class TestBatchPlan : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { modscope::test::failOnWarnings(); }

    void theFirstBatchesAreSmallSoThatResultsComeEarly()
    {
        const std::vector<std::size_t> expected{1, 1, 2, 2, 4, 4, 8, 8, 16, 16, 16};
        auto sizes = cuts(1000, 2, 16);
        sizes.resize(expected.size());
        QCOMPARE(sizes, expected);
    }

    void theLastItemsAreSharedBetweenTheLanes()
    {
        QCOMPARE(cuts(3, 2, 16), (std::vector<std::size_t>{1, 1, 1}));
        QCOMPARE(cuts(6, 2, 16), (std::vector<std::size_t>{1, 1, 2, 1, 1}));
    }

    void everyItemIsInExactlyOneBatch()
    {
        for (std::size_t items = 0; items < 300; ++items) {
            for (const std::size_t lanes : {1, 2, 3, 16}) {
                const auto sizes = cuts(items, lanes, 16);
                QCOMPARE(std::accumulate(sizes.begin(), sizes.end(), std::size_t{0}), items);
                QVERIFY(
                    std::all_of(sizes.begin(), sizes.end(), [](std::size_t size) { return size >= 1 && size <= 16; }));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestBatchPlan)
#include "tst_batch_plan.moc"
