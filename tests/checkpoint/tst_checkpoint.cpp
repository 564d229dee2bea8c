#include "core/checkpoint/checkpoint.h"
#include "tests/checkpoint/run_copy.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <algorithm>

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

struct Expected {
    const char* model;
    Backend backend;
    HeadConfig head;
    TokenizerKind tokenizer;
    std::size_t maxLength;
    int side;
    const char* dtype;
};
const std::vector<Expected> kGolden{
    {"clip_fusion", Backend::Clip, {HeadKind::Fusion, 20, 5, 0, 24, 24}, TokenizerKind::Clip, 77, 32, "F32"},
    {"clip_fusion_sharded_fp16",
     Backend::Clip,
     {HeadKind::Fusion, 20, 5, 0, 24, 24},
     TokenizerKind::Clip,
     77,
     32,
     "F16"},
    {"clip_fusion_wrapped", Backend::Clip, {HeadKind::Fusion, 20, 5, 0, 24, 24}, TokenizerKind::Clip, 77, 32, "F32"},
    {"clip_mtl", Backend::Clip, {HeadKind::Multitask, 20, 5, 0, 32, 48}, TokenizerKind::Clip, 77, 48, "F32"},
    {"clip_mtl_flattened", Backend::Clip, {HeadKind::Multitask, 20, 5, 0, 32, 48}, TokenizerKind::Clip, 77, 48, "F32"},
    {"clip_mtl_hidden", Backend::Clip, {HeadKind::Multitask, 22, 5, 9, 24, 36}, TokenizerKind::Clip, 77, 40, "F32"},
    {"siglip_fusion", Backend::Siglip, {HeadKind::Fusion, 20, 5, 0, 40, 40}, TokenizerKind::Siglip, 64, 32, "F32"},
    {"siglip2_fusion", Backend::Siglip, {HeadKind::Fusion, 24, 5, 0, 48, 48}, TokenizerKind::Siglip2, 64, 48, "F32"},
};

} // namespace

class TestCheckpoint : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void opensEveryGoldenLayout_data();
    void opensEveryGoldenLayout();
    void opensTheDemoModels();
    void givesFlattenedTowersTheirNestedNames();
    void stripsWrappersAndTrainingBuffers();
    void usesGivenThresholds();
    void switchesToTheEncodersOwnPreprocessing();
    void clampsTheTextLengthToThePositions();
    void opensMultitaskOnSiglip();
    void opensDoubleAndBfloat16Weights();
    void hashesWeights();
    void canBeCancelled();
    void verifiesEveryGoldenLayout();
};

void TestCheckpoint::opensEveryGoldenLayout_data()
{
    QTest::addColumn<int>("index");
    for (std::size_t index = 0; index < kGolden.size(); ++index) {
        QTest::newRow(kGolden[index].model) << static_cast<int>(index);
    }
}

void TestCheckpoint::opensEveryGoldenLayout()
{
    QFETCH(int, index);
    const Expected& expected = kGolden[static_cast<std::size_t>(index)];
    const fs::path run = golden(expected.model);
    const Checkpoint checkpoint = openOrDie(run);
    const ModelInfo& info = checkpoint.info;
    QCOMPARE(info.name, std::string("run"));
    QCOMPARE(info.directory, run);
    QCOMPARE(info.checkpoint, run / "checkpoint-12");
    QCOMPARE(info.encoderDirectory, run.parent_path() / "encoder");
    QCOMPARE(info.encoderName, std::string("encoder"));
    QVERIFY(info.labels == kLabels);
    QVERIFY((info.thresholds == std::vector<float>{0.35F, 0.7F, 0.75F, 0.3F, 0.6F}));
    QVERIFY(info.thresholdsCalibrated);
    QCOMPARE(info.encoder.backend, expected.backend);
    QVERIFY(info.head == expected.head);
    QCOMPARE(info.preprocessing.tokenizer, expected.tokenizer);
    QCOMPARE(info.preprocessing.text.maxLength, expected.maxLength);
    QVERIFY(!info.preprocessing.text.lowercase);
    QVERIFY(info.preprocessing.textAttentionMask);
    QCOMPARE(info.preprocessing.mode, PreprocessingMode::Reference);
    QCOMPARE(info.preprocessing.image.side, expected.side);
    QCOMPARE(info.dtype, std::string(expected.dtype));
    QVERIFY2(info.warnings.empty(), info.warnings.empty() ? "" : info.warnings.front().c_str());

    std::uint64_t parameters = 0;
    const auto tensors = expectedTensors(info.encoder, info.head);
    QCOMPARE(checkpoint.tensors.size(), tensors.size());
    for (const auto& [name, shape] : tensors) {
        const auto found = checkpoint.tensors.find(name);
        QVERIFY2(found != checkpoint.tensors.end(), name.c_str());
        QVERIFY2(found->second.shape == shape, name.c_str());
        parameters += static_cast<std::uint64_t>(found->second.elements());
    }
    QCOMPARE(info.parameters, parameters);
}

