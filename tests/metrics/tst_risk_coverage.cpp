#include "core/metrics/risk_coverage.h"
#include "tests/metrics/metrics_support.h"
#include "tests/support/test_data.h"

#include <QTest>

using namespace modscope;
using test::near;

class TestRiskCoverage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void areasOfTheSpec()
    {
        const std::vector<double> confidences = {.99, .97, .95, .9, .85, .8, .7, .6, .55, .51};
        const std::vector<std::uint8_t> correct = {1, 1, 1, 0, 1, 1, 0, 1, 0, 0};
        const auto curve = riskCoverage(confidences, correct);
        QVERIFY(near(curve.aurc, 0.188571, 5e-7));
        QVERIFY(near(curve.excessAurc, 0.075952, 5e-7));
        QVERIFY(near(curve.risk[4], 0.2));
    }

    void theIdealOrderHasNoExcess()
    {
        const std::vector<double> confidences = {0.9, 0.8, 0.7, 0.6};
        QVERIFY(near(riskCoverage(confidences, std::vector<std::uint8_t>{1, 1, 0, 0}).excessAurc, 0));
        QVERIFY(near(riskCoverage(confidences, std::vector<std::uint8_t>{0, 0, 0, 0}).excessAurc, 0));
        QVERIFY(near(riskCoverage(confidences, std::vector<std::uint8_t>{1, 1, 1, 1}).aurc, 0));
    }

    void theOrderOfTiesDoesNotMatter()
    {
        const std::vector<double> confidences = {0.9, 0.5, 0.5, 0.5};
        const auto first = riskCoverage(confidences, std::vector<std::uint8_t>{1, 0, 1, 1});
        const auto last = riskCoverage(confidences, std::vector<std::uint8_t>{1, 1, 1, 0});
        QCOMPARE(first, last);
        QVERIFY(near(first.risk[1], 1.0 / 6));
        QVERIFY(near(first.risk[3], 0.25));
    }

    void withoutItemsNothingIsDefined() { QCOMPARE(riskCoverage({}, {}), RiskCoverage{}); }
};

QTEST_GUILESS_MAIN(TestRiskCoverage)
#include "tst_risk_coverage.moc"
