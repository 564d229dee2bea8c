#include "core/text/bpe_json.h"
#include "core/text/tokenizer_json.h"
#include "tests/support/test_data.h"
#include "tests/text/text_support.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace modscope;
using namespace std::string_literals;
using Json = nlohmann::json;

namespace {

Json smallFile()
{
    return Json::parse(R"({
        "added_tokens": [{"id": 3, "content": "<x>", "special": true, "normalized": false}],
        "normalizer": null, "pre_tokenizer": {"type": "Whitespace"}, "post_processor": null, "decoder": null,
        "truncation": {"max_length": 5}, "padding": {"length": 5},
        "model": {"type": "BPE", "unk_token": "<x>", "fuse_unk": true, "byte_fallback": false, "dropout": null,
                  "vocab": {"a": 0, "b": 1, "ab": 2}, "merges": ["a b"]}})");
}

std::vector<std::int32_t> merged(const TokenizerJson& file, std::vector<std::int32_t> symbols)
{
    file.merges.apply(symbols);
    return symbols;
}

} // namespace

class TestTokenizerJson : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void everyFieldIsRead();
    void mergesMayBePairsOrStringsInAnyPlace();
    void stepsAreNamedInTheirOrder();
    void aWrongFieldIsNamed_data();
    void aWrongFieldIsNamed();
    void aTruncatedFileIsRefusedAtEveryLength();
    void absurdStructuresAreRefusedBeforeTheyGrow();
    void aVocabularyFileIsOneObject();
    void aMissingFileIsNotFound();
};

void TestTokenizerJson::everyFieldIsRead()
{
    const auto file = parseTokenizerJson(smallFile().dump(), "t");
    QVERIFY2(file, file.error().message.c_str());
    QCOMPARE(file->vocabulary.size(), std::size_t{4});
    QCOMPARE(*file->vocabulary.find("<x>"), 3);
    QVERIFY((file->addedTokens == std::vector<AddedToken>{{.content = "<x>", .id = 3, .special = true}}));
    QVERIFY((merged(*file, {0, 1, 1}) == std::vector<std::int32_t>{2, 1}));
    QCOMPARE(*file->unknownId, 3);
    QVERIFY(file->fuseUnknown && !file->byteFallback && file->endOfWordSuffix.empty());
    QVERIFY(file->normalizer.empty() && file->postProcessor.empty());
    QVERIFY((file->preTokenizer == std::vector{"Whitespace"s}));
    QVERIFY(file->framing == Framing{});
}

void TestTokenizerJson::mergesMayBePairsOrStringsInAnyPlace()
{
    Json pairs = smallFile();
    pairs["model"]["merges"] = Json::parse(R"([["a", "b"]])");
    const auto file = parseTokenizerJson(pairs.dump(), "t");
    QVERIFY((merged(*file, {0, 1}) == std::vector<std::int32_t>{2}));

    const auto mergesFirst = parseTokenizerJson(
        R"({"model": {"merges": [["a", "b"], ["ab", "a b"]], "vocab": {"ab": 0, "b": 1, "a": 2, "a b": 3, "aba b": 4}},
            "added_tokens": []})",
        "t");
    QVERIFY2(mergesFirst, mergesFirst.error().message.c_str());
    QVERIFY((merged(*mergesFirst, {2, 1, 3}) == std::vector<std::int32_t>{4}));
}

void TestTokenizerJson::stepsAreNamedInTheirOrder()
{
    const auto path = test::testData("golden/clip_fusion/encoder/tokenizer.json");
    const auto clip = readTokenizerJson(path);
    QVERIFY2(clip, clip.error().message.c_str());
    QVERIFY((clip->normalizer == std::vector{"NFC"s, R"(Replace /\s+/ by " ")"s, "Lowercase"s}));
    QCOMPARE(clip->preTokenizer.size(), std::size_t{2});
    QCOMPARE(clip->preTokenizer[1], "ByteLevel"s);
    QVERIFY((clip->framing == Framing{{2512}, {2513}}));
    const auto gemma = readTokenizerJson(test::testData("golden/siglip2_fusion/encoder/tokenizer.json"));
    QVERIFY((gemma->normalizer == std::vector{"Replace \" \" by \"\u2581\""s}));
    QVERIFY((gemma->preTokenizer == std::vector{"Split \" \" MergedWithPrevious"s}));
    QVERIFY((gemma->framing == Framing{{}, {1}}));
    QVERIFY(gemma->byteFallback && gemma->fuseUnknown);
}

