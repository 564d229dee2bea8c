#include "core/metrics/ranking.h"
#include "tests/metrics/metrics_support.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <random>

using namespace modscope;
using test::near;

namespace {

/// The share of positive-negative pairs in the right order, pair by pair.
double pairwiseAuc(const std::vector<double>& scores, const std::vector<std::uint8_t>& labels)
{
    double right = 0;
    double pairs = 0;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        for (std::size_t j = 0; j < scores.size(); ++j) {
            if (labels[i] == 1 && labels[j] == 0) {
                right += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                pairs += 1;
            }
        }
    }
    return right / pairs;
}

} // namespace

class TestRanking : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void areaAndAveragePrecisionOfTheSpec()
    {
        const auto cuts = ScoreOrder(test::kProbabilities, test::kLabels).cuts();
        QVERIFY(near(rocAuc(cuts), 0.873016, 5e-7));
        QVERIFY(near(averagePrecision(cuts), 0.913828, 5e-7));
    }

    void areaIsTheShareOfOrderedPairs()
    {
        std::mt19937 engine(4);
        for (int round = 0; round < 30; ++round) {
            std::vector<double> scores;
            std::vector<std::uint8_t> labels = {0, 1};
            while (labels.size() < 60) {
                labels.push_back(engine() % 3 == 0 ? 1 : 0);
            }
            while (scores.size() < labels.size()) {
                scores.push_back(static_cast<double>(engine() % 12) / 12); // many ties
            }
            QVERIFY(near(rocAuc(ScoreOrder(scores, labels).cuts()), pairwiseAuc(scores, labels)));
        }
    }

    void everyThresholdHasItsCounts()
    {
        const auto cuts = ScoreOrder(test::kProbabilities, test::kLabels).cuts();
        for (const double threshold : {-1.0, 0.0, 0.05, 0.3, 0.44, 0.4400001, 0.97, 0.98, 2.0}) {
            QCOMPARE(cuts.countsAt(threshold), confusionCounts(test::kProbabilities, test::kLabels, threshold));
        }
    }

    void aWeightIsARepetition()
    {
        const std::vector<double> scores = {0.2, 0.7, 0.7, 0.4, 0.9};
        const std::vector<std::uint8_t> labels = {0, 1, 0, 1, 1};
        const std::vector<std::uint32_t> weights = {2, 1, 3, 0, 1};
        const std::vector<double> repeatedScores = {0.2, 0.2, 0.7, 0.7, 0.7, 0.7, 0.9};
        const std::vector<std::uint8_t> repeatedLabels = {0, 0, 1, 0, 0, 0, 1};
        QCOMPARE(ScoreOrder(scores, labels).cuts(weights), ScoreOrder(repeatedScores, repeatedLabels).cuts());
    }

    void aClassWithOneValueHasNoArea()
    {
        const std::vector<double> scores = {0.2, 0.7};
        const auto noPositives = ScoreOrder(scores, std::vector<std::uint8_t>{0, 0}).cuts();
        QCOMPARE(rocAuc(noPositives), std::nullopt);
        QCOMPARE(averagePrecision(noPositives), std::nullopt);
        const auto noNegatives = ScoreOrder(scores, std::vector<std::uint8_t>{1, 1}).cuts();
        QCOMPARE(rocAuc(noNegatives), std::nullopt);
        QCOMPARE(averagePrecision(noNegatives), std::optional(1.0));
        QCOMPARE(rocAuc(ScoreOrder({}, {}).cuts()), std::nullopt);
        QCOMPARE(ScoreOrder({}, {}).cuts().countsAt(0.5), ConfusionCounts{});
    }
};

QTEST_GUILESS_MAIN(TestRanking)
#include "tst_ranking.moc"
