#include "core/checkpoint/checkpoint.h"
#include "tests/checkpoint/run_copy.h"
#include "tests/support/test_data.h"

#include <QTemporaryDir>
#include <QTest>

using namespace modscope;
namespace fs = std::filesystem;

namespace {

Result<EncoderConfig> parse(const std::string& json)
{
    return parseEncoderConfig(json, "config.json");
}

std::uint64_t encoderParameters(const EncoderConfig& encoder)
{
    const HeadConfig head{HeadKind::Fusion, 512, 5, 0, encoder.text.projection, encoder.vision.projection};
    std::uint64_t count = 0;
    for (const auto& [name, shape] : expectedTensors(encoder, head)) {
        std::uint64_t elements = name.starts_with("backbone.") ? 1 : 0;
        for (const std::int64_t size : shape) {
            elements *= static_cast<std::uint64_t>(size);
        }
        count += elements;
    }
    return count;
}

} // namespace

class TestEncoderConfig : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }
    void cleanup();

    void fillsInClipDefaults();
    void fillsInSiglipDefaults();
    void readsSparseSiglipFilesAsTheirPreset();
    void readsEveryField();
    void letsConfigDictsOverride();
    void takesListsOfEqualNumbers();
    void takesNullAsMissing();
    void knowsEveryActivation_data();
    void knowsEveryActivation();
    void refusesWrongFields_data();
    void refusesWrongFields();
    void knowsFiveEncoders_data();
    void knowsFiveEncoders();
    void expectsAsManyTensorsAsTheRealModels();

    void findsTheEncoderBesideTheRun();
    void findsTheEncoderInTheRunFirst();
    void findsTheEncoderInTheHuggingFaceCache();
    void saysWhereItLooked();
};

void TestEncoderConfig::cleanup()
{
    for (const char* variable : {"HF_HOME", "HF_HUB_CACHE", "MODSCOPE_ENCODERS"}) {
        qunsetenv(variable);
    }
}

void TestEncoderConfig::fillsInClipDefaults()
{
    const auto config = parse(R"({"model_type":"clip"})");
    QVERIFY2(config, config ? "" : config.error().message.c_str());
    const TransformerConfig text{512, 2048, 12, 8, Activation::QuickGelu, 1e-5F};
    const TransformerConfig vision{768, 3072, 12, 12, Activation::QuickGelu, 1e-5F};
    QVERIFY((*config == EncoderConfig{Backend::Clip, {text, 49408, 77, 49407, 512}, {vision, 224, 32, false, 512}}));
}

void TestEncoderConfig::fillsInSiglipDefaults()
{
    const auto config = parse(R"({"model_type":"siglip"})");
    QVERIFY2(config, config ? "" : config.error().message.c_str());
    const TransformerConfig tower{768, 3072, 12, 12, Activation::GeluTanh, 1e-6F};
    QVERIFY((*config == EncoderConfig{Backend::Siglip, {tower, 32000, 64, 49407, 768}, {tower, 224, 16, true, 768}}));
}

void TestEncoderConfig::readsSparseSiglipFilesAsTheirPreset()
{
    const auto siglip = parse(R"({"model_type":"siglip","text_config":{"model_type":"siglip_text_model"}})");
    QVERIFY(siglip && *siglip == encoderPreset("google/siglip-base-patch16-224"));
    const auto siglip2 = parse(R"({"model_type":"siglip","text_config":{"vocab_size":256000},"vision_config":{}})");
    QVERIFY(siglip2 && *siglip2 == encoderPreset("google/siglip2-base-patch16-224"));
}

