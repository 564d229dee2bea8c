#include "core/metrics/drift.h"
#include "tests/metrics/metrics_support.h"
#include "tests/support/test_data.h"

#include <QTest>

using namespace modscope;
using test::near;

class TestDrift : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void stabilityIndexOfTwoBins()
    {
        // Halves of the reference at 0.2; three of four are above now. With the half: 2.5/5 and 2.5/5, 1.5/5 and 3.5/5.
        const std::vector<double> reference = {0.1, 0.2, 0.3, 0.4};
        const std::vector<double> current = {0.15, 0.35, 0.36, 0.9};
        const double expected = (0.3 - 0.5) * std::log(0.3 / 0.5) + (0.7 - 0.5) * std::log(0.7 / 0.5);
        QVERIFY(near(populationStabilityIndex(reference, current, 2), expected));
        QVERIFY(near(populationStabilityIndex(reference, reference, 2), 0));
    }

    void aConstantReferenceIsOneBin()
    {
        const std::vector<double> constant(20, 0.5);
        QVERIFY(near(populationStabilityIndex(constant, std::vector{0.1, 0.9}), 0));
    }

    void kolmogorovSmirnovIsThatOfScipy()
    {
        // scipy 1.12: ks_2samp's statistic, and kstwobign.sf at Stephens' argument.
        const std::vector<double> a = {.1, .2, .25, .3, .41, .5, .52, .6, .77, .9};
        const std::vector<double> b = {.15, .35, .45, .55, .65, .7, .75, .8, .85, .95, .97, .99};
        const auto test = kolmogorovSmirnov(a, b);
        QVERIFY(near(test->statistic, 0.46666666666666673));
        QVERIFY(near(test->pValue, 0.13067907740556908));
        QCOMPARE(kolmogorovSmirnov(b, a), test);
    }

    void equalSamplesDoNotDiffer()
    {
        const std::vector<double> tied = {0.5, 0.5, 0.5, 0.7};
        QCOMPARE(kolmogorovSmirnov(tied, tied), (KolmogorovSmirnov{0, 1}));
    }

    void separateSamplesDifferWholly()
    {
        const std::vector<double> low(100, 0.1);
        const std::vector<double> high(100, 0.9);
        const auto test = kolmogorovSmirnov(low, high);
        QCOMPARE(test->statistic, 1.0);
        QVERIFY(test->pValue < 1e-20);
    }

    void centroidsAreComparedByDirection()
    {
        const std::vector<float> east = {1, 0, 3, 0};
        QVERIFY(near(centroidDistance(east, std::vector<float>{0, 2}, 2), 1));
        QVERIFY(near(centroidDistance(east, std::vector<float>{5, 0}, 2), 0));
        QVERIFY(near(centroidDistance(east, std::vector<float>{1, 1}, 2), 1 - std::sqrt(0.5)));
        QCOMPARE(centroidDistance(east, std::vector<float>{1, 0, -1, 0}, 2), std::nullopt);
    }

    void withoutItemsNothingIsDefined()
    {
        const std::vector<double> some = {0.1};
        QCOMPARE(populationStabilityIndex({}, some), std::nullopt);
        QCOMPARE(populationStabilityIndex(some, {}), std::nullopt);
        QCOMPARE(kolmogorovSmirnov({}, some), std::nullopt);
        QCOMPARE(kolmogorovSmirnov(some, {}), std::nullopt);
        QCOMPARE(centroidDistance({}, std::vector<float>{1, 0}, 2), std::nullopt);
    }
};

QTEST_GUILESS_MAIN(TestDrift)
#include "tst_drift.moc"
