#include "tests/cli/cli_process.h"
#include "tests/support/test_data.h"

#include <nlohmann/json.hpp>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using modscope::test::CliRun;
using modscope::test::runCli;
using modscope::test::samplePath;

namespace {

nlohmann::json parsed(const QByteArray& bytes)
{
    return nlohmann::json::parse(bytes.begin(), bytes.end());
}

QString golden(const char* model)
{
    return QString::fromStdString(modscope::test::testData("golden").string()) + QLatin1Char('/') +
           QString::fromLatin1(model);
}

QStringList words(const char* line)
{
    return QString::fromLatin1(line).split(QLatin1Char(' '));
}

} // namespace

class TestCommands : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { modscope::test::failOnWarnings(); }

    void helpIsThereForEveryCommand_data()
    {
        QTest::addColumn<QStringList>("arguments");
        for (const char* command : {"", "predict ", "explain ", "models ", "models list ", "models info ",
                                    "models verify ", "bench ", "doctor "}) {
            QTest::addRow("%s--help", command) << words((std::string(command) + "--help").c_str());
        }
    }

    void helpIsThereForEveryCommand()
    {
        QFETCH(QStringList, arguments);
        const CliRun run = runCli(arguments);
        QCOMPARE(run.exitCode, 0);
        QVERIFY(run.output.contains("Usage:"));
        QVERIFY(run.messages.isEmpty());
    }

    void theVersionNamesTheProgramAndLibtorch()
    {
        const CliRun run = runCli(words("--version"));
        QCOMPARE(run.exitCode, 0);
        QVERIFY(run.output.startsWith("modscope-cli 0."));
        QVERIFY(run.output.contains("libtorch 2."));
    }

    void theDoctorFindsEngineAndDemo()
    {
        const CliRun run = runCli(words("doctor --json"));
        QCOMPARE(run.exitCode, 0);
        std::map<std::string, std::string> states;
        for (const auto& finding : parsed(run.output)) {
            states[finding.at("subject").get<std::string>()] = finding.at("state").get<std::string>();
        }
        QCOMPARE(states.at("libtorch"), std::string("ok"));
        QCOMPARE(states.at("model demo"), std::string("ok"));
    }

    void theDoctorSaysWhatIsMissing()
    {
        qputenv("MODSCOPE_ENGINE", "/nowhere/engine.so");
        qputenv("MODSCOPE_DATA", "/nowhere/data");
        const CliRun doctor = runCli(words("doctor"));
        const CliRun predict = runCli({QStringLiteral("predict"), QStringLiteral("--text"), QStringLiteral("a")});
        qunsetenv("MODSCOPE_ENGINE");
        const CliRun withoutData = runCli({QStringLiteral("predict"), QStringLiteral("--text"), QStringLiteral("a")});
        qunsetenv("MODSCOPE_DATA");
        QCOMPARE(doctor.exitCode, 1);
        QVERIFY(doctor.output.contains("/nowhere/engine.so"));
        QVERIFY(doctor.output.contains("/nowhere/data"));
        QCOMPARE(predict.exitCode, 1);
        QCOMPARE(withoutData.exitCode, 1);
        QVERIFY(withoutData.messages.contains("/nowhere/data"));
    }

    void modelsListShowsTheDemoAndWhatFoldersHold()
    {
        const CliRun run =
            runCli({QStringLiteral("models"), QStringLiteral("list"), golden("clip_mtl"), QStringLiteral("--json")});
        QCOMPARE(run.exitCode, 0);
        const auto models = parsed(run.output);
        QCOMPARE(models.size(), std::size_t{3});
        QCOMPARE(models.at(0).at("model").get<std::string>(), std::string("demo"));
        QCOMPARE(models.at(1).at("model").get<std::string>(), std::string("demo2"));
        QCOMPARE(models.at(2).at("kind").get<std::string>(), std::string("clip mtl"));
    }

    void modelsInfoDescribesWithoutTheEngine()
    {
        qputenv("MODSCOPE_ENGINE", "/nowhere/engine.so");
        const CliRun run = runCli(words("models info demo --json"));
        qunsetenv("MODSCOPE_ENGINE");
        QCOMPARE(run.exitCode, 0);
        const auto info = parsed(run.output);
        QCOMPARE(info.at("classes").size(), std::size_t{5});
        QCOMPARE(info.at("classes").at(0).at("threshold").get<float>(), 0.35F);
        QCOMPARE(info.at("sha256").get<std::string>().size(), std::size_t{64});
        QVERIFY(info.at("card").get<std::string>().find("not a moderation tool") != std::string::npos);
    }

    void modelsInfoForPeopleShowsTheCard()
    {
        const CliRun run = runCli(words("models info"));
        QCOMPARE(run.exitCode, 0);
        QVERIFY(run.output.contains("otherhate"));
        QVERIFY(run.output.contains("not a moderation tool"));
    }

    void modelsVerifyAcceptsEveryGoldenModel()
    {
        for (const char* model : {"clip_fusion", "clip_mtl_hidden", "siglip_fusion", "siglip2_fusion"}) {
            const CliRun run =
                runCli({QStringLiteral("models"), QStringLiteral("verify"), golden(model) + QStringLiteral("/run")});
            QVERIFY2(run.exitCode == 0, run.output.constData());
            QVERIFY(!run.output.contains("failure"));
        }
    }

    void modelsVerifyFailsOnADamagedModel()
    {
        const CliRun run = runCli({QStringLiteral("models"), QStringLiteral("verify"), QStringLiteral("/nowhere/run"),
                                   QStringLiteral("--json")});
        QCOMPARE(run.exitCode, 1);
        bool failed = false;
        for (const auto& finding : parsed(run.output)) {
            failed = failed || finding.at("level").get<std::string>() == "failure";
        }
        QVERIFY(failed);
    }

    void explainSplitsTheScoreOfAPair()
    {
        const QStringList arguments{QStringLiteral("explain"), QStringLiteral("--text"), QStringLiteral("my cat"),
                                    QStringLiteral("--image"), samplePath(QStringLiteral("01_cat.jpg"))};
        const CliRun table = runCli(arguments);
        QCOMPARE(table.exitCode, 0);
        QVERIFY(table.output.contains("Indicative"));
        const auto classes = parsed(runCli(arguments + QStringList{QStringLiteral("--json")}).output).at("classes");
        QCOMPARE(classes.size(), std::size_t{5});
        const auto& racist = classes.at("racist");
        const float sum = racist.at("text").get<float>() + racist.at("image").get<float>();
        const float whole = racist.at("logit").get<float>() - racist.at("logit_nothing").get<float>();
        QVERIFY(std::abs(sum - whole) < 1e-4F);
    }

    void explainNamesTheMissingHalf()
    {
        const CliRun run = runCli({QStringLiteral("explain"), QStringLiteral("--text"), QStringLiteral("my cat")});
        QCOMPARE(run.exitCode, 0);
        QVERIFY(run.output.contains("no picture"));
    }

    void explainWritesTheHeatMapAsAGrid()
    {
        const QTemporaryDir folder;
        const QStringList arguments{QStringLiteral("explain"), QStringLiteral("--image"),
                                    samplePath(QStringLiteral("01_cat.jpg")), QStringLiteral("--heat-map")};
        const QString csv = folder.filePath(QStringLiteral("areas.csv"));
        const QString json = folder.filePath(QStringLiteral("areas.json"));
        QCOMPARE(runCli(arguments + QStringList{csv}).exitCode, 0);
        QCOMPARE(runCli(arguments + QStringList{json}).exitCode, 0);
        QFile csvFile(csv);
        QVERIFY(csvFile.open(QIODevice::ReadOnly));
        const auto lines = csvFile.readAll().trimmed().split('\n');
        QCOMPARE(lines.size(), 1 + 5 * 7 * 7);
        QCOMPARE(lines[0], QByteArray("class,row,column,drop"));
        QFile jsonFile(json);
        QVERIFY(jsonFile.open(QIODevice::ReadOnly));
        const auto map = parsed(jsonFile.readAll());
        QCOMPARE(map.at("drops").at("racist").size(), std::size_t{7});
    }

    void explainNeedsSomethingToExplain()
    {
        QCOMPARE(runCli(words("explain")).exitCode, 2);
        QCOMPARE(runCli(words("explain --text a --heat-map b.csv")).exitCode, 2);
        QCOMPARE(runCli(words("explain --image /nowhere/a.png")).exitCode, 1);
    }

    void benchMeasuresEveryStepAndComparesWithARunBefore()
    {
        const QTemporaryDir folder;
        const QString before = folder.filePath(QStringLiteral("before.json"));
        const CliRun first = runCli(words("bench --seconds 0.05 --json"));
        QCOMPARE(first.exitCode, 0);
        QFile file(before);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(first.output);
        file.close();
        const auto speeds = parsed(first.output).at("speeds");
        QCOMPARE(speeds.size(), std::size_t{7});
        for (const auto& speed : speeds) {
            QVERIFY(speed.at("rate").is_null() != (speed.at("rate").is_number() && speed.at("rate").get<double>() > 0));
        }
        const CliRun second = runCli({QStringLiteral("bench"), QStringLiteral("--seconds"), QStringLiteral("0.05"),
                                      QStringLiteral("--vs"), before});
        QCOMPARE(second.exitCode, 0);
        QVERIFY(second.output.contains(" x"));
        QCOMPARE(runCli({QStringLiteral("bench"), QStringLiteral("--vs"), samplePath(QStringLiteral("samples.csv"))})
                     .exitCode,
                 1);
    }
};

QTEST_GUILESS_MAIN(TestCommands)
#include "tst_commands.moc"