void TestTokenizerJson::aWrongFieldIsNamed_data()
{
    QTest::addColumn<std::string>("pointer");
    QTest::addColumn<std::string>("value");
    QTest::addColumn<std::string>("message");
    const auto row = [](const char* name, std::string pointer, std::string value, std::string message) {
        QTest::newRow(name) << std::move(pointer) << std::move(value) << std::move(message);
    };
    const std::string id = " is not a whole number up to 2147483647";
    row("negative id", "/model/vocab/a", "-1", "the id of piece \"a\"" + id);
    row("fractional id", "/model/vocab/a", "0.5", "the id of piece \"a\"" + id);
    row("huge id", "/model/vocab/a", "4294967296", "the id of piece \"a\"" + id);
    row("text as id", "/model/vocab/a", R"("0")", "the id of piece \"a\"" + id);
    row("list as id", "/model/vocab/a", "[0]", "the id of piece \"a\"" + id);
    row("shared id", "/model/vocab/a", "1", "pieces \"a\" and \"b\" share id 1");
    row("hole", "/model/vocab/ab", "5", "none of the 4 pieces has id 2");
    row("unigram", "/model/vocab", R"([["a", 0.5]])", "model.vocab is a list; only BPE models are supported");
    row("no vocabulary", "/model/vocab", "{}", "none of the 1 pieces has id 0");
    row("model type", "/model/type", R"("WordPiece")", "model type \"WordPiece\" is not supported, only BPE is");
    row("model is no object", "/model", "[]", "an object with the field type was expected, not \"[]\"");
    row("subword prefix", "/model/continuing_subword_prefix", R"("##")",
        "model.continuing_subword_prefix is not supported");
    row("dropout", "/model/dropout", "0.1", "model.dropout makes ids random and is not supported");
    row("ignore_merges", "/model/ignore_merges", "true", "model.ignore_merges is not supported");
    row("flag is a number", "/model/fuse_unk", "1", "fuse_unk must be true or false");
    row("unknown unk", "/model/unk_token", R"("<y>")", "model.unk_token \"<y>\" is not in the vocabulary");
    row("unknown piece", "/model/merges/1", R"("b q")", "merge 2 needs piece \"q\", which is not in the vocabulary");
    row("merge of one", "/model/merges/1", R"(["a"])", "merge 2 is not a pair of pieces");
    row("merge of three", "/model/merges/1", R"(["a", "b", "a"])", "merge 2 is not a pair of pieces");
    row("merge without space", "/model/merges/0", R"("ab")", "merge 1 is not a pair of pieces");
    row("merge with two spaces", "/model/merges/0", R"("a b ")", "merge 1 is not a pair of pieces");
    row("merge with empty left", "/model/merges/0", R"(["", "b"])", "merge 1 is not a pair of pieces");
    row("merge is a number", "/model/merges/0", "7", "merge 1 is not a pair of pieces");
    row("merge is an object", "/model/merges/0", "{}", "merge 1 is not a pair of pieces");
    row("merge in a merge", "/model/merges/0", R"([["a"], "b"])", "merge 1 is not a pair of pieces");
    row("merges is an object", "/model/merges", "{}", "merge 1 is not a pair of pieces");
    row("added tokens are no list", "/added_tokens", "{}", "added_tokens must be a list");
    row("added token is no object", "/added_tokens/0", "7", "an object with the field content was expected, not \"7\"");
    row("added id is text", "/added_tokens/0/id", R"("3")", "added token \"<x>\": the id" + id);
    row("added id twice", "/added_tokens/0/id", "0", "pieces \"<x>\" and \"a\" share id 0");
    row("added id differs", "/added_tokens/0/content", R"("a")",
        "added token \"a\" has id 3, but the vocabulary gives it 0");
    row("added flag", "/added_tokens/0/lstrip", R"("yes")", "lstrip must be true or false");
    row("normalizer is text", "/normalizer", R"("NFC")",
        "an object with the field type was expected, not \"\\\"NFC\\\"\"");
    row("framing pair", "/post_processor", R"({"type": "RobertaProcessing", "cls": ["a", 0]})",
        "post_processor.sep is not a pair of token and id");
    row("framing id", "/post_processor", R"({"type": "RobertaProcessing", "cls": ["a", 0], "sep": ["b", 9]})",
        "post_processor uses id 9, which no piece has");
    row("undefined template token", "/post_processor",
        R"({"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "E"}}]})",
        "an object with the field E was expected, not \"null\"");
}

