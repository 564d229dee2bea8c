#include "core/metrics/calibration.h"
#include "core/metrics/class_report.h"
#include "tests/metrics/metrics_support.h"
#include "tests/support/test_data.h"

#include <QTest>

using namespace modscope;
using test::near;

class TestClassReport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void valuesAreThoseOfTheMetrics()
    {
        const auto report = classReport(test::kProbabilities, test::kLabels, 0.44, {}, {});
        QCOMPARE(report->counts, (ConfusionCounts{8, 2, 1, 5}));
        QVERIFY(near(report->precision.value, 0.8));
        QVERIFY(near(report->recall.value, 8.0 / 9));
        QVERIFY(near(report->f1.value, 16.0 / 19));
        QVERIFY(near(report->rocAuc.value, 0.873016, 5e-7));
        QVERIFY(near(report->averagePrecision.value, 0.913828, 5e-7));
        QVERIFY(near(report->brier.value, 0.149394, 5e-7));
        const Reliability width(test::kProbabilities, test::kLabels, 15, Binning::EqualWidth);
        const Reliability mass(test::kProbabilities, test::kLabels, 15, Binning::EqualMass);
        QVERIFY(near(report->ece15.value, *expectedCalibrationError(width.bins())));
        QVERIFY(near(report->mce15.value, *maximumCalibrationError(width.bins())));
        QVERIFY(near(report->ece15EqualMass.value, *expectedCalibrationError(mass.bins())));
    }

    void intervalsHoldTheirValues()
    {
        const auto report = classReport(test::kProbabilities, test::kLabels, 0.44, {}, {});
        for (const Estimate* estimate : {&report->precision, &report->recall, &report->f1, &report->rocAuc,
                                         &report->averagePrecision, &report->brier}) {
            QVERIFY(estimate->interval->lower < *estimate->value && *estimate->value < estimate->interval->upper);
        }
        QCOMPARE(report->recall.undefinedDraws, std::size_t{0}); // no draw of 16 without its 9 positives
    }

    void theIntervalOfAShareHasItsStandardError()
    {
        const std::vector<double> scores(1000, 0.9);
        std::vector<std::uint8_t> labels(1000);
        std::fill_n(labels.begin(), 100, std::uint8_t{1});
        const auto report = classReport(scores, labels, 0.5, {}, {});
        // Precision 0.1 of 1,000: 1.96 sqrt(0.1 x 0.9 / 1000) on either side.
        QVERIFY(near(report->precision.interval->lower, 0.1 - 0.018594, 0.003));
        QVERIFY(near(report->precision.interval->upper, 0.1 + 0.018594, 0.003));
    }

    void duplicatesOfOneGroupDoNotNarrowTheInterval()
    {
        std::vector<double> scores;
        std::vector<std::uint8_t> labels;
        std::vector<std::uint32_t> groups;
        for (std::uint32_t copy = 0; copy < 4; ++copy) {
            for (std::uint32_t i = 0; i < 16; ++i) {
                scores.push_back(test::kProbabilities[i]);
                labels.push_back(test::kLabels[i]);
                groups.push_back(i);
            }
        }
        const auto single = classReport(test::kProbabilities, test::kLabels, 0.44, {}, {});
        const auto grouped = classReport(scores, labels, 0.44, groups, {});
        QCOMPARE(grouped->rocAuc.interval, single->rocAuc.interval); // the same groups are drawn
        const auto ungrouped = classReport(scores, labels, 0.44, {}, {});
        QVERIFY(ungrouped->rocAuc.interval->lower > single->rocAuc.interval->lower);
    }

    void aClassWithoutPositivesIsUndefinedNotZero()
    {
        const std::vector<std::uint8_t> none(16);
        const auto report = classReport(test::kProbabilities, none, 0.44, {}, {.draws = 10});
        QCOMPARE(report->recall, (Estimate{std::nullopt, std::nullopt, 10}));
        QCOMPARE(report->rocAuc, (Estimate{std::nullopt, std::nullopt, 10}));
        QCOMPARE(report->averagePrecision, (Estimate{std::nullopt, std::nullopt, 10}));
        QVERIFY(report->brier.interval.has_value());
        const auto empty = classReport({}, {}, 0.5, {}, {.draws = 2});
        QCOMPARE(empty->brier, (Estimate{std::nullopt, std::nullopt, 2}));
    }

    void stopsWhenAsked()
    {
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(classReport(test::kProbabilities, test::kLabels, 0.5, {}, {}, stop.get_token()).error().code,
                 ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestClassReport)
#include "tst_class_report.moc"
