#include "core/metrics/uncertainty.h"
#include "tests/metrics/metrics_support.h"
#include "tests/support/test_data.h"

#include <QTest>

using namespace modscope;
using test::near;

class TestUncertainty : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void entropyAndMutualInformationOfTheSpec()
    {
        QVERIFY(near(binaryEntropy(0.5), 0.693147, 5e-7));
        QCOMPARE(binaryEntropy(0), 0.0);
        QCOMPARE(binaryEntropy(1), 0.0);
        QVERIFY(near(mutualInformation(std::vector{0.2, 0.5, 0.9}), 0.18471, 5e-6));
        QVERIFY(near(mutualInformation(std::vector{0.3, 0.3}), 0)); // they agree, unsure as they are
        QVERIFY(near(meanEntropy(std::vector{0.5, 1.0}), 0.693147 / 2, 5e-7));
    }

    void labelQualityOfTheSpec()
    {
        QVERIFY(near(labelQuality(std::vector{.95, .9, .7, .6, .2}), 0.28568));
        QVERIFY(near(labelQuality(std::vector{.2, .7, .95, .6, .9}), 0.28568)); // sorted here
    }

    void risksOfSeveralLabels()
    {
        QVERIFY(near(largestRisk(std::vector{0.2, 0.5, 0.1}), 0.5));
        QVERIFY(near(anyRisk(std::vector{0.2, 0.5}), 0.6));
    }

    void theNearestDecisionCounts()
    {
        const std::vector<double> thresholds = {0.5, 0.3};
        QVERIFY(near(thresholdMargin(std::vector{0.9, 0.25}, thresholds), 0.05));
        QVERIFY(near(logitMargin(std::vector{0.5, 0.9}, thresholds), 0));
        QVERIFY(near(logitMargin(std::vector{0.75, 1.0}, thresholds), std::log(3.0)));
        QCOMPARE(logitMargin(std::vector{1.0}, std::vector{1.0}), std::optional(0.0));
    }

    void withoutLabelsNothingIsDefined()
    {
        QCOMPARE(largestRisk({}), std::nullopt);
        QCOMPARE(anyRisk({}), std::nullopt);
        QCOMPARE(meanEntropy({}), std::nullopt);
        QCOMPARE(thresholdMargin({}, {}), std::nullopt);
        QCOMPARE(logitMargin({}, {}), std::nullopt);
        QCOMPARE(mutualInformation({}), std::nullopt);
        QCOMPARE(labelQuality({}), std::nullopt);
    }
};

QTEST_GUILESS_MAIN(TestUncertainty)
#include "tst_uncertainty.moc"
