#include "core/metrics/classification.h"
#include "tests/metrics/metrics_support.h"
#include "tests/support/test_data.h"

#include <QTest>

using namespace modscope;
using test::near;

class TestClassification : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void countsAtAThreshold()
    {
        const auto counts =
            confusionCounts(test::kProbabilities, test::kLabels, 0.44); // a score itself: counts as above
        QCOMPARE(counts, (ConfusionCounts{8, 2, 1, 5}));
        QVERIFY(near(counts.precision(), 0.8));
        QVERIFY(near(counts.recall(), 8.0 / 9));
        QVERIFY(near(counts.specificity(), 5.0 / 7));
        QVERIFY(near(counts.f1(), 16.0 / 19));
        QVERIFY(near(counts.accuracy(), 13.0 / 16));
        QCOMPARE(counts.inverted(), (ConfusionCounts{5, 1, 2, 8}));
        QCOMPARE(counts.support(), std::uint64_t{9});
        QCOMPARE(counts.predicted(), std::uint64_t{10});
    }

    void whatIsNotDefinedIsNotZero()
    {
        const ConfusionCounts nothing;
        QCOMPARE(nothing.precision(), std::nullopt);
        QCOMPARE(nothing.recall(), std::nullopt);
        QCOMPARE(nothing.f1(), std::nullopt);
        QCOMPARE(nothing.accuracy(), std::nullopt);
        QCOMPARE(nothing.specificity(), std::nullopt);
        const ConfusionCounts missedAll{0, 0, 3, 2};
        QCOMPARE(missedAll.precision(), std::nullopt);
        QCOMPARE(missedAll.recall(), std::optional(0.0));
        QCOMPARE(missedAll.f1(), std::optional(0.0));
    }

    void aMeanSaysWhatItDoesWithUndefinedMembers()
    {
        const std::vector<std::optional<double>> values = {0.5, std::nullopt, 1.0};
        QVERIFY(near(macroMean(values, Undefined::LeftOut), 0.75));
        QVERIFY(near(macroMean(values, Undefined::AsZero), 0.5));
        QCOMPARE(macroMean(values, Undefined::Spreads), std::nullopt);
        const std::vector<std::optional<double>> none = {std::nullopt};
        QCOMPARE(macroMean(none, Undefined::LeftOut), std::nullopt);
        QCOMPARE(macroMean(none, Undefined::AsZero), std::optional(0.0));
        QCOMPARE(macroMean({}, Undefined::AsZero), std::nullopt);
    }

    void averagesOfALabelThatNobodyHas()
    {
        const std::vector<std::uint8_t> predicted = {1, 0, /**/ 0, 0};
        const std::vector<std::uint8_t> actual = {1, 0, /**/ 1, 0};
        const auto leftOut = multilabelAverages(predicted, actual, 2, Undefined::LeftOut);
        QVERIFY(near(leftOut.macro.recall, 0.5));
        QVERIFY(near(leftOut.macro.precision, 1));
        QVERIFY(near(leftOut.weighted.f1, 2.0 / 3));
        QVERIFY(near(leftOut.f1Samples, 0.5));
        QVERIFY(near(leftOut.subsetAccuracy, 0.5));
        QVERIFY(near(leftOut.hammingLoss, 0.25));
        const auto spreads = multilabelAverages(predicted, actual, 2, Undefined::Spreads);
        QCOMPARE(spreads.macro.recall, std::nullopt);
        QVERIFY(near(spreads.weighted.recall, 0.5)); // a label without support has no weight
        QVERIFY(near(spreads.micro.recall, 0.5));
        const auto zero = multilabelAverages(predicted, actual, 2, Undefined::AsZero);
        QVERIFY(near(zero.macro.recall, 0.25));
    }

    void withoutItemsNothingIsDefined()
    {
        QCOMPARE(multilabelAverages({}, {}, 3, Undefined::AsZero), MultilabelAverages{});
    }
};

QTEST_GUILESS_MAIN(TestClassification)
#include "tst_classification.moc"
