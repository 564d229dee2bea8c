#include "core/checkpoint/checkpoint.h"
#include "tests/checkpoint/run_copy.h"
#include "tests/support/test_data.h"

#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <cstring>
#include <limits>

using namespace modscope;
namespace fs = std::filesystem;
using Json = nlohmann::json;
using test::RawTensors;
using test::RunCopy;

namespace {

/// One way to spoil a copy of a golden run, and what the message must say.
struct Damage {
    const char* name;
    const char* model;
    std::function<void(const RunCopy&)> spoil;
    ErrorCode code;
    const char* said; ///< a regular expression
};

std::function<void(const RunCopy&)> tensorEdit(std::function<void(RawTensors&)> edit)
{
    return [edit = std::move(edit)](const RunCopy& copy) { copy.editTensors(edit); };
}

std::function<void(const RunCopy&)> inferenceEdit(std::function<void(Json&)> edit)
{
    return [edit = std::move(edit)](const RunCopy& copy) { copy.editJson(copy.run() / "inference_config.json", edit); };
}

std::function<void(const RunCopy&)> encoderEdit(std::function<void(Json&)> edit)
{
    return [edit = std::move(edit)](const RunCopy& copy) { copy.editJson(copy.encoder() / "config.json", edit); };
}

std::function<void(RawTensors&)> putFloat(const std::string& tensor, std::size_t index, float value)
{
    return [=](RawTensors& tensors) {
        tensors.at(tensor).bytes.replace(index * sizeof(float), sizeof(float), test::floatBytes(std::span(&value, 1)));
    };
}

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr float kInfinity = std::numeric_limits<float>::infinity();
const std::string kTokenTable = "backbone.text_model.embeddings.token_embedding.weight";

std::vector<Damage> tensorDamages()
{
    return {
        {"a missing tensor", "clip_fusion", tensorEdit([](RawTensors& t) { t.erase("g_t.bias"); }), ErrorCode::Mismatch,
         "missing 'g_t.bias' \\[20\\]"},
        {"an unexpected tensor", "clip_fusion", tensorEdit([](RawTensors& t) { t["extra"] = test::zeros({2}); }),
         ErrorCode::Mismatch, "unexpected 'extra'"},
        {"a misshapen tensor", "clip_fusion", tensorEdit([](RawTensors& t) {
             t["gate.weight"] = test::zeros({20, 41});
         }),
         ErrorCode::Mismatch, "'gate.weight' is \\[20, 41\\] instead of \\[20, 42\\]"},
        {"more than ten differences", "clip_fusion", tensorEdit([](RawTensors& t) {
             std::erase_if(t,
                           [](const auto& one) { return one.first.find("layers.1.self_attn") != std::string::npos; });
         }),
         ErrorCode::Mismatch, "and 6 more"},
        {"a quantised tensor", "clip_fusion", tensorEdit([](RawTensors& t) {
             t["g_t.bias"] = {"I8", {20}, std::string(20, 'a')};
         }),
         ErrorCode::Mismatch, "'g_t.bias' is stored as I8"},
        {"a missing layer", "clip_fusion", tensorEdit([](RawTensors& t) {
             std::erase_if(t, [](const auto& one) {
                 return one.first.find("text_model.encoder.layers.1.") != std::string::npos;
             });
         }),
         ErrorCode::Mismatch, "text_config.num_hidden_layers is 2, but the tensors have 1"},
        {"no projection", "clip_fusion", tensorEdit([](RawTensors& t) { t.erase("proj_t.weight"); }),
         ErrorCode::Mismatch, "'proj_t.weight' is missing"},
        {"a projection that is no matrix", "clip_fusion",
         tensorEdit([](RawTensors& t) { t["proj_t.weight"] = test::zeros({20}); }), ErrorCode::Mismatch,
         "'proj_t.weight' must be a matrix"},
        {"two heads", "clip_fusion", tensorEdit([](RawTensors& t) {
             t["heads.0.weight"] = test::zeros({1, 20});
         }),
         ErrorCode::ParseError, "fusion head .* and multi-task"},
        {"a gap between heads", "clip_mtl", tensorEdit([](RawTensors& t) {
             t.erase("heads.2.weight");
             t.erase("heads.2.bias");
         }),
         ErrorCode::ParseError, "without a gap"},
        {"no head", "clip_fusion", tensorEdit([](RawTensors& t) {
             std::erase_if(t, [](const auto& one) { return !one.first.starts_with("backbone."); });
         }),
         ErrorCode::Unsupported, "plain encoder without a classifier head"},
        {"a name twice after renaming", "clip_mtl", tensorEdit([](RawTensors& t) {
             t["tower_txt.embeddings.token_embedding.weight"] =
                 t.at("tower_txt.text_model.embeddings.token_embedding.weight");
         }),
         ErrorCode::ParseError, "under two names"},
        {"a NaN", "clip_fusion", tensorEdit(putFloat(kTokenTable, 5001, kNan)), ErrorCode::Mismatch,
         "'backbone.text_model.embeddings.token_embedding.weight' holds a NaN.* at index 5001 "},
        {"a NaN at the end", "clip_fusion", tensorEdit(putFloat("cls.4.bias", 4, kNan)), ErrorCode::Mismatch,
         "'cls.4.bias' .* at index 4 "},
        {"an infinity", "clip_fusion", tensorEdit(putFloat("gate.weight", 0, -kInfinity)), ErrorCode::Mismatch,
         "'gate.weight' .* at index 0 "},
        {"an infinite half", "clip_fusion", tensorEdit([](RawTensors& t) {
             t["g_t.bias"] = {"F16", {20}, std::string(38, '\0') + std::string("\x00\x7C", 2)};
         }),
         ErrorCode::Mismatch, "'g_t.bias' .* at index 19 "},
        {"a double beyond float32", "clip_fusion", tensorEdit([](RawTensors& t) {
             const double large = 1e39;
             std::string bytes(20 * sizeof(double), '\0');
             std::memcpy(bytes.data() + 3 * sizeof(double), &large, sizeof(double));
             t["g_t.bias"] = {"F64", {20}, bytes};
         }),
         ErrorCode::Mismatch, "'g_t.bias' .* at index 3 "},
    };
}

std::vector<Damage> configDamages()
{
    return {
        {"a label too few", "clip_fusion", inferenceEdit([](Json& c) { c["class_names"].erase(4); }),
         ErrorCode::Mismatch, "names 4 classes, but the head has 5 outputs"},
        {"a label twice", "clip_fusion", inferenceEdit([](Json& c) { c["class_names"][1] = "racist"; }),
         ErrorCode::ParseError, "'racist' twice"},
        {"an empty label", "clip_fusion", inferenceEdit([](Json& c) { c["class_names"][1] = ""; }),
         ErrorCode::ParseError, "an empty name"},
        {"a number as label", "clip_fusion", inferenceEdit([](Json& c) { c["class_names"][1] = 1; }),
         ErrorCode::ParseError, "inference_config.json: class_names must be a list of texts"},
        {"a threshold too few", "clip_fusion", inferenceEdit([](Json& c) { c["thresholds"].erase(4); }),
         ErrorCode::Mismatch, "4 thresholds for 5 labels"},
        {"a threshold above 1", "clip_fusion", inferenceEdit([](Json& c) { c["thresholds"][0] = 1.5; }),
         ErrorCode::ParseError, "thresholds must be a list of numbers from 0"},
        {"a text as threshold", "clip_fusion", inferenceEdit([](Json& c) { c["thresholds"][0] = "0.5"; }),
         ErrorCode::ParseError, "thresholds must be"},
        {"another fusion_dim", "clip_fusion", inferenceEdit([](Json& c) { c["fusion_dim"] = 512; }),
         ErrorCode::Mismatch, "fusion_dim is 512, but the tensor 'proj_t.weight' has 20 rows"},
        {"another vocabulary", "clip_fusion", encoderEdit([](Json& c) { c["text_config"]["vocab_size"] = 49408; }),
         ErrorCode::Mismatch, "config.json: text_config.vocab_size is 49408, but the tensor .* is \\[2514, 32\\]"},
        {"another width", "clip_fusion", encoderEdit([](Json& c) {
             c["vision_config"]["hidden_size"] = 768;
             c["vision_config"]["num_attention_heads"] = 12;
         }),
         ErrorCode::Mismatch, "vision_config.hidden_size is 768"},
        {"more layers", "clip_fusion", encoderEdit([](Json& c) { c["vision_config"]["num_hidden_layers"] = 1000; }),
         ErrorCode::Mismatch, "vision_config.num_hidden_layers is 1000, but the tensors have 2"},
        {"another picture size", "clip_fusion", encoderEdit([](Json& c) { c["vision_config"]["image_size"] = 64; }),
         ErrorCode::Mismatch, "image_size and patch_size is 65"},
        {"another projection", "clip_fusion", encoderEdit([](Json& c) { c["projection_dim"] = 512; }),
         ErrorCode::Mismatch, "projection_dim is 512"},
        {"another text head", "siglip_fusion", encoderEdit([](Json& c) { c["text_config"]["projection_size"] = 32; }),
         ErrorCode::Mismatch, "text_config.projection_size is 32"},
        {"another encoder", "clip_fusion", encoderEdit([](Json& c) {
             c = {{"model_type", "siglip"}};
         }),
         ErrorCode::Mismatch, "model_type is 'siglip'"},
        {"a NaFlex encoder", "siglip2_fusion", encoderEdit([](Json& c) { c["model_type"] = "siglip2"; }),
         ErrorCode::Unsupported, "NaFlex"},
        {"a gap in the label map", "clip_fusion",
         [](const RunCopy& copy) { copy.editJson(copy.run() / "label_map.json", [](Json& map) { map.erase("2"); }); },
         ErrorCode::ParseError, "label_map.json: [24] must be a class name"},
        {"no labels", "clip_fusion",
         [](const RunCopy& copy) {
             fs::remove(copy.run() / "label_map.json");
             fs::remove(copy.run() / "config.json");
             test::writeText(copy.run() / "inference_config.json", "{}");
         },
         ErrorCode::ParseError, "names no classes"},
        {"a config that is no JSON", "clip_fusion",
         [](const RunCopy& copy) { test::writeText(copy.run() / "inference_config.json", "{\"a\": NaN}"); },
         ErrorCode::ParseError, "inference_config.json: is not JSON"},
        {"a config with a NUL", "clip_fusion",
         [](const RunCopy& copy) { test::writeText(copy.run() / "config.json", std::string("{}\0{}", 5)); },
         ErrorCode::ParseError, "config.json: holds a NUL"},
        {"a broken preprocessor", "clip_fusion",
         [](const RunCopy& copy) { test::writeText(copy.encoder() / "preprocessor_config.json", "{"); },
         ErrorCode::ParseError, "preprocessor_config.json: "},
    };
}

std::vector<Damage> fileDamages()
{
    return {
        {"a truncated file", "clip_fusion",
         [](const RunCopy& copy) { fs::resize_file(copy.weights(), fs::file_size(copy.weights()) - 1); },
         ErrorCode::ParseError, "model.safetensors: "},
        {"an empty file", "clip_fusion", [](const RunCopy& copy) { fs::resize_file(copy.weights(), 0); },
         ErrorCode::ParseError, "model.safetensors: .* 0 bytes"},
        {"a picture for weights", "clip_fusion",
         [](const RunCopy& copy) {
             fs::copy_file(test::testData("golden/images/tall.jpg"), copy.weights(),
                           fs::copy_options::overwrite_existing);
         },
         ErrorCode::LimitExceeded, "model.safetensors: the header claims"},
        {"a truncated shard", "clip_fusion_sharded_fp16",
         [](const RunCopy& copy) { fs::resize_file(copy.checkpoint() / "model-00002-of-00002.safetensors", 5000); },
         ErrorCode::ParseError, "model-00002-of-00002.safetensors: "},
        {"a missing shard", "clip_fusion_sharded_fp16",
         [](const RunCopy& copy) { fs::remove(copy.checkpoint() / "model-00002-of-00002.safetensors"); },
         ErrorCode::NotFound, "model-00002-of-00002.safetensors"},
        {"pickled weights", "clip_fusion",
         [](const RunCopy& copy) { fs::rename(copy.weights(), copy.checkpoint() / "pytorch_model.bin"); },
         ErrorCode::Unsupported, "pytorch_model.bin: is a Python pickle.*save_file"},
        {"no weights", "clip_fusion", [](const RunCopy& copy) { fs::remove(copy.weights()); }, ErrorCode::NotFound,
         "has no weights"},
        {"no encoder", "clip_fusion", [](const RunCopy& copy) { fs::remove_all(copy.encoder()); }, ErrorCode::NotFound,
         "the encoder 'encoder' was not found.*--encoder-dir"},
        {"only an encoder", "clip_fusion",
         [](const RunCopy& copy) {
             fs::remove_all(copy.run());
             fs::rename(copy.encoder(), copy.run());
         },
         ErrorCode::Unsupported, "plain Hugging Face encoder"},
        {"a folder of something else", "clip_fusion",
         [](const RunCopy& copy) {
             for (const char* file : {"inference_config.json", "label_map.json", "config.json"}) {
                 fs::remove(copy.run() / file);
             }
         },
         ErrorCode::NotFound, "is not a model"},
        {"nothing", "clip_fusion", [](const RunCopy& copy) { fs::remove_all(copy.run()); }, ErrorCode::NotFound,
         "no such run"},
    };
}

const std::vector<Damage>& damages()
{
    static const std::vector<Damage> kDamages = [] {
        std::vector<Damage> all = tensorDamages();
        for (const auto& more : {configDamages(), fileDamages()}) {
            all.insert(all.end(), more.begin(), more.end());
        }
        return all;
    }();
    return kDamages;
}

const VerifyFinding& findingOf(const std::vector<VerifyFinding>& findings, const std::string& subject)
{
    const auto found =
        std::ranges::find_if(findings, [&](const VerifyFinding& finding) { return finding.subject == subject; });
    if (found == findings.end()) {
        qFatal("no finding about %s", subject.c_str());
    }
    return *found;
}

} // namespace

