#include "core/metrics/recalibration.h"
#include "tests/metrics/metrics_support.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <random>

using namespace modscope;
using test::near;

namespace {

const std::vector<double> kLogits = {-3.1, -2.5, -4.0, 2.8, 3.5, -1.2, 4.1, -3.6, 2.2, -2.9};
const std::vector<std::uint8_t> kTruth = {0, 0, 1, 1, 0, 0, 1, 0, 1, 1};

} // namespace

class TestRecalibration : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void temperatureOfTheSpec()
    {
        const auto fit = fitTemperature(kLogits, kTruth);
        QVERIFY(near(fit->temperature, 5.1057, 5e-5));
        QVERIFY(near(fit->lossBefore, 1.10952, 5e-6));
        QVERIFY(near(fit->lossAfter, 0.649411, 5e-7));
        QVERIFY(near((*fit)(0), 0.5));
    }

    void aTemperatureThatHasNoMinimumIsUndefined()
    {
        const std::vector<double> logits = {-2, -1, 1, 2};
        QCOMPARE(fitTemperature(logits, std::vector<std::uint8_t>{0, 0, 1, 1}), std::nullopt); // separable
        QCOMPARE(fitTemperature(logits, std::vector<std::uint8_t>{1, 1, 0, 0}), std::nullopt); // the wrong way round
        QCOMPARE(fitTemperature(logits, std::vector<std::uint8_t>{1, 1, 1, 1}), std::nullopt);
        QCOMPARE(fitTemperature({}, {}), std::nullopt);
    }

    void plattIsThatOfScipy()
    {
        const auto fit = fitPlatt(kLogits, kTruth); // scipy 1.12, BFGS on the same loss
        QVERIFY(near(fit->slope, 0.1408992, 5e-7));
        QVERIFY(near(fit->intercept, 0.06845585, 5e-7));
    }

    void plattFindsScaleAndShift()
    {
        std::mt19937 engine(2);
        std::vector<double> logits;
        std::vector<std::uint8_t> labels;
        const PlattScaling truth{0.6, -1.2};
        for (int i = 0; i < 40000; ++i) {
            logits.push_back((static_cast<double>(engine()) / 4294967296.0 - 0.5) * 10);
            labels.push_back(static_cast<double>(engine()) / 4294967296.0 < truth(logits.back()) ? 1 : 0);
        }
        const auto fit = fitPlatt(logits, labels);
        QVERIFY(near(fit->slope, 0.6, 0.03));
        QVERIFY(near(fit->intercept, -1.2, 0.06));
    }

    void plattHoldsOnSeparableAndConstantLogits()
    {
        const auto separable = fitPlatt(std::vector<double>{-20, -10, 10, 20}, std::vector<std::uint8_t>{0, 0, 1, 1});
        QVERIFY(separable && separable->slope > 0);
        QVERIFY(near((*separable)(0), 0.5, 1e-6));
        const auto constant = fitPlatt(std::vector<double>{1, 1, 1, 1}, std::vector<std::uint8_t>{0, 0, 0, 1});
        QVERIFY(near((*constant)(1), (3 * 0.2 + 2.0 / 3) / 4, 1e-6)); // the mean of the smoothed targets
        QCOMPARE(fitPlatt(std::vector<double>{1, 2}, std::vector<std::uint8_t>{1, 1}), std::nullopt);
    }

    void correctionsOfTheSpec()
    {
        const double corrected = withoutPositiveWeight(std::log(0.75 / 0.25), 3);
        QVERIFY(near(PlattScaling{}(corrected), 0.5));
        QVERIFY(near(withPrevalence(0.8, 0.39, 0.02), 0.113, 5e-4));
        QVERIFY(near(withPrevalence(0.8, 0.39, 0.39), 0.8));
        QCOMPARE(withPrevalence(0, 0.39, 0.02), 0.0);
        QCOMPARE(withPrevalence(1, 0.39, 0.02), 1.0);
    }
};

QTEST_GUILESS_MAIN(TestRecalibration)
#include "tst_recalibration.moc"
