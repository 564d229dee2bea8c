#include "core/checkpoint/safetensors.h"
#include "tests/checkpoint/run_copy.h"
#include "tests/support/test_data.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <limits>

using namespace modscope;
using test::safetensorsFile;

namespace {

Result<Safetensors> parse(const std::string& file, const SafetensorsLimits& limits = {})
{
    // Copied so that a read past the end is one past an allocation, which the sanitizers see.
    const auto bytes = std::as_bytes(std::span(file));
    const auto owner = std::make_shared<const std::vector<std::byte>>(bytes.begin(), bytes.end());
    return parseSafetensors(*owner, owner, limits);
}

std::string bytes(std::initializer_list<int> values)
{
    std::string result;
    for (const int value : values) {
        result += static_cast<char>(value);
    }
    return result;
}

std::string tensor(const std::string& shape, const std::string& offsets, const std::string& dtype = "I32")
{
    return R"({"dtype":")" + dtype + R"(","shape":)" + shape + R"(,"data_offsets":)" + offsets + "}";
}

std::string header(const std::string& shape, const std::string& offsets, const std::string& dtype = "I32")
{
    return R"({"test":)" + tensor(shape, offsets, dtype) + "}";
}

const std::string kData(16, '\0');

} // namespace

class TestSafetensors : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void readsTheOfficialExample();
    void acceptsValidFiles_data();
    void acceptsValidFiles();
    void refusesBrokenFiles_data();
    void refusesBrokenFiles();
    void keepsMetadata();
    void holdsItsLimits();
    void namesTheFileInMessages();
    void widensEveryFloatType();
    void refusesToWidenQuantisedTensors();
    void readsUnalignedTensors();
    void readsShards();
    void refusesBadIndexes_data();
    void refusesBadIndexes();
    void refusesAShardThatIsALinkToTheOutside();
    void refusesPickledWeights();
};

void TestSafetensors::readsTheOfficialExample()
{
    const std::string text = R"({"test":{"dtype":"I32","shape":[2,2],"data_offsets":[0,16]}})";
    QCOMPARE(text.size(), std::size_t{0x3C});
    const auto file = parse(safetensorsFile(text, kData));
    QVERIFY2(file, file ? "" : file.error().message.c_str());
    const TensorView& view = file->tensors.at("test");
    QCOMPARE(view.dtype, DType::I32);
    QCOMPARE(view.dtypeName, std::string("I32"));
    QVERIFY((view.shape == std::vector<std::int64_t>{2, 2}));
    QCOMPARE(view.elements(), 4);
    QCOMPARE(view.bytes.size(), std::size_t{16});
}

void TestSafetensors::acceptsValidFiles_data()
{
    QTest::addColumn<QByteArray>("file");
    const auto row = [](const char* name, const std::string& file) {
        QTest::newRow(name) << QByteArray(file.data(), static_cast<qsizetype>(file.size()));
    };
    row("space after the object", bytes({6, 0, 0, 0, 0, 0, 0, 0}) + "{}\r \t\n");
    row("space before the object", bytes({6, 0, 0, 0, 0, 0, 0, 0}) + "\t\n{}\r ");
    row("no elements", safetensorsFile(header("[2,0]", "[0,0]"), ""));
    row("rank 0", safetensorsFile(header("[]", "[0,4]"), "abcd"));
    row("spaces in lists", safetensorsFile(header("[2, 2]", "[0, 16]"), kData));
    row("a type that cannot be converted", safetensorsFile(header("[4]", "[0,4]", "F8_E4M3"), "abcd"));
    row("two values in a byte", safetensorsFile(header("[2]", "[0,1]", "F4"), "a"));
    row("an unknown field",
        safetensorsFile(R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"x":[1,-2.5,"y"],"z":{"k":null}}})",
                        "a"));
    row("tensors in another order than their data",
        safetensorsFile(R"({"a":)" + tensor("[1]", "[4,8]") + R"(,"b":)" + tensor("[1]", "[0,4]") + "}", "abcdefgh"));
}

