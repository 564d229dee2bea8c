#include "core/metrics/intervals.h"
#include "core/metrics/thresholds.h"
#include "tests/metrics/metrics_support.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <random>

using namespace modscope;
using test::near;

namespace {

ScoreCuts spec()
{
    return ScoreOrder(test::kProbabilities, test::kLabels).cuts();
}

} // namespace

class TestThresholds : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void bestF1OfTheSpec()
    {
        const auto best = exactBestF1(spec());
        QCOMPARE(best->threshold, 0.44);
        QCOMPARE(best->anyThresholdAbove, std::optional(0.38));
        QVERIFY(near(best->f1, 0.842105, 5e-7));
        QCOMPARE(best->predicted, std::uint64_t{10});
    }

    void noThresholdIsBetterThanTheBest()
    {
        std::mt19937 engine(11);
        for (int round = 0; round < 30; ++round) {
            std::vector<double> scores;
            std::vector<std::uint8_t> labels = {1};
            while (labels.size() < 50) {
                labels.push_back(engine() % 4 == 0 ? 1 : 0);
            }
            while (scores.size() < labels.size()) {
                scores.push_back(static_cast<double>(engine() % 20) / 20);
            }
            const auto best = exactBestF1(ScoreOrder(scores, labels).cuts());
            for (int i = 0; i <= 100; ++i) {
                const double f1 = confusionCounts(scores, labels, i / 100.0).f1().value_or(0);
                QVERIFY(f1 < best->f1 || (f1 == best->f1 && i / 100.0 <= best->threshold));
            }
        }
    }

    void ofEquallyGoodCutsTheHighestIsTaken()
    {
        // One of two found in one, and two of two in four: both F1 are 2/3.
        const std::vector<double> scores = {0.9, 0.8, 0.7, 0.6};
        const auto best = exactBestF1(ScoreOrder(scores, std::vector<std::uint8_t>{1, 0, 0, 1}).cuts());
        QCOMPARE(best, (std::optional(BestF1{0.9, 0.8, 2.0 / 3, 1})));
    }

    void aClassWithoutPositivesHasNoBest()
    {
        const std::vector<double> scores = {0.3, 0.6};
        const auto cuts = ScoreOrder(scores, std::vector<std::uint8_t>{0, 0}).cuts();
        QCOMPARE(exactBestF1(cuts), std::nullopt);
        QCOMPARE(grid19(cuts), 0.5);
    }

    void aTargetIsHeldByTheBoundNotByTheShare()
    {
        // 40 items from 0.99 down; the first 30 hateful, then every other.
        std::vector<double> scores;
        std::vector<std::uint8_t> labels;
        for (int i = 0; i < 40; ++i) {
            scores.push_back(0.99 - i * 0.01);
            labels.push_back(i < 30 || i % 2 == 0 ? 1 : 0);
        }
        const auto cuts = ScoreOrder(scores, labels).cuts();
        for (const LowerBound bound : {LowerBound::Wilson, LowerBound::ClopperPearson}) {
            const auto lower = bound == LowerBound::Wilson ? wilsonLower : clopperPearsonLower;
            const auto precise = lowestCutWithPrecision(cuts, 0.85, {.bound = bound});
            QVERIFY(precise.has_value());
            QVERIFY(*lower(precise->truePositive, precise->predicted(), 0.95) >= 0.85);
            const auto complete = highestCutWithRecall(cuts, 0.8, {.bound = bound});
            QVERIFY(*lower(complete->truePositive, cuts.positives, 0.95) >= 0.8);
            for (const Cut& cut : cuts.cuts) {
                QVERIFY(cut.threshold >= precise->threshold || *lower(cut.truePositive, cut.predicted(), 0.95) < 0.85);
                QVERIFY(cut.threshold <= complete->threshold || *lower(cut.truePositive, cuts.positives, 0.95) < 0.8);
            }
        }
        QCOMPARE(lowestCutWithPrecision(cuts, 0.99), std::nullopt);
        QCOMPARE(highestCutWithRecall(cuts, 0.99), std::nullopt);
    }

    void costsSetTheThreshold()
    {
        QVERIFY(near(costThreshold(1, 9), 0.1));
        QCOMPARE(costThreshold(0, 0), std::nullopt);
    }
};

QTEST_GUILESS_MAIN(TestThresholds)
#include "tst_thresholds.moc"
