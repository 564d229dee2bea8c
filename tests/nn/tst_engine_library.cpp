#include "core/nn/engine.h"
#include "core/nn/engine_library.h"
#include "core/nn/model_path.h"
#include "tests/support/test_data.h"

#include <QFile>
#include <QTest>

#include <cstdlib>

using namespace modscope;

class TestEngineLibrary : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void theEngineIsFoundBesideTheProgram()
    {
        const auto library = engineLibrary();
        QVERIFY2(library.has_value(), library ? "" : library.error().message.c_str());
        QCOMPARE(*engineLibrary(), *library); // opened once
        const EngineDiagnosis diagnosis = (*library)->diagnose();
        QVERIFY(diagnosis.torchVersion.starts_with("2."));
        QVERIFY(diagnosis.threads >= 1);
    }

    void idleThreadsSleepUnlessTheUserDecidedOtherwise()
    {
        qputenv("OMP_WAIT_POLICY", "active");
        waitPassively();
        QCOMPARE(qgetenv("OMP_WAIT_POLICY"), QByteArray("active"));
        qunsetenv("OMP_WAIT_POLICY");
        waitPassively();
        QCOMPARE(qgetenv("OMP_WAIT_POLICY"), QByteArray("passive"));
    }

    void demoModelsHaveWordsAndOtherNamesArePaths()
    {
        const auto models = bundledModels();
        QVERIFY(models.has_value());
        for (const BundledModel& model : *models) {
            QCOMPARE(*resolveModel(model.word), model.directory);
            QVERIFY(std::filesystem::exists(model.directory / "inference_config.json"));
        }
        QCOMPARE(resolveModel("./demo")->string(), std::string("./demo"));
        QCOMPARE(resolveModel("/runs/7")->string(), std::string("/runs/7"));
    }

    void aDataFolderThatIsNotThereIsNamed()
    {
        qputenv("MODSCOPE_DATA", "/nowhere");
        const auto path = resolveModel("demo");
        qunsetenv("MODSCOPE_DATA");
        QCOMPARE(path.error().code, ErrorCode::NotFound);
        QVERIFY(path.error().message.find("/nowhere") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestEngineLibrary)
#include "tst_engine_library.moc"
