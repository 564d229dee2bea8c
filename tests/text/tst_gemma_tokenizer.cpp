#include "core/text/gemma_tokenizer.h"
#include "tests/support/test_data.h"
#include "tests/text/text_support.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace modscope;
using namespace std::string_literals;
using Json = nlohmann::json;
using Ids = std::vector<std::int32_t>;

namespace {

Json goldenFile()
{
    return test::readJson(test::testData("golden/siglip2_fusion/encoder/tokenizer.json"));
}

Result<std::shared_ptr<const Tokenizer>> tokenizerOf(const Json& json, const TokenizerOptions& options)
{
    return parseTokenizerJson(json.dump(), "t").and_then([&](TokenizerJson file) {
        return makeGemmaTokenizer(std::move(file), options, "t");
    });
}

constexpr TokenizerOptions kKeepCase{.maxLength = 64, .lowercase = false};

} // namespace

class TestGemmaTokenizer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void spacesAreKeptAndNothingIsPutInFront();
    void unknownCharactersBecomeBytes();
    void withoutBytesUnknownCharactersAreFusedIfTheFileSaysSo();
    void addedTokensMatchBeforeLowerCasing();
    void aLowercaseStepOfTheFileCounts();
    void theTemplateOfTheFileDoesNotCount();
    void anotherTokenizerIsRefusedByName_data();
    void anotherTokenizerIsRefusedByName();
};

void TestGemmaTokenizer::spacesAreKeptAndNothingIsPutInFront()
{
    const Json json = goldenFile();
    const auto tokenizer = *tokenizerOf(json, kKeepCase);
    const Json& vocabulary = json["model"]["vocab"];
    const auto idOf = [&](const char* piece) { return vocabulary[piece].get<std::int32_t>(); };
    QVERIFY((tokenizer->encode(" ").ids == Ids{idOf("\u2581"), 1}));
    QVERIFY((tokenizer->encode("  ").ids == Ids{idOf("\u2581\u2581"), 1}));
    QVERIFY((tokenizer->encode("the").ids == Ids{idOf("the"), 1}));
    QVERIFY((tokenizer->encode(" the").ids == Ids{idOf("\u2581the"), 1}));
    QVERIFY((tokenizer->encode("\t").ids == Ids{idOf("\t"), 1}));
}

void TestGemmaTokenizer::unknownCharactersBecomeBytes()
{
    const Json json = goldenFile();
    const auto tokenizer = *tokenizerOf(json, kKeepCase);
    const Json& vocabulary = json["model"]["vocab"];
    const auto byte = [&](const char* piece) { return vocabulary[piece].get<std::int32_t>(); };
    QVERIFY((tokenizer->encode("\u65E5").ids == Ids{byte("<0xE6>"), byte("<0x97>"), byte("<0xA5>"), 1}));
    QVERIFY((tokenizer->encode("\0"s).ids == Ids{byte("<0x00>"), 1}));
}

void TestGemmaTokenizer::withoutBytesUnknownCharactersAreFusedIfTheFileSaysSo()
{
    Json json = goldenFile();
    json["model"]["byte_fallback"] = false;
    QVERIFY(((*tokenizerOf(json, kKeepCase))->encode("\u65E5\u672C").ids == Ids{3, 1}));
    json["model"]["fuse_unk"] = false;
    QVERIFY(((*tokenizerOf(json, kKeepCase))->encode("\u65E5\u672C").ids == Ids{3, 3, 1}));
    json["model"]["unk_token"] = nullptr;
    QCOMPARE(tokenizerOf(json, kKeepCase).error().message,
             "t: model.unk_token is missing and model.byte_fallback is off"s);
}

void TestGemmaTokenizer::addedTokensMatchBeforeLowerCasing()
{
    const auto lower = *tokenizerOf(goldenFile(), {.maxLength = 64, .lowercase = true});
    const auto kept = *tokenizerOf(goldenFile(), kKeepCase);
    QVERIFY((lower->encode("<table>").ids == kept->encode("<table>").ids));
    QVERIFY((lower->encode("<TABLE>").ids.size() > kept->encode("<table>").ids.size()));
    QVERIFY(lower->encode("HELLO \u0130") == lower->encode("hello i\u0307"));
    QVERIFY(kept->encode("HELLO") != kept->encode("hello"));
}

void TestGemmaTokenizer::aLowercaseStepOfTheFileCounts()
{
    Json json = goldenFile();
    json["normalizer"] = {{"type", "Sequence"},
                          {"normalizers", Json::array({Json{{"type", "Lowercase"}}, json["normalizer"]})}};
    const auto tokenizer = *tokenizerOf(json, kKeepCase);
    QVERIFY(tokenizer->encode("HELLO") == tokenizer->encode("hello"));
}

void TestGemmaTokenizer::theTemplateOfTheFileDoesNotCount()
{
    Json json = goldenFile();
    const auto before = (*tokenizerOf(json, kKeepCase))->encode("a cat");
    json["post_processor"]["single"] = Json::parse(R"([{"SpecialToken": {"id": "<eos>"}}, {"Sequence": {"id": "A"}}])");
    QVERIFY((*tokenizerOf(json, kKeepCase))->encode("a cat") == before);
    json["post_processor"] = nullptr;
    QVERIFY((*tokenizerOf(json, kKeepCase))->encode("a cat") == before);
}

void TestGemmaTokenizer::anotherTokenizerIsRefusedByName_data()
{
    QTest::addColumn<std::string>("pointer");
    QTest::addColumn<std::string>("value");
    QTest::addColumn<std::string>("message");
    const auto row = [](const char* name, std::string pointer, std::string value, std::string message) {
        QTest::newRow(name) << std::move(pointer) << std::move(value) << std::move(message);
    };
    const auto replace = "Replace \" \" by \"\u2581\""s;
    row("no normalizer", "/normalizer", "null", "normalizer is nothing, but Gemma has " + replace);
    row("another normalizer", "/normalizer",
        R"({"type": "Sequence", "normalizers": [{"type": "NFC"}, {"type": "Prepend"}]})",
        "normalizer is NFC, Prepend, but Gemma has " + replace);
    row("another pre-tokenizer", "/pre_tokenizer", R"({"type": "Metaspace"})",
        "pre_tokenizer is Metaspace, but Gemma has Split \" \" MergedWithPrevious");
    row("another post-processor", "/post_processor", R"({"type": "ByteLevel"})",
        "post_processor is ByteLevel, but Gemma has TemplateProcessing");
    row("suffix", "/model/end_of_word_suffix", R"("</w>")", "model.end_of_word_suffix is \"</w>\", but Gemma has none");
}

void TestGemmaTokenizer::anotherTokenizerIsRefusedByName()
{
    QFETCH(std::string, pointer);
    QFETCH(std::string, value);
    QFETCH(std::string, message);
    Json json = goldenFile();
    json[Json::json_pointer(pointer)] = Json::parse(value);
    const auto tokenizer = tokenizerOf(json, kKeepCase);
    QVERIFY(!tokenizer);
    QCOMPARE(tokenizer.error().code, ErrorCode::Unsupported);
    QCOMPARE(tokenizer.error().message, "t: " + message);
}

QTEST_GUILESS_MAIN(TestGemmaTokenizer)
#include "tst_gemma_tokenizer.moc"
