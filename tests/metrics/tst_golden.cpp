#include "core/metrics/calibration.h"
#include "core/metrics/classification.h"
#include "core/metrics/ranking.h"
#include "core/metrics/thresholds.h"
#include "tests/metrics/metrics_support.h"
#include "tests/support/test_data.h"

#include <nlohmann/json.hpp>

#include <QTest>

#include <map>
#include <numeric>

using namespace modscope;

// Every number of tests/data/golden/training/metrics.json: scikit-learn's, and the reference's own grid.

namespace {

using Json = nlohmann::json;
using Numbers = std::map<std::string, std::optional<double>>;

/// One set with its labels apart and pooled.
struct GoldenSet {
    std::size_t labels = 0;
    std::vector<double> thresholds, pooledProbabilities;
    std::vector<std::uint8_t> pooledActual, pooledPredicted;
    std::vector<std::vector<double>> probabilities;
    std::vector<std::vector<std::uint8_t>> actual;
};

GoldenSet readSet(const Json& json)
{
    GoldenSet set;
    set.thresholds = json["thresholds"].get<std::vector<double>>();
    set.labels = set.thresholds.size();
    set.probabilities.resize(set.labels);
    set.actual.resize(set.labels);
    for (std::size_t item = 0; item < json["labels"].size(); ++item) {
        for (std::size_t label = 0; label < set.labels; ++label) {
            const double probability = json["probabilities"][item][label];
            const auto truth = json["labels"][item][label].get<std::uint8_t>();
            set.probabilities[label].push_back(probability);
            set.actual[label].push_back(truth);
            set.pooledProbabilities.push_back(probability);
            set.pooledActual.push_back(truth);
            set.pooledPredicted.push_back(probability >= set.thresholds[label] ? 1 : 0);
        }
    }
    return set;
}

std::optional<double> ece15(std::span<const double> probabilities, std::span<const std::uint8_t> actual)
{
    return expectedCalibrationError(Reliability(probabilities, actual, 15, Binning::EqualWidth).bins());
}

/// As the reference reports them: 0 where undefined, and a flag.
void addWithFlag(Numbers& numbers, const std::string& key, std::optional<double> value)
{
    numbers[key] = value.value_or(0);
    numbers[key + "_defined"] = value ? 1 : 0;
}

Numbers classNumbers(const GoldenSet& set, std::size_t label)
{
    const auto counts = confusionCounts(set.probabilities[label], set.actual[label], set.thresholds[label]);
    const auto cuts = ScoreOrder(set.probabilities[label], set.actual[label]).cuts();
    Numbers numbers = {{"true_positive", counts.truePositive},
                       {"false_positive", counts.falsePositive},
                       {"false_negative", counts.falseNegative},
                       {"support", counts.support()},
                       {"roc_auc", rocAuc(cuts)},
                       {"average_precision", averagePrecision(cuts)},
                       {"brier", brierScore(set.probabilities[label], set.actual[label])},
                       {"ece15", ece15(set.probabilities[label], set.actual[label])}};
    addWithFlag(numbers, "precision", counts.precision());
    addWithFlag(numbers, "recall", counts.recall());
    addWithFlag(numbers, "f1", counts.f1());
    return numbers;
}

Numbers setNumbers(const GoldenSet& set)
{
    const auto averages = multilabelAverages(set.pooledPredicted, set.pooledActual, set.labels, Undefined::AsZero);
    const auto pooled = ScoreOrder(set.pooledProbabilities, set.pooledActual).cuts();
    std::vector<std::optional<double>> areas;
    std::vector<std::optional<double>> precisions;
    for (std::size_t label = 0; label < set.labels; ++label) {
        const auto cuts = ScoreOrder(set.probabilities[label], set.actual[label]).cuts();
        areas.push_back(rocAuc(cuts));
        precisions.push_back(averagePrecision(cuts));
    }
    return {{"f1_macro", averages.macro.f1},
            {"f1_micro", averages.micro.f1},
            {"f1_samples", averages.f1Samples},
            {"f1_weighted", averages.weighted.f1},
            {"precision_macro", averages.macro.precision},
            {"recall_macro", averages.macro.recall},
            {"precision_micro", averages.micro.precision},
            {"recall_micro", averages.micro.recall},
            {"subset_accuracy", averages.subsetAccuracy},
            {"hamming_loss", averages.hammingLoss},
            {"roc_auc_macro_over_defined", macroMean(areas, Undefined::LeftOut)},
            {"roc_auc_macro_all_classes", macroMean(areas, Undefined::Spreads)},
            {"roc_auc_micro", rocAuc(pooled)},
            {"average_precision_macro_over_defined", macroMean(precisions, Undefined::LeftOut)},
            {"average_precision_micro", averagePrecision(pooled)},
            {"brier_mean", brierScore(set.pooledProbabilities, set.pooledActual)},
            {"ece15_pooled", ece15(set.pooledProbabilities, set.pooledActual)}};
}

Numbers bestNumbers(const BestF1& best)
{
    return {{"threshold", best.threshold},
            {"any_threshold_above", best.anyThresholdAbove},
            {"f1", best.f1},
            {"predicted_positive", best.predicted}};
}

/// The first key whose number differs or that is missing on one side; empty if there is none.
QString difference(const Json& expected, const Numbers& found)
{
    for (const auto& [key, value] : found) {
        if (!expected.contains(key)) {
            return QString::fromStdString(key + " is not in the file");
        }
    }
    for (const auto& [key, number] : expected.items()) {
        const auto it = found.find(key);
        if (it == found.end()) {
            return QString::fromStdString(key + " is not computed");
        }
        const bool same = number.is_null()      ? !it->second
                          : number.is_boolean() ? it->second == (number.get<bool>() ? 1.0 : 0.0)
                                                : test::near(it->second, number.get<double>());
        if (!same) {
            return QString::fromStdString(key + ": " + number.dump() + " expected") +
                   (it->second ? QStringLiteral(", found %1").arg(*it->second, 0, 'g', 17)
                               : QStringLiteral(", undefined"));
        }
    }
    return {};
}

} // namespace