void TestEncoderConfig::readsEveryField()
{
    const auto config = parse(R"({"model_type":"siglip",
        "text_config":{"hidden_size":32,"intermediate_size":64,"num_hidden_layers":2,"num_attention_heads":4,
            "vocab_size":1200,"max_position_embeddings":48,"hidden_act":"relu","layer_norm_eps":1e-7,"projection_size":40,
            "eos_token_id":1},
        "vision_config":{"hidden_size":40,"intermediate_size":80,"num_hidden_layers":3,"num_attention_heads":5,
            "image_size":384,"patch_size":14,"hidden_act":"silu","layer_norm_eps":1e-4}})");
    QVERIFY2(config, config ? "" : config.error().message.c_str());
    const TransformerConfig text{32, 64, 2, 4, Activation::Relu, 1e-7F};
    const TransformerConfig vision{40, 80, 3, 5, Activation::Silu, 1e-4F};
    QVERIFY((*config == EncoderConfig{Backend::Siglip, {text, 1200, 48, 1, 40}, {vision, 384, 14, true, 40}}));
    QCOMPARE(config->vision.grid(), 27);
}

void TestEncoderConfig::letsConfigDictsOverride()
{
    const auto overridden = parse(R"({"model_type":"clip","text_config":{"hidden_size":64,"num_hidden_layers":3},
        "text_config_dict":{"hidden_size":128}})");
    QVERIFY(overridden);
    QCOMPARE(overridden->text.transformer.width, 128);
    QCOMPARE(overridden->text.transformer.layers, 12); // the dictionary is completed with defaults
    const auto absent = parse(R"({"model_type":"clip","text_config":{"hidden_size":64},"text_config_dict":null})");
    QVERIFY(absent);
    QCOMPARE(absent->text.transformer.width, 64);
    const auto siglip = parse(R"({"model_type":"siglip","text_config":{"hidden_size":24},"text_config_dict":{}})");
    QVERIFY(siglip);
    QCOMPARE(siglip->text.transformer.width, 24);
}

void TestEncoderConfig::takesListsOfEqualNumbers()
{
    const auto config = parse(R"({"model_type":"clip","text_config":{"eos_token_id":[7]},
        "vision_config":{"image_size":[96,96],"patch_size":[8,8]}})");
    QVERIFY2(config, config ? "" : config.error().message.c_str());
    QCOMPARE(config->text.eosTokenId, 7);
    QCOMPARE(config->vision.imageSize, 96);
    QCOMPARE(config->vision.patchSize, 8);
}

void TestEncoderConfig::takesNullAsMissing()
{
    const auto config = parse(R"({"model_type":"clip","projection_dim":null,"text_config":null,
        "vision_config":{"hidden_size":null}})");
    QVERIFY(config && *config == *parse(R"({"model_type":"clip"})"));
}

void TestEncoderConfig::knowsEveryActivation_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("activation");
    QTest::newRow("quick") << QStringLiteral("quick_gelu") << static_cast<int>(Activation::QuickGelu);
    QTest::newRow("erf") << QStringLiteral("gelu") << static_cast<int>(Activation::Gelu);
    QTest::newRow("tanh") << QStringLiteral("gelu_pytorch_tanh") << static_cast<int>(Activation::GeluTanh);
    QTest::newRow("new") << QStringLiteral("gelu_new") << static_cast<int>(Activation::GeluTanh);
    QTest::newRow("relu") << QStringLiteral("relu") << static_cast<int>(Activation::Relu);
    QTest::newRow("silu") << QStringLiteral("silu") << static_cast<int>(Activation::Silu);
}

void TestEncoderConfig::knowsEveryActivation()
{
    QFETCH(QString, name);
    QFETCH(int, activation);
    const auto config =
        parse(QStringLiteral(R"({"model_type":"clip","vision_config":{"hidden_act":"%1"}})").arg(name).toStdString());
    QVERIFY(config);
    QCOMPARE(static_cast<int>(config->vision.transformer.activation), activation);
}