void TestTokenizerJson::aWrongFieldIsNamed()
{
    QFETCH(std::string, pointer);
    QFETCH(std::string, value);
    QFETCH(std::string, message);
    Json json = smallFile();
    json[Json::json_pointer(pointer)] = Json::parse(value);
    const auto file = parseTokenizerJson(json.dump(), "dir/t.json");
    QVERIFY(!file);
    QCOMPARE(file.error().message, "dir/t.json: " + message);
}

void TestTokenizerJson::aTruncatedFileIsRefusedAtEveryLength()
{
    const std::string whole = smallFile().dump();
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const auto file = parseTokenizerJson(whole.substr(0, size), "t");
        QVERIFY(!file);
        QCOMPARE(file.error().code, ErrorCode::ParseError);
        QVERIFY2(file.error().message.starts_with("t: is not valid JSON at byte "), file.error().message.c_str());
    }
    QVERIFY(!parseTokenizerJson(whole + "}", "t"));
    QVERIFY(!parseTokenizerJson("\xEF\xBB\xBF\xFF", "t"));
}

void TestTokenizerJson::absurdStructuresAreRefusedBeforeTheyGrow()
{
    const auto deep = parseTokenizerJson(std::string(1000000, '['), "t");
    QCOMPARE(deep.error().code, ErrorCode::LimitExceeded);
    QCOMPARE(deep.error().message, "t: is nested deeper than 32 levels"s);
    std::string wide = R"({"added_tokens": [0)";
    for (int i = 0; i < 600000; ++i) {
        wide += ",0";
    }
    QCOMPARE(parseTokenizerJson(wide + "]}", "t").error().message,
             "t: has more than 500000 values beside vocabulary and merges"s);
}

void TestTokenizerJson::aVocabularyFileIsOneObject()
{
    const auto vocabulary = parseVocabularyJson(R"({"a": 1, "b": 0})", "v");
    QCOMPARE(*vocabulary->find("a"), 1);
    for (const char* other : {"[]", "7", "null", "{}", R"("a")"}) {
        QCOMPARE(parseVocabularyJson(other, "v").error().message, "v: is not an object of pieces and ids"s);
    }
    QCOMPARE(parseVocabularyJson(R"({"a": 1, "a": 0})", "v").error().message, "v: piece \"a\" is listed twice"s);
    QVERIFY(!parseVocabularyJson(R"({"a": {"b": 1}})", "v"));
    QVERIFY(!parseVocabularyJson(R"({"a": 1)", "v"));
}

void TestTokenizerJson::aMissingFileIsNotFound()
{
    const auto file = readTokenizerJson(test::testData("golden/clip_mtl/encoder/tokenizer.json"));
    QCOMPARE(file.error().code, ErrorCode::NotFound);
}

QTEST_GUILESS_MAIN(TestTokenizerJson)
#include "tst_tokenizer_json.moc"