class TestGoldenMetrics : public QObject {
    Q_OBJECT

    Json m_golden = test::readJson(test::testData("golden/training/metrics.json"));

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void everyNumberIsThatOfTheReference_data()
    {
        QTest::addColumn<int>("index");
        QCOMPARE(m_golden["sets"].size(), std::size_t{6});
        for (int index = 0; index < 6; ++index) {
            QTest::newRow(m_golden["sets"][static_cast<std::size_t>(index)]["name"].get<std::string>().c_str())
                << index;
        }
    }

    void everyNumberIsThatOfTheReference()
    {
        QFETCH(const int, index);
        Json expected = m_golden["sets"][static_cast<std::size_t>(index)];
        const GoldenSet set = readSet(expected);
        QCOMPARE(expected["per_class"].size(), set.labels);
        QCOMPARE(expected["grid19"].size(), set.labels);
        QCOMPARE(expected["exact_best_f1"].size(), set.labels);
        for (std::size_t label = 0; label < set.labels; ++label) {
            QCOMPARE(difference(expected["per_class"][label], classNumbers(set, label)), QString());
            const auto cuts = ScoreOrder(set.probabilities[label], set.actual[label]).cuts();
            QCOMPARE(grid19(cuts), expected["grid19"][label].get<double>()); // to the last bit
            const auto best = exactBestF1(cuts);
            QCOMPARE(best.has_value(), !expected["exact_best_f1"][label].is_null());
            if (best) {
                QCOMPARE(difference(expected["exact_best_f1"][label], bestNumbers(*best)), QString());
            }
        }
        for (const char* done :
             {"name", "note", "probabilities", "labels", "thresholds", "per_class", "grid19", "exact_best_f1"}) {
            expected.erase(done);
        }
        QCOMPARE(difference(expected, setNumbers(set)), QString());
    }
};

QTEST_GUILESS_MAIN(TestGoldenMetrics)
#include "tst_golden.moc"