void TestEncoderConfig::refusesWrongFields_data()
{
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("said");
    const auto row = [](const char* name, const char* json, const char* said) {
        QTest::newRow(name) << QString::fromUtf8(json) << QString::fromUtf8(said);
    };
    row("not JSON", "nonsense", "config.json: is not JSON");
    row("not an object", "[]", "JSON object");
    row("no model type", "{}", "model_type is missing");
    row("a training configuration", R"({"model":{"backend":"clip"}})", "model_type is missing");
    row("NaFlex", R"({"model_type":"siglip2"})", "NaFlex");
    row("another model", R"({"model_type":"bert"})", R"("bert" is not supported)");
    row("one tower", R"({"model_type":"clip_text_model"})", "not supported");
    row("a number as model type", R"({"model_type":1})", "model_type must be a text");
    row("an unknown activation", R"({"model_type":"clip","text_config":{"hidden_act":"mish"}})",
        "text_config.hidden_act must be .* not \"mish\"");
    row("a fraction", R"({"model_type":"clip","text_config":{"hidden_size":1.5}})", "text_config.hidden_size");
    row("a negative width", R"({"model_type":"clip","text_config":{"hidden_size":-512}})", "text_config.hidden_size");
    row("zero layers", R"({"model_type":"clip","vision_config":{"num_hidden_layers":0}})", "num_hidden_layers");
    row("too many layers", R"({"model_type":"clip","vision_config":{"num_hidden_layers":4000000000}})",
        "num_hidden_layers");
    row("a number past 2^64", R"({"model_type":"clip","text_config":{"vocab_size":1e30}})", "text_config.vocab_size");
    row("2^32 + 512", R"({"model_type":"clip","text_config":{"hidden_size":4294967808}})", "text_config.hidden_size");
    row("heads that do not divide", R"({"model_type":"clip","text_config":{"num_attention_heads":7}})", "divisor");
    row("unequal sides", R"({"model_type":"clip","vision_config":{"image_size":[224,336]}})", "image_size");
    row("an empty list", R"({"model_type":"clip","vision_config":{"image_size":[]}})", "image_size");
    row("two end tokens", R"({"model_type":"clip","text_config":{"eos_token_id":[1,2]}})", "eos_token_id");
    row("four channels", R"({"model_type":"clip","vision_config":{"num_channels":4}})", "num_channels must be 3");
    row("patches larger than the picture", R"({"model_type":"clip","vision_config":{"patch_size":225}})", "patch_size");
    row("no pooling head", R"({"model_type":"siglip","vision_config":{"vision_use_head":false}})", "vision_use_head");
    row("a list as tower", R"({"model_type":"clip","text_config":[]})", "text_config must be an object");
    row("eps 0", R"({"model_type":"clip","text_config":{"layer_norm_eps":0}})", "layer_norm_eps");
    row("a key twice", R"({"model_type":"clip","model_type":"clip"})", "twice");
}

void TestEncoderConfig::refusesWrongFields()
{
    QFETCH(QString, json);
    QFETCH(QString, said);
    const auto config = parse(json.toStdString());
    QVERIFY(!config);
    const auto message = QString::fromStdString(config.error().message);
    QVERIFY2(message.contains(QRegularExpression(said)), qPrintable(message));
    QVERIFY2(message.startsWith(QStringLiteral("config.json: ")), qPrintable(message));
}

void TestEncoderConfig::knowsFiveEncoders_data()
{
    QTest::addColumn<quint64>("parameters");
    QTest::newRow("openai/clip-vit-base-patch32") << quint64{151'277'313};
    QTest::newRow("openai/clip-vit-base-patch16") << quint64{149'620'737};
    QTest::newRow("openai/clip-vit-large-patch14") << quint64{427'616'513};
    QTest::newRow("google/siglip-base-patch16-224") << quint64{203'155'970};
    QTest::newRow("google/siglip2-base-patch16-224") << quint64{375'187'970};
}

void TestEncoderConfig::knowsFiveEncoders()
{
    QFETCH(quint64, parameters);
    const auto preset = encoderPreset(QTest::currentDataTag());
    QVERIFY(preset);
    QCOMPARE(encoderParameters(*preset), parameters);
    QVERIFY(!encoderPreset("somebody/else"));
}

void TestEncoderConfig::expectsAsManyTensorsAsTheRealModels()
{
    const auto count = [](const EncoderConfig& encoder) {
        const auto expected = expectedTensors(encoder, HeadConfig{});
        return std::count_if(expected.begin(), expected.end(),
                             [](const auto& one) { return one.first.starts_with("backbone."); });
    };
    QCOMPARE(count(*encoderPreset("openai/clip-vit-base-patch32")), 398);
    QCOMPARE(count(*encoderPreset("google/siglip-base-patch16-224")), 408);
}