void TestCheckpoint::opensTheDemoModels()
{
    for (const char* run : {"run", "run_harmless"}) {
        const Checkpoint checkpoint = openOrDie(test::resource("demo") / run);
        QCOMPARE(checkpoint.info.name, std::string(run));
        QVERIFY(checkpoint.info.labels == kLabels);
        QCOMPARE(checkpoint.info.parameters, std::uint64_t{3'251'334});
        QCOMPARE(checkpoint.info.preprocessing.text.maxLength, std::size_t{64});
        QCOMPARE(checkpoint.info.dtype, std::string("F16"));
        QVERIFY(checkpoint.info.card.starts_with("# Demo checkpoints"));
        QVERIFY(checkpoint.info.warnings.empty());
    }
}

void TestCheckpoint::givesFlattenedTowersTheirNestedNames()
{
    const Checkpoint nested = openOrDie(golden("clip_mtl"));
    const Checkpoint flattened = openOrDie(golden("clip_mtl_flattened"));
    QCOMPARE(flattened.tensors.size(), nested.tensors.size());
    for (const auto& [name, tensor] : nested.tensors) {
        const auto found = flattened.tensors.find(name);
        QVERIFY2(found != flattened.tensors.end(), name.c_str());
        QVERIFY2(std::ranges::equal(found->second.bytes, tensor.bytes), name.c_str());
    }
}

void TestCheckpoint::stripsWrappersAndTrainingBuffers()
{
    const Checkpoint plain = openOrDie(golden("clip_fusion"));
    const Checkpoint wrapped = openOrDie(golden("clip_fusion_wrapped"));
    QCOMPARE(wrapped.tensors.size(), plain.tensors.size());
    QVERIFY(wrapped.tensors.contains("cls.1.weight"));

    const test::RunCopy copy("clip_fusion_wrapped");
    copy.editTensors([](test::RawTensors& tensors) {
        test::RawTensors renamed;
        for (auto& [name, tensor] : tensors) {
            renamed["module." + name] = tensor;
        }
        tensors = std::move(renamed);
    });
    QCOMPARE(openOrDie(copy.run()).tensors.size(), plain.tensors.size());
}

void TestCheckpoint::usesGivenThresholds()
{
    CheckpointOptions options;
    options.thresholds = {0.125F};
    const ModelInfo one = openOrDie(golden("clip_fusion"), options).info;
    QVERIFY(one.thresholds == std::vector<float>(5, 0.125F));
    QVERIFY(!one.thresholdsCalibrated);
    options.thresholds = {0.1F, 0.2F, 0.3F, 0.4F, 0.5F};
    QVERIFY(openOrDie(golden("clip_fusion"), options).info.thresholds == options.thresholds);
    options.thresholds = {0.1F, 0.2F};
    const auto two = openCheckpoint(golden("clip_fusion"), options);
    QVERIFY(!two && two.error().message.find("2 thresholds for 5 labels") != std::string::npos);
    options.thresholds = {1.5F};
    const auto high = openCheckpoint(golden("clip_fusion"), options);
    QVERIFY(!high && high.error().code == ErrorCode::InvalidArgument);
}

void TestCheckpoint::switchesToTheEncodersOwnPreprocessing()
{
    CheckpointOptions options;
    options.preprocessing = PreprocessingMode::HuggingFace;
    options.specialTokens = SpecialTokens::Honour;
    const Preprocessing own = openOrDie(golden("siglip2_fusion"), options).info.preprocessing;
    QCOMPARE(own.mode, PreprocessingMode::HuggingFace);
    QVERIFY(own.text.lowercase);
    QVERIFY(!own.textAttentionMask);
    QCOMPARE(own.text.specialTokens, SpecialTokens::Honour);
    QVERIFY(!own.image.keepRatio);
    const Preprocessing reference = openOrDie(golden("siglip2_fusion")).info.preprocessing;
    QVERIFY(reference.image.keepRatio);
}

void TestCheckpoint::clampsTheTextLengthToThePositions()
{
    const test::RunCopy copy("siglip_fusion");
    copy.editJson(copy.run() / "config.json", [](nlohmann::json& config) { config["model"]["max_text_length"] = 77; });
    const ModelInfo clamped = openOrDie(copy.run()).info;
    QCOMPARE(clamped.preprocessing.text.maxLength, std::size_t{64});
    QCOMPARE(clamped.warnings.size(), std::size_t{1});
    QVERIFY(clamped.warnings.front().find("77") != std::string::npos);

    copy.editJson(copy.run() / "inference_config.json", [](nlohmann::json& config) { config["max_text_length"] = 32; });
    QCOMPARE(openOrDie(copy.run()).info.preprocessing.text.maxLength, std::size_t{32});
}