class TestDamagedCheckpoint : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("HF_HOME", "/nonexistent"); }
    void init() { test::failOnWarnings(); }

    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void refusesPicklesByName();
    void verifyGoesOnAfterAFailure();
    void verifyListsWhatItCouldNotCheck();
    void verifyChecksTheTokenizer();
    void verifyUsesAPresetWhereThereIsNoEncoder();
};

void TestDamagedCheckpoint::saysWhatIsWrong_data()
{
    QTest::addColumn<int>("index");
    for (std::size_t index = 0; index < damages().size(); ++index) {
        QTest::newRow(damages()[index].name) << static_cast<int>(index);
    }
}

void TestDamagedCheckpoint::saysWhatIsWrong()
{
    QFETCH(int, index);
    const Damage& damage = damages()[static_cast<std::size_t>(index)];
    const RunCopy copy(damage.model);
    QVERIFY(openCheckpoint(copy.run()));
    damage.spoil(copy);

    const auto checkpoint = openCheckpoint(copy.run());
    QVERIFY(!checkpoint);
    const auto message = QString::fromStdString(checkpoint.error().message);
    QVERIFY2(message.contains(QRegularExpression(QString::fromUtf8(damage.said))), qPrintable(message));
    QVERIFY2(message.startsWith(QString::fromStdString(copy.root().string())), qPrintable(message));
    QVERIFY2(!message.contains(QLatin1Char('\n')), qPrintable(message));
    QCOMPARE(name(checkpoint.error().code), name(damage.code));

    const auto findings = verifyCheckpoint(copy.run());
    QVERIFY(std::ranges::any_of(findings, [&](const VerifyFinding& finding) {
        return finding.level == VerifyFinding::Level::Failure && finding.message == checkpoint.error().message;
    }));
}