void TestEncoderConfig::findsTheEncoderBesideTheRun()
{
    const test::RunCopy copy("clip_fusion");
    const auto found = findEncoderDirectory(copy.run(), "encoder", {});
    QVERIFY(found && *found == copy.encoder());
    const auto trailing = findEncoderDirectory(copy.run() / "", "encoder", {});
    QVERIFY(trailing && *trailing == copy.encoder());
    const auto absolute = findEncoderDirectory(copy.run(), copy.encoder().string(), {});
    QVERIFY(absolute && *absolute == copy.encoder());
}

void TestEncoderConfig::findsTheEncoderInTheRunFirst()
{
    const test::RunCopy copy("clip_fusion");
    fs::create_directories(copy.root() / "given");
    fs::copy_file(copy.encoder() / "config.json", copy.root() / "given" / "config.json");
    const auto given = findEncoderDirectory(copy.run(), "somebody/else", copy.root() / "given");
    QVERIFY(given && *given == copy.root() / "given");

    fs::create_directories(copy.root() / "all" / "somebody");
    fs::copy(copy.encoder(), copy.root() / "all" / "somebody" / "else");
    qputenv("MODSCOPE_ENCODERS", (copy.root() / "all").c_str());
    const auto collected = findEncoderDirectory(copy.run(), "somebody/else", {});
    QVERIFY(collected && *collected == copy.root() / "all" / "somebody" / "else");
    const auto explicitFirst = findEncoderDirectory(copy.run(), "somebody/else", copy.root() / "given");
    QVERIFY(explicitFirst && *explicitFirst == copy.root() / "given");

    fs::copy(copy.encoder(), copy.run() / "encoder");
    const auto own = findEncoderDirectory(copy.run(), "encoder", copy.root() / "given");
    QVERIFY(own && *own == copy.run() / "encoder");
}

void TestEncoderConfig::findsTheEncoderInTheHuggingFaceCache()
{
    const test::RunCopy copy("clip_fusion");
    const fs::path model = copy.root() / "hf" / "hub" / "models--openai--clip-vit-base-patch32";
    for (const char* commit : {"0123abcd", "4567abcd"}) {
        fs::create_directories(model / "snapshots" / commit);
        fs::copy_file(copy.encoder() / "config.json", model / "snapshots" / commit / "config.json");
    }
    const auto now = fs::file_time_type::clock::now();
    fs::last_write_time(model / "snapshots" / "0123abcd", now);
    fs::last_write_time(model / "snapshots" / "4567abcd", now - std::chrono::hours(1));
    qputenv("HF_HOME", (copy.root() / "hf").c_str());
    const auto newest = findEncoderDirectory(copy.run(), "openai/clip-vit-base-patch32", {});
    QVERIFY(newest && *newest == model / "snapshots" / "0123abcd");

    fs::create_directories(model / "refs");
    test::writeText(model / "refs" / "main", "4567abcd\n");
    const auto main = findEncoderDirectory(copy.run(), "openai/clip-vit-base-patch32", {});
    QVERIFY(main && *main == model / "snapshots" / "4567abcd");
    QVERIFY(!findEncoderDirectory(copy.run(), "openai/../clip-vit-base-patch32", {}));
}

void TestEncoderConfig::saysWhereItLooked()
{
    const test::RunCopy copy("clip_fusion");
    qputenv("HF_HOME", (copy.root() / "hf").c_str());
    const auto found = findEncoderDirectory(copy.run(), "openai/clip-vit-base-patch32", copy.root() / "given");
    QVERIFY(!found && found.error().code == ErrorCode::NotFound);
    for (const fs::path& place : {copy.run() / "encoder", copy.root() / "given",
                                  copy.root() / "hf" / "hub" / "models--openai--clip-vit-base-patch32"}) {
        QVERIFY2(found.error().message.find(place.string()) != std::string::npos, found.error().message.c_str());
    }
    QVERIFY(found.error().message.find("--encoder-dir") != std::string::npos);
}

QTEST_GUILESS_MAIN(TestEncoderConfig)
#include "tst_encoder_config.moc"
