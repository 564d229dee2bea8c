#include "core/metrics/intervals.h"
#include "tests/metrics/metrics_support.h"
#include "tests/support/test_data.h"

#include <QTest>

using namespace modscope;
using test::near;

class TestIntervals : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void wilsonOfFortyFiveInFifty()
    {
        QVERIFY(near(wilsonInterval(45, 50)->lower, 0.7864, 5e-5));
        QVERIFY(near(wilsonInterval(45, 50)->upper, 0.9565, 5e-5));
        QVERIFY(near(wilsonLower(45, 50), 0.8085, 5e-5));
        QVERIFY(near(wilsonUpper(5, 50), 1 - 0.8085, 5e-5));
    }

    void clopperPearsonOfFortyFiveInFifty()
    {
        QVERIFY(near(clopperPearsonLower(45, 50), 0.8012, 5e-5));
        QVERIFY(near(clopperPearsonUpper(5, 50), 1 - 0.8012, 5e-5));
        const auto both = clopperPearsonInterval(45, 50, 0.9);
        QVERIFY(near(both->lower, *clopperPearsonLower(45, 50, 0.95)));
        QVERIFY(near(both->upper, *clopperPearsonUpper(45, 50, 0.95)));
    }

    void clopperPearsonBoundsAreWhereTheTailsAreTheError()
    {
        for (const std::uint64_t successes : {1U, 7U, 20U, 39U}) {
            QVERIFY(near(binomialTail(successes, 40, *clopperPearsonLower(successes, 40)), 0.05));
            QVERIFY(near(1 - binomialTail(successes + 1, 40, *clopperPearsonUpper(successes, 40)), 0.05));
        }
    }

    void theEndsAreTheEnds()
    {
        QCOMPARE(wilsonInterval(0, 10)->lower, 0.0);
        QCOMPARE(wilsonInterval(10, 10)->upper, 1.0);
        QCOMPARE(clopperPearsonLower(0, 10), std::optional(0.0));
        QCOMPARE(clopperPearsonUpper(10, 10), std::optional(1.0));
        QVERIFY(near(clopperPearsonUpper(0, 10), 1 - std::pow(0.05, 0.1)));
        QVERIFY(near(clopperPearsonLower(10, 10), std::pow(0.05, 0.1)));
    }

    void withoutTrialsThereIsNoBound()
    {
        QCOMPARE(wilsonInterval(0, 0), std::nullopt);
        QCOMPARE(wilsonLower(0, 0), std::nullopt);
        QCOMPARE(wilsonUpper(0, 0), std::nullopt);
        QCOMPARE(clopperPearsonInterval(0, 0), std::nullopt);
        QCOMPARE(clopperPearsonLower(0, 0), std::nullopt);
        QCOMPARE(clopperPearsonUpper(0, 0), std::nullopt);
    }

    void binomialTailsOfTheFixedSequence()
    {
        // scipy 1.12, binom.sf
        QVERIFY(near(binomialTail(58, 60, 0.9), 0.0530450818159927));
        QVERIFY(near(binomialTail(97, 100, 0.9), 0.007836487121184415));
        QVERIFY(near(binomialTail(190, 200, 0.9), 0.008071249955102708));
        QVERIFY(near(binomialTail(2, 3, 0.5), 0.5));
        QCOMPARE(binomialTail(0, 5, 0.2), 1.0);
        QCOMPARE(binomialTail(6, 5, 0.2), 0.0);
        QCOMPARE(binomialTail(1, 5, 0), 0.0);
        QCOMPARE(binomialTail(5, 5, 1), 1.0);
    }

    void betaQuantilesInvertTheDistribution()
    {
        for (const double probability : {0.01, 0.3, 0.5, 0.975}) {
            QVERIFY(near(betaCdf(betaQuantile(probability, 3, 17), 3, 17), probability));
        }
        QVERIFY(near(betaCdf(0.25, 1, 1), 0.25)); // uniform
        QVERIFY(near(betaCdf(0.5, 2, 1), 0.25));  // x^2
    }
};

QTEST_GUILESS_MAIN(TestIntervals)
#include "tst_intervals.moc"
