#include "tests/support/test_data.h"
#include "ui/controllers/model_catalog.h"
#include "ui/controllers/status_text.h"
#include "ui/settings/settings.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace modscope;
using namespace modscope::ui;

// The controller with the real engine and the demo models.
class TestModelEngine : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void theDemoOpensScoresAndIsRemembered()
    {
        QTemporaryDir folder;
        QThreadPool pool;
        Settings settings(folder.filePath(QStringLiteral("settings.ini")));
        ModelController models(&pool);
        ModelCatalog catalog(&pool, &settings, &models, CatalogBackend::core());
        QCOMPARE(catalog.size(), 2U);
        catalog.openRemembered();
        QTRY_VERIFY_WITH_TIMEOUT(!models.isLoading(), 60000);
        QVERIFY2(models.models().front().error.isEmpty(), qPrintable(models.models().front().error));
        const Classifier& classifier = models.models().front().classifier.value();
        QCOMPARE(modelStatus(models).text,
                 QStringLiteral("demo · %1").arg(QString::fromStdString(classifier.info().sha256).left(8)));
        Sample sample;
        sample.text = "monday again";
        QVERIFY(classifier.predict(std::span(&sample, 1)).front().has_value());
        QCOMPARE(settings.modelSlots().front().path, QStringLiteral("demo"));
        QTRY_VERIFY_WITH_TIMEOUT(models.diagnosis().has_value(), 60000);
        QTRY_COMPARE(catalog.entry(0).state, CatalogEntry::State::Read);
        QVERIFY(catalog.entry(0).card->markdown.contains(QStringLiteral("cannot read pictures")));
    }

    void aModelThatCannotBeOpenedLeavesTheFormerOne()
    {
        QThreadPool pool;
        ModelController models(&pool);
        models.open(0, QStringLiteral("demo"), QStringLiteral("cpu"), QStringLiteral("fp32"));
        QTRY_VERIFY_WITH_TIMEOUT(!models.isLoading(), 60000);
        QSignalSpy failed(&models, &ModelController::openFailed);
        models.open(0, QStringLiteral("/no/such/folder"), QStringLiteral("cpu"), QStringLiteral("fp32"));
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(models.models().front().path, QStringLiteral("demo"));
        QVERIFY(models.models().front().classifier.has_value());
    }
};

QTEST_MAIN(TestModelEngine)
#include "tst_model_engine.moc"