void TestSafetensors::acceptsValidFiles()
{
    QFETCH(QByteArray, file);
    const auto parsed = parse(file.toStdString());
    QVERIFY2(parsed, parsed ? "" : parsed.error().message.c_str());
}

void TestSafetensors::refusesBrokenFiles_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QString>("said");
    const auto row = [](const char* name, const std::string& file, const char* said) {
        QTest::newRow(name) << QByteArray(file.data(), static_cast<qsizetype>(file.size())) << QString::fromUtf8(said);
    };
    const std::string valid = header("[2,2]", "[0,16]");
    row("empty", "", "8 bytes");
    row("seven bytes", "1234567", "8 bytes");
    row("only the length", bytes({0x3C, 0, 0, 0, 0, 0, 0, 0}), "truncated");
    row("a byte too few", safetensorsFile(valid, kData.substr(1)), "'test'");
    row("a byte too many", safetensorsFile(valid, kData + "x"), "16 bytes, but the file holds 17");
    row("shape and offsets disagree", safetensorsFile(header("[2,2]", "[0,4]"), kData.substr(12)), "needs 16 bytes");
    row("a dimension of 2^64 - 2", safetensorsFile(header("[2,18446744073709551614]", "[0,16]"), kData), "2^63");
    row("a product past 2^64", safetensorsFile(header("[2,9223372036854775807]", "[0,16]"), kData), "not a possible");
    row("a number past 2^64", safetensorsFile(header("[2,18446744073709551616]", "[0,16]"), kData), "unsigned");
    row("not UTF-8", bytes({1, 0, 0, 0, 0, 0, 0, 0, 0xFF}), "not JSON");
    row("half an object", bytes({1, 0, 0, 0, 0, 0, 0, 0}) + "{", "not JSON");
    row("a huge length", bytes({0x3C, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF}) + valid + kData, "claims");
    row("the largest length", bytes({255, 255, 255, 255, 255, 255, 255, 255}) + valid + kData, "claims");
    std::string ten = "{";
    for (int index = 0; index < 10; ++index) {
        ten += (index > 0 ? R"(,"t)" : R"("t)") + std::to_string(index) + R"(":)" + tensor("[2,2]", "[0,16]");
    }
    row("ten tensors in one place", safetensorsFile(ten + "}", kData), "must start at 16");
    row("a gap", safetensorsFile(header("[2,2]", "[4,20]"), kData + kData.substr(12)), "must start at 0");
    row("offsets backwards", safetensorsFile(header("[0]", "[16,0]"), kData), "must start at 0");
    row("an end before its begin",
        safetensorsFile(R"({"a":)" + tensor("[4]", "[0,16]") + R"(,"b":)" + tensor("[0]", "[16,8]") + "}", kData),
        "'b'");
    row("bits that are no bytes", safetensorsFile(header("[3]", "[0,1]", "F4"), "a"), "not a possible");
    row("one offset", safetensorsFile(header("[2,2]", "[16]"), kData), "exactly two");
    row("three offsets", safetensorsFile(header("[2,2]", "[0,16,16]"), kData), "exactly two");
    row("a negative dimension", safetensorsFile(header("[-2,2]", "[0,16]"), kData), "negative");
    row("minus zero", safetensorsFile(header("[2,2]", "[-0,16]"), kData), "negative");
    row("a fraction", safetensorsFile(header("[2.0,2]", "[0,16]"), kData), "unsigned");
    row("an exponent", safetensorsFile(header("[2,2]", "[0,16e0]"), kData), "unsigned");
    row("a text as dimension", safetensorsFile(header("[\"2\",2]", "[0,16]"), kData), "a text");
    row("a list as dtype", safetensorsFile(R"({"t":{"dtype":["I32"],"shape":[4],"data_offsets":[0,16]}})", kData),
        "a list");
    row("an unknown dtype", safetensorsFile(header("[2,2]", "[0,16]", "I31"), kData), R"(unknown dtype "I31")");
    row("a control character in a name", safetensorsFile(R"({"a\u001b[31m":7})", ""),
        R"(control character: "a\\u001b)");
    row("a long dtype", safetensorsFile(header("[1]", "[0,1]", std::string(100'000, 'x')), "a"), R"("x{40}"\.\.\.$)");
    row("no dtype", safetensorsFile(R"({"t":{"shape":[4],"data_offsets":[0,16]}})", kData), "must have dtype");
    row("no shape", safetensorsFile(R"({"t":{"dtype":"I32","data_offsets":[0,16]}})", kData), "must have dtype");
    row("a list as header", safetensorsFile("[]", ""), "not JSON|must be a JSON object");
    row("a number as header", safetensorsFile("7", ""), "must be a JSON object");
    row("a number as entry", safetensorsFile(R"({"t":7})", ""), "a number");
    row("text behind the object", safetensorsFile("{} x", ""), "not JSON");
    row("a byte order mark", safetensorsFile("\xEF\xBB\xBF{}", ""), "byte order mark");
    row("a NUL behind the object", safetensorsFile(std::string("{}\0{", 4), ""), "NUL");
    row("a key twice at the top",
        safetensorsFile(R"({"a":)" + tensor("[4]", "[0,16]") + R"(,"a":)" + tensor("[0]", "[16,16]") + "}", kData),
        R"("a" twice)");
    row("a key twice in an entry",
        safetensorsFile(R"({"a":{"dtype":"U8","dtype":"U8","shape":[1],"data_offsets":[0,1]}})", "a"),
        R"("dtype" twice)");
    row("a key twice in the metadata", safetensorsFile(R"({"__metadata__":{"a":"b","a":"b"}})", ""), R"("a" twice)");
    row("a key twice further in",
        safetensorsFile(R"({"a":{"x":{"y":1,"y":1},"dtype":"U8","shape":[1],"data_offsets":[0,1]}})", "a"),
        R"("y" twice)");
    row("metadata that is no text", safetensorsFile(R"({"__metadata__":{"a":1}})", ""), "__metadata__");
    row("metadata in metadata", safetensorsFile(R"({"__metadata__":{"a":{}}})", ""), "__metadata__");
    row("metadata that is a list", safetensorsFile(R"({"__metadata__":[]})", ""), "__metadata__");
    row("deep nesting", safetensorsFile(R"({"a":{"x":[[[]]]}})", ""), "nested too deeply");
    row("bottomless nesting", safetensorsFile(R"({"a":{"x":)" + std::string(1'000'000, '['), ""), "nested too deeply");
}

void TestSafetensors::refusesBrokenFiles()
{
    QFETCH(QByteArray, file);
    QFETCH(QString, said);
    const auto parsed = parse(file.toStdString());
    QVERIFY(!parsed);
    const auto message = QString::fromStdString(parsed.error().message);
    QVERIFY2(message.contains(QRegularExpression(said.replace(QLatin1Char('^'), QLatin1String("\\^")))),
             qPrintable(message));
}

void TestSafetensors::keepsMetadata()
{
    const auto file = parse(safetensorsFile(R"({"__metadata__":{"format":"pt","a":"b"}})", ""));
    QVERIFY(file);
    QVERIFY((file->metadata == std::map<std::string, std::string, std::less<>>{{"a", "b"}, {"format", "pt"}}));
    QVERIFY(file->tensors.empty());
}

void TestSafetensors::holdsItsLimits()
{
    SafetensorsLimits limits;
    limits.maxHeaderBytes = 59;
    const std::string text = header("[2,2]", "[0,16]");
    const auto longHeader = parse(safetensorsFile(text, kData), limits);
    QVERIFY(!longHeader && longHeader.error().code == ErrorCode::LimitExceeded);

    limits = {};
    limits.maxRank = 1;
    const auto highRank = parse(safetensorsFile(text, kData), limits);
    QVERIFY(!highRank && highRank.error().code == ErrorCode::LimitExceeded);

    limits = {};
    limits.maxNameBytes = 3;
    const auto longName = parse(safetensorsFile(text, kData), limits);
    QVERIFY(!longName && longName.error().code == ErrorCode::LimitExceeded);

    limits = {};
    limits.maxTensors = 0;
    const auto many = parse(safetensorsFile(text, kData), limits);
    QVERIFY(!many && many.error().code == ErrorCode::LimitExceeded);
}

void TestSafetensors::namesTheFileInMessages()
{
    QTemporaryDir folder;
    const std::filesystem::path path = folder.filePath(QStringLiteral("broken.safetensors")).toStdString();
    test::writeText(path, "");
    const auto file = openSafetensors(path);
    QVERIFY(!file);
    QVERIFY(file.error().message.starts_with(path.string() + ": "));
    const auto missing = openSafetensors(path.parent_path() / "missing");
    QVERIFY(!missing && missing.error().code == ErrorCode::NotFound);
}

void TestSafetensors::widensEveryFloatType()
{
    const std::string f16 = bytes({0x00, 0x3C, 0x00, 0xC0, 0x01, 0x00, 0xFF, 0x03, 0xFF, 0x7B, 0x00, 0x7C, 0x00, 0x80});
    const std::string bf16 = bytes({0x80, 0x3F, 0x20, 0xC0, 0x80, 0x7F});
    const std::vector<double> doubles{1.5, -2.25, 1e-3};
    const auto doubleBytes = std::as_bytes(std::span(doubles));
    const std::string f64(reinterpret_cast<const char*>(doubleBytes.data()), doubleBytes.size());
    const auto file = parse(safetensorsFile(
        test::RawTensors{{"half", {"F16", {7}, f16}}, {"brain", {"BF16", {3}, bf16}}, {"double", {"F64", {3}, f64}}}));
    QVERIFY(file);

    const auto half = toFloat32(file->tensors.at("half"), "half");
    QVERIFY(half);
    const float infinity = std::numeric_limits<float>::infinity();
    QVERIFY((*half == std::vector<float>{1.0F, -2.0F, 0x1p-24F, 1023 * 0x1p-24F, 65504.0F, infinity, -0.0F}));
    QVERIFY(std::signbit(half->back()));
    const auto brain = toFloat32(file->tensors.at("brain"), "brain");
    QVERIFY((brain && *brain == std::vector<float>{1.0F, -2.5F, infinity}));
    const auto wide = toFloat32(file->tensors.at("double"), "double");
    QVERIFY((wide && *wide == std::vector<float>{1.5F, -2.25F, 1e-3F}));
}

void TestSafetensors::refusesToWidenQuantisedTensors()
{
    for (const char* dtype : {"I8", "F8_E4M3", "BOOL"}) {
        const auto file = parse(safetensorsFile(header("[1]", "[0,1]", dtype), "a"));
        QVERIFY(file);
        const auto values = toFloat32(file->tensors.at("test"), "test");
        QVERIFY(!values && values.error().code == ErrorCode::Unsupported);
        QVERIFY(values.error().message.find(dtype) != std::string::npos);
    }
}

void TestSafetensors::readsUnalignedTensors()
{
    const std::vector<float> values{1.0F, 2.0F, -3.0F};
    for (std::size_t shift = 0; shift < 4; ++shift) {
        const auto file = parse(safetensorsFile(test::RawTensors{
            {"a", {"U8", {static_cast<std::int64_t>(shift)}, std::string(shift, 'x')}},
            {"b", {"F32", {3}, test::floatBytes(values)}},
        }));
        QVERIFY(file);
        const auto read = toFloat32(file->tensors.at("b"), "b");
        QVERIFY(read && *read == values);
    }
}

void TestSafetensors::readsShards()
{
    const auto sharded = openTensorDirectory(test::testData("golden/clip_fusion_sharded_fp16/run/checkpoint-12"));
    QVERIFY2(sharded, sharded ? "" : sharded.error().message.c_str());
    QCOMPARE(sharded->size(), std::size_t{98});
    const auto single = openTensorDirectory(test::testData("golden/clip_fusion/run/checkpoint-12"));
    QVERIFY(single);
    for (const auto& [name, tensor] : *single) {
        const auto found = sharded->find(name);
        QVERIFY2(found != sharded->end(), name.c_str());
        QVERIFY(found->second.shape == tensor.shape);
    }
}

void TestSafetensors::refusesBadIndexes_data()
{
    QTest::addColumn<QString>("index");
    QTest::addColumn<QString>("said");
    const QString first = QStringLiteral("model-00001-of-00002.safetensors");
    QTest::newRow("parent") << QStringLiteral(R"({"weight_map":{"a":"../x.safetensors"}})")
                            << QStringLiteral("plain file");
    QTest::newRow("backslash") << QStringLiteral(R"({"weight_map":{"a":"..\\x"}})") << QStringLiteral("plain file");
    QTest::newRow("absolute") << QStringLiteral(R"({"weight_map":{"a":"/etc/passwd"}})")
                              << QStringLiteral("plain file");
    QTest::newRow("dots") << QStringLiteral(R"({"weight_map":{"a":".."}})") << QStringLiteral("plain file");
    QTest::newRow("nothing") << QStringLiteral(R"({"weight_map":{"a":""}})") << QStringLiteral("plain file");
    QTest::newRow("a number") << QStringLiteral(R"({"weight_map":{"a":1}})") << QStringLiteral("file name");
    QTest::newRow("missing shard") << QStringLiteral(R"({"weight_map":{"a":"none.safetensors"}})")
                                   << QStringLiteral("none.safetensors");
    QTest::newRow("missing tensor") << QStringLiteral(R"({"weight_map":{"a":"%1"}})").arg(first)
                                    << QStringLiteral("does not hold it");
    QTest::newRow("unlisted tensors") << QStringLiteral(R"({"weight_map":{"cls.0.bias":"%1"}})").arg(first)
                                      << QStringLiteral("shards hold");
    QTest::newRow("no map") << QStringLiteral("{}") << QStringLiteral("weight_map");
    QTest::newRow("a list") << QStringLiteral("[]") << QStringLiteral("JSON object");
    QTest::newRow("a key twice") << QStringLiteral(R"({"weight_map":{"a":"b","a":"b"}})") << QStringLiteral("twice");
    QTest::newRow("bottomless") << QString(1000, QLatin1Char('[')) << QStringLiteral("not JSON|nested");
    QTest::newRow("not JSON") << QStringLiteral("{") << QStringLiteral("not JSON");
}

void TestSafetensors::refusesBadIndexes()
{
    QFETCH(QString, index);
    QFETCH(QString, said);
    const test::RunCopy copy("clip_fusion_sharded_fp16");
    test::writeText(copy.checkpoint() / "model.safetensors.index.json", index.toStdString());
    const auto tensors = openTensorDirectory(copy.checkpoint());
    QVERIFY(!tensors);
    const auto message = QString::fromStdString(tensors.error().message);
    QVERIFY2(message.contains(QRegularExpression(said)), qPrintable(message));
}

void TestSafetensors::refusesAShardThatIsALinkToTheOutside()
{
    const test::RunCopy copy("clip_fusion_sharded_fp16");
    const auto shard = copy.checkpoint() / "model-00002-of-00002.safetensors";
    std::filesystem::rename(shard, copy.root() / "elsewhere.safetensors");
    std::filesystem::create_symlink(copy.root() / "elsewhere.safetensors", shard);
    const auto tensors = openTensorDirectory(copy.checkpoint());
    QVERIFY(!tensors);
    QVERIFY(tensors.error().message.find("leaves its directory") != std::string::npos);
}

void TestSafetensors::refusesPickledWeights()
{
    const test::RunCopy copy("clip_fusion");
    std::filesystem::rename(copy.weights(), copy.checkpoint() / "pytorch_model.bin");
    const auto tensors = openTensorDirectory(copy.checkpoint());
    QVERIFY(!tensors && tensors.error().code == ErrorCode::Unsupported);
    QVERIFY(tensors.error().message.find("save_file") != std::string::npos);
}

QTEST_GUILESS_MAIN(TestSafetensors)
#include "tst_safetensors.moc"
