#include "core/checkpoint/checkpoint.h"
#include "tests/checkpoint/run_copy.h"
#include "tests/support/test_data.h"

#include <QTest>

using namespace modscope;
namespace fs = std::filesystem;

namespace {

const std::vector<std::string> kLabels{"racist", "sexist", "homophobe", "religion", "otherhate"};

Checkpoint openOrDie(const fs::path& path, const CheckpointOptions& options = {})
{
    auto checkpoint = openCheckpoint(path, options);
    if (!checkpoint) {
        qFatal("%s", checkpoint.error().message.c_str());
    }
    return std::move(*checkpoint);
}

fs::path golden(const std::string& model)
{
    return test::testData("golden/" + model + "/run").lexically_normal();
}

} // namespace

class TestRunDirectory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void opensACheckpointDirectoryOrItsFile();
    void prefersTheBestCheckpointAndElseTheLast();
    void understandsForeignCheckpointPaths_data();
    void understandsForeignCheckpointPaths();
    void opensWeightsBesideTheRunFiles();
    void readsPublishedRuns();
    void readsLabelsFromTheTrainingConfiguration();
    void readsTheModelCard();
    void warnsWhereFilesDisagree();
};

void TestRunDirectory::opensACheckpointDirectoryOrItsFile()
{
    const fs::path checkpoint = golden("clip_fusion") / "checkpoint-12";
    for (const fs::path& path :
         {checkpoint, checkpoint / "", checkpoint / "model.safetensors", golden("clip_fusion") / ""}) {
        const ModelInfo info = openOrDie(path).info;
        QCOMPARE(info.name, std::string("run"));
        QCOMPARE(info.checkpoint, checkpoint);
        QVERIFY(info.warnings.empty());
    }
}

void TestRunDirectory::prefersTheBestCheckpointAndElseTheLast()
{
    const test::RunCopy copy("clip_fusion");
    for (const char* other : {"checkpoint-9", "checkpoint-100"}) {
        fs::copy(copy.checkpoint(), copy.run() / other);
    }
    fs::create_directories(copy.run() / "checkpoint-1000"); // was not finished: no weights
    fs::create_directories(copy.run() / "checkpoint-best");
    QCOMPARE(openOrDie(copy.run()).info.checkpoint, copy.checkpoint());

    const ModelInfo direct = openOrDie(copy.run() / "checkpoint-9").info;
    QCOMPARE(direct.checkpoint, copy.run() / "checkpoint-9");
    QCOMPARE(direct.warnings.size(), std::size_t{1});
    QVERIFY(direct.warnings.front().find("checkpoint-12") != std::string::npos);

    fs::remove_all(copy.checkpoint());
    const ModelInfo last = openOrDie(copy.run()).info;
    QCOMPARE(last.checkpoint, copy.run() / "checkpoint-100");
    QCOMPARE(last.warnings.size(), std::size_t{1});
    QVERIFY(last.warnings.front().find("checkpoint-12") != std::string::npos);
}

void TestRunDirectory::understandsForeignCheckpointPaths_data()
{
    QTest::addColumn<QString>("directory");
    QTest::newRow("backslashes") << QStringLiteral("outputs\\run\\checkpoint-12");
    QTest::newRow("Windows drive") << QStringLiteral("C:\\work\\run\\checkpoint-12\\");
    QTest::newRow("another machine") << QStringLiteral("/home/somebody/run/checkpoint-12/");
    QTest::newRow("name only") << QStringLiteral("checkpoint-12");
}

void TestRunDirectory::understandsForeignCheckpointPaths()
{
    QFETCH(QString, directory);
    const test::RunCopy copy("clip_fusion");
    fs::copy(copy.checkpoint(), copy.run() / "checkpoint-99");
    copy.editJson(copy.run() / "inference_config.json",
                  [&](nlohmann::json& config) { config["best_checkpoint_dir"] = directory.toStdString(); });
    const ModelInfo info = openOrDie(copy.run()).info;
    QCOMPARE(info.checkpoint, copy.checkpoint());
    QVERIFY(info.warnings.empty());
}

void TestRunDirectory::opensWeightsBesideTheRunFiles()
{
    const test::RunCopy copy("clip_fusion");
    fs::rename(copy.weights(), copy.run() / "model.safetensors");
    fs::remove_all(copy.checkpoint());
    const ModelInfo info = openOrDie(copy.run()).info;
    QCOMPARE(info.checkpoint, copy.run());
}

void TestRunDirectory::readsPublishedRuns()
{
    const test::RunCopy copy("clip_mtl_hidden");
    fs::remove(copy.run() / "config.json");
    test::writeText(copy.run() / "inference_config.json",
                    R"({"encoder_name":"encoder","backend":"clip","threshold":0.25,"priors":[0.1,0.2,0.3,0.1,0.3]})");
    const ModelInfo info = openOrDie(copy.run()).info;
    QVERIFY(info.labels == kLabels); // from label_map.json's class_names
    QVERIFY(info.thresholds == std::vector<float>(5, 0.25F));
    QVERIFY(info.thresholdsCalibrated);
    QCOMPARE(info.preprocessing.text.maxLength, std::size_t{77});
}

void TestRunDirectory::readsLabelsFromTheTrainingConfiguration()
{
    const test::RunCopy copy("clip_mtl");
    fs::remove(copy.run() / "inference_config.json");
    fs::remove(copy.run() / "label_map.json");
    const ModelInfo info = openOrDie(copy.run()).info;
    QVERIFY(info.labels == kLabels);
    QCOMPARE(info.encoderName, std::string("encoder"));
    QVERIFY(info.thresholds == std::vector<float>(5, 0.5F));
    QVERIFY(!info.thresholdsCalibrated);
}

void TestRunDirectory::readsTheModelCard()
{
    const test::RunCopy copy("clip_fusion");
    QVERIFY(openOrDie(copy.run()).info.card.empty());
    test::writeText(copy.root() / "README.md", "above");
    QCOMPARE(openOrDie(copy.run()).info.card, std::string("above"));
    test::writeText(copy.run() / "MODEL_CARD.md", "own");
    QCOMPARE(openOrDie(copy.run()).info.card, std::string("own"));
}

void TestRunDirectory::warnsWhereFilesDisagree()
{
    const test::RunCopy copy("clip_mtl");
    copy.editJson(copy.run() / "inference_config.json", [](nlohmann::json& config) {
        config["head"] = "fusion";
        config["backend"] = "siglip";
    });
    copy.editJson(copy.run() / "label_map.json", [](nlohmann::json& map) { map["4"] = "other"; });
    const ModelInfo info = openOrDie(copy.run()).info;
    QCOMPARE(info.warnings.size(), std::size_t{3});
    QCOMPARE(info.head.kind, HeadKind::Multitask);
    QCOMPARE(info.encoder.backend, Backend::Clip);
    QVERIFY(info.labels == kLabels);
}

QTEST_GUILESS_MAIN(TestRunDirectory)
#include "tst_run_directory.moc"
