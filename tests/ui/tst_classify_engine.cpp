#include "core/data/csv.h"
#include "tests/support/test_data.h"
#include "ui/controllers/classify_workspace.h"

#include <QTest>

#include <cmath>

using namespace modscope;
using namespace modscope::ui;

/// The page's controllers with the real demo model.
class TestClassifyEngine : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void theSamplesGetTheScoresOfTheReference()
    {
        auto classifier = Classifier::open(test::resource("demo/run_harmless"));
        QVERIFY2(classifier, classifier ? "" : classifier.error().message.c_str());
        OpenModel model;
        model.summary.letter = QStringLiteral("A");
        model.summary.key = QStringLiteral("demo");
        model.summary.labels = classifier->info().labels;
        model.summary.thresholds = classifier->info().thresholds;
        model.scorer = makeScorer(*classifier);

        QThreadPool inference;
        QThreadPool io;
        ClassifyWorkspace work(&inference, &io);
        work.setModels({std::move(model)});
        const auto samples = test::resource("demo/samples/samples.csv");
        work.classify.addPaths({QString::fromStdString(samples.string())});
        constexpr int kSamples = 13;
        QTRY_COMPARE_WITH_TIMEOUT(work.classify.items()->counts().scored, kSamples, 60'000);

        auto expected = CsvReader::open(test::resource("demo/samples/expected_harmless.csv"));
        QVERIFY(expected);
        for (int row = 0; row < kSamples; ++row) {
            const auto wanted = expected->next();
            const auto& prediction = work.classify.items()->item(row).outcomes.front()->value();
            for (std::size_t i = 0; i < prediction.labels.size(); ++i) {
                const float reference = std::stof(wanted.row->value().fields[2 + i]);
                QVERIFY2(std::abs(prediction.probabilities[i] - reference) < 1e-4F, prediction.labels[i].c_str());
            }
        }
    }
};

QTEST_MAIN(TestClassifyEngine)
#include "tst_classify_engine.moc"
