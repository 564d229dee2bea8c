#include "core/metrics/calibration.h"
#include "tests/metrics/metrics_support.h"
#include "tests/support/test_data.h"

#include <QTest>

using namespace modscope;
using test::near;

namespace {

std::vector<ReliabilityBin> spec(std::size_t bins, Binning binning)
{
    return Reliability(test::kProbabilities, test::kLabels, bins, binning).bins();
}

std::vector<std::uint64_t> sizes(const std::vector<ReliabilityBin>& bins)
{
    std::vector<std::uint64_t> items;
    for (const ReliabilityBin& bin : bins) {
        items.push_back(bin.items);
    }
    return items;
}

} // namespace

class TestCalibration : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void errorsOfTheSpec()
    {
        QVERIFY(near(expectedCalibrationError(spec(5, Binning::EqualWidth)), 0.085625));
        QVERIFY(near(expectedCalibrationError(spec(4, Binning::EqualMass)), 0.116875));
        QVERIFY(near(maximumCalibrationError(spec(5, Binning::EqualWidth)), 0.156667, 5e-7));
        QVERIFY(near(brierScore(test::kProbabilities, test::kLabels), 0.149394, 5e-7));
    }

    void aBinHoldsItsUpperEdge()
    {
        std::vector<double> edges;
        for (int k = 0; k <= 15; ++k) {
            edges.push_back(k / 15.0);
        }
        const std::vector<std::uint8_t> labels(edges.size());
        const auto bins = Reliability(edges, labels, 15, Binning::EqualWidth).bins();
        auto expected = std::vector<std::uint64_t>(15, 1);
        expected[0] = 2; // 0 and 1/15
        QCOMPARE(sizes(bins), expected);
        QCOMPARE(bins[3].lower, 3 / 15.0);
        QCOMPARE(bins[3].upper, 4 / 15.0);
    }

    void equalProbabilitiesStayTogether()
    {
        const std::vector<double> probabilities = {0.1, 0.5, 0.5, 0.5, 0.5, 0.9};
        const std::vector<double> turned = {0.5, 0.9, 0.5, 0.1, 0.5, 0.5};
        const auto bins =
            Reliability(probabilities, std::vector<std::uint8_t>{0, 1, 0, 1, 0, 1}, 3, Binning::EqualMass).bins();
        QCOMPARE(sizes(bins), (std::vector<std::uint64_t>{5, 0, 1}));
        QCOMPARE(bins[0].lower, 0.1);
        QCOMPARE(bins[0].upper, 0.5);
        QCOMPARE(bins[1].meanProbability(), std::nullopt);
        QCOMPARE(bins[1].observedRate(), std::nullopt);
        const auto other =
            Reliability(turned, std::vector<std::uint8_t>{0, 1, 1, 0, 1, 0}, 3, Binning::EqualMass).bins();
        QVERIFY(near(expectedCalibrationError(other), *expectedCalibrationError(bins)));
    }

    void aWeightIsARepetition()
    {
        const std::vector<double> probabilities = {0.2, 0.6};
        const std::vector<std::uint8_t> labels = {0, 1};
        const std::vector<std::uint32_t> weights = {3, 1};
        const std::vector<double> repeated = {0.2, 0.2, 0.2, 0.6};
        const std::vector<std::uint8_t> repeatedLabels = {0, 0, 0, 1};
        QVERIFY(near(brierScore(probabilities, labels, weights), *brierScore(repeated, repeatedLabels)));
        const auto weighted = Reliability(probabilities, labels, 5, Binning::EqualWidth).bins(weights);
        const auto plain = Reliability(repeated, repeatedLabels, 5, Binning::EqualWidth).bins();
        QCOMPARE(sizes(weighted), sizes(plain));
        QVERIFY(near(expectedCalibrationError(weighted), *expectedCalibrationError(plain)));
    }

    void withoutItemsNothingIsDefined()
    {
        const auto bins = Reliability({}, {}, 15, Binning::EqualMass).bins();
        QCOMPARE(expectedCalibrationError(bins), std::nullopt);
        QCOMPARE(maximumCalibrationError(bins), std::nullopt);
        QCOMPARE(brierScore({}, {}), std::nullopt);
    }
};

QTEST_GUILESS_MAIN(TestCalibration)
#include "tst_calibration.moc"