void TestCheckpoint::opensMultitaskOnSiglip()
{
    const test::RunCopy copy("siglip_fusion");
    copy.editTensors([](test::RawTensors& tensors) {
        std::erase_if(tensors, [](const auto& tensor) {
            return tensor.first.starts_with("cls.") || tensor.first.starts_with("ln_fused.");
        });
        tensors["shared_head.1.weight"] = test::zeros({20, 20});
        tensors["shared_head.1.bias"] = test::zeros({20});
        for (int label = 0; label < 5; ++label) {
            tensors["heads." + std::to_string(label) + ".weight"] = test::zeros({1, 20});
            tensors["heads." + std::to_string(label) + ".bias"] = test::zeros({1});
        }
    });
    const Checkpoint whole = openOrDie(copy.run());
    QVERIFY((whole.info.head == HeadConfig{HeadKind::Multitask, 20, 5, 0, 40, 40}));
    QCOMPARE(whole.info.encoder.backend, Backend::Siglip);
    QVERIFY(whole.tensors.contains("backbone.text_model.head.weight"));
    QVERIFY(!whole.tensors.contains("backbone.logit_scale"));

    copy.editTensors([](test::RawTensors& tensors) { // two towers of their own, flattened
        test::RawTensors renamed;
        for (auto& [name, tensor] : tensors) {
            std::string flat = name;
            for (const auto& [from, to] :
                 {std::pair<std::string, std::string>{"backbone.text_model.", "tower_txt."},
                  std::pair<std::string, std::string>{"backbone.vision_model.", "tower_img."}}) {
                flat = flat.starts_with(from) ? to + flat.substr(from.size()) : flat;
            }
            renamed[flat] = std::move(tensor);
        }
        renamed.erase("backbone.logit_scale");
        renamed.erase("backbone.logit_bias");
        tensors = std::move(renamed);
    });
    const Checkpoint towers = openOrDie(copy.run());
    QVERIFY(std::ranges::equal(
        towers.tensors, whole.tensors, {}, [](const auto& one) { return one.first; },
        [](const auto& one) { return one.first; }));
}

void TestCheckpoint::opensDoubleAndBfloat16Weights()
{
    const test::RunCopy copy("clip_fusion");
    copy.editTensors([](test::RawTensors& tensors) {
        for (auto& [name, tensor] : tensors) {
            const bool wide = name.ends_with("bias");
            const std::size_t elements = tensor.bytes.size() / sizeof(float);
            tensor.dtype = wide ? "F64" : "BF16";
            tensor.bytes = std::string(elements * (wide ? 8 : 2), '\0');
        }
    });
    QCOMPARE(openOrDie(copy.run()).info.dtype, std::string("BF16"));
}

void TestCheckpoint::hashesWeights()
{
    // As `sha256sum` prints them; several files: sha256 of their hashes, each with its line end.
    QCOMPARE(openOrDie(golden("clip_fusion")).info.sha256,
             std::string("4188a752472581e9a11302f150ce462f21939bac56c411bf6511bd84d79657c8"));
    QCOMPARE(openOrDie(golden("clip_fusion_sharded_fp16")).info.sha256,
             std::string("786872d85c2a36d1346b1f993bed65c777bd5a09fa16a452ba0026fe69768a38"));
    CheckpointOptions options;
    options.hashWeights = false;
    QVERIFY(openOrDie(golden("clip_fusion"), options).info.sha256.empty());
}

void TestCheckpoint::canBeCancelled()
{
    std::stop_source source;
    source.request_stop();
    const auto checkpoint = openCheckpoint(golden("clip_fusion"), {}, source.get_token());
    QVERIFY(!checkpoint && checkpoint.error().code == ErrorCode::Cancelled);
}

void TestCheckpoint::verifiesEveryGoldenLayout()
{
    for (const Expected& expected : kGolden) {
        const auto findings = verifyCheckpoint(golden(expected.model));
        QCOMPARE(findings.size(), std::size_t{10}); // nine steps of opening, and the tokenizer
        for (const VerifyFinding& finding : findings) {
            QVERIFY2(finding.level == VerifyFinding::Level::Ok, finding.message.c_str());
            QVERIFY(!finding.message.empty());
        }
    }
}

QTEST_GUILESS_MAIN(TestCheckpoint)
#include "tst_checkpoint.moc"