void TestDamagedCheckpoint::refusesPicklesByName()
{
    const RunCopy copy("clip_fusion");
    for (const char* name : {"pytorch_model.bin", "best.pt", "best.pth", "last.ckpt"}) {
        test::writeText(copy.root() / name, "x");
        const auto checkpoint = openCheckpoint(copy.root() / name);
        QVERIFY(!checkpoint && checkpoint.error().code == ErrorCode::Unsupported);
    }
}

void TestDamagedCheckpoint::verifyGoesOnAfterAFailure()
{
    const RunCopy copy("clip_fusion");
    copy.editTensors([](RawTensors& tensors) {
        tensors.erase("g_t.bias");
        putFloat("cls.4.bias", 1, kNan)(tensors);
    });
    copy.editJson(copy.run() / "inference_config.json", [](Json& config) { config["thresholds"].erase(0); });
    const auto findings = verifyCheckpoint(copy.run());
    for (const char* subject : {"settings", "tensors", "values"}) {
        QCOMPARE(findingOf(findings, subject).level, VerifyFinding::Level::Failure);
    }
    for (const char* subject : {"run directory", "weights", "head", "encoder", "preprocessing", "hash", "tokenizer"}) {
        QCOMPARE(findingOf(findings, subject).level, VerifyFinding::Level::Ok);
    }
}

void TestDamagedCheckpoint::verifyListsWhatItCouldNotCheck()
{
    const RunCopy copy("clip_fusion");
    fs::remove_all(copy.encoder());
    const auto findings = verifyCheckpoint(copy.run());
    QCOMPARE(findingOf(findings, "values").level, VerifyFinding::Level::Ok);
    QCOMPARE(findingOf(findings, "tensors, preprocessing").level, VerifyFinding::Level::Warning);

    std::stop_source source;
    source.request_stop();
    QCOMPARE(verifyCheckpoint(copy.run(), {}, source.get_token()).size(), std::size_t{1});
}

void TestDamagedCheckpoint::verifyChecksTheTokenizer()
{
    const RunCopy copy("clip_mtl");
    fs::remove(copy.encoder() / "merges.txt");
    const auto missing = verifyCheckpoint(copy.run());
    QCOMPARE(findingOf(missing, "tokenizer").level, VerifyFinding::Level::Failure);

    const RunCopy other("clip_mtl");
    for (const char* file : {"vocab.json", "merges.txt"}) {
        fs::copy_file(test::resource("demo/encoder") / file, other.encoder() / file,
                      fs::copy_options::overwrite_existing);
    }
    const auto large = verifyCheckpoint(other.run());
    QCOMPARE(findingOf(large, "tokenizer").level, VerifyFinding::Level::Failure);
    QVERIFY(findingOf(large, "tokenizer").message.find("2514 token embeddings") != std::string::npos);
}

void TestDamagedCheckpoint::verifyUsesAPresetWhereThereIsNoEncoder()
{
    const RunCopy copy("clip_fusion");
    fs::remove_all(copy.encoder());
    copy.editJson(copy.run() / "inference_config.json",
                  [](Json& config) { config["encoder_name"] = "openai/clip-vit-base-patch32"; });
    const auto findings = verifyCheckpoint(copy.run());
    QCOMPARE(findingOf(findings, "encoder").level, VerifyFinding::Level::Failure);
    const VerifyFinding& tensors = findingOf(findings, "tensors");
    QCOMPARE(tensors.level, VerifyFinding::Level::Failure);
    QVERIFY(tensors.message.starts_with("the preset for openai/clip-vit-base-patch32: "));
}

QTEST_GUILESS_MAIN(TestDamagedCheckpoint)
#include "tst_damaged_checkpoint.moc"
