#include "core/text/tokenizer.h"
#include "tests/support/test_data.h"
#include "tests/text/text_support.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QTest>

#include <future>

using namespace modscope;
using namespace std::string_literals;
using Json = nlohmann::json;

namespace {

std::shared_ptr<const Tokenizer> openGolden(const std::string& model,
                                            TokenizerKind kind,
                                            const TokenizerOptions& options)
{
    return test::opened(test::testData("golden/" + model + "/encoder"), kind, options);
}

/// One row for each kind of tokenizer, with the golden model that has it.
void addKinds()
{
    QTest::addColumn<std::string>("model");
    QTest::addColumn<TokenizerKind>("kind");
    QTest::newRow("CLIP") << "clip_fusion"s << TokenizerKind::Clip;
    QTest::newRow("SigLIP") << "siglip_fusion"s << TokenizerKind::Siglip;
    QTest::newRow("SigLIP 2") << "siglip2_fusion"s << TokenizerKind::Siglip2;
}

/// As the golden file has them: padded to maxLength.
std::vector<std::int32_t> padded(const Tokenizer& tokenizer, TokenIds result)
{
    result.ids.resize(tokenizer.options().maxLength, tokenizer.padId());
    return result.ids;
}

} // namespace

Q_DECLARE_METATYPE(modscope::TokenizerKind)

class TestTokenizer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void idsAndMasksEqualTheReference_data();
    void idsAndMasksEqualTheReference();
    void textsThatDoNotFitAreTruncatedAndMarked_data();
    void textsThatDoNotFitAreTruncatedAndMarked();
    void hugeTextsAreReadUpToALimit_data();
    void hugeTextsAreReadUpToALimit();
    void invalidUtf8CountsAsReplacementCharacters_data();
    void invalidUtf8CountsAsReplacementCharacters();
    void severalThreadsMayShareATokenizer();
    void missingFilesAreListed_data();
    void missingFilesAreListed();
    void theFirstFormThatExistsWins();
    void damagedFilesAreNamed();
    void tooShortALengthIsRefused_data();
    void tooShortALengthIsRefused();
};

void TestTokenizer::idsAndMasksEqualTheReference_data()
{
    QTest::addColumn<std::string>("model");
    QTest::addColumn<TokenizerKind>("kind");
    for (const char* model : {"clip_fusion", "clip_fusion_sharded_fp16", "clip_fusion_wrapped", "clip_mtl",
                              "clip_mtl_flattened", "clip_mtl_hidden"}) {
        QTest::newRow(model) << std::string(model) << TokenizerKind::Clip;
    }
    QTest::newRow("siglip_fusion") << std::string("siglip_fusion") << TokenizerKind::Siglip;
    QTest::newRow("siglip2_fusion") << std::string("siglip2_fusion") << TokenizerKind::Siglip2;
}

void TestTokenizer::idsAndMasksEqualTheReference()
{
    QFETCH(std::string, model);
    QFETCH(TokenizerKind, kind);
    const Json texts = test::readJson(test::testData("golden/texts.json"));
    const Json expected = test::readJson(test::testData("golden/" + model + "/expected.json"));
    TokenizerOptions options{.maxLength = expected["max_text_length"].get<std::size_t>(), .lowercase = false};
    const auto asText = openGolden(model, kind, options);
    options.specialTokens = SpecialTokens::Honour;
    const auto honouring = openGolden(model, kind, options);
    options.lowercase = true;
    const auto lowerCasing = openGolden(model, kind, options);

    const auto compare = [&](const Tokenizer& tokenizer, const std::string& name, const Json& answer, const char* key) {
        const TokenIds result = tokenizer.encode(texts[name].get<std::string>());
        QVERIFY2(padded(tokenizer, result) == answer[key].get<std::vector<std::int32_t>>(), name.c_str());
        if (std::string_view(key) == "input_ids") {
            QCOMPARE(result.ids.size(), answer["attention_mask_ones"].get<std::size_t>());
        }
    };
    QCOMPARE(expected["texts"].size(), std::size_t{24});
    for (const auto& [name, answer] : expected["texts"].items()) {
        compare(*honouring, name, answer, "input_ids");
        const bool hasSpecials = answer.contains("special_strings_as_text");
        compare(*asText, name, hasSpecials ? answer["special_strings_as_text"] : answer, "input_ids");
        if (answer.contains("input_ids_lowercase")) {
            compare(*lowerCasing, name, answer, "input_ids_lowercase");
        }
    }
}

void TestTokenizer::textsThatDoNotFitAreTruncatedAndMarked_data()
{
    addKinds();
}

void TestTokenizer::textsThatDoNotFitAreTruncatedAndMarked()
{
    QFETCH(std::string, model);
    QFETCH(TokenizerKind, kind);
    const std::string text = "one two three four five six seven eight nine ten";
    const TokenIds whole = openGolden(model, kind, {.maxLength = 200})->encode(text);
    QVERIFY(!whole.truncated);
    const std::size_t length = whole.ids.size();

    const TokenIds exact = openGolden(model, kind, {.maxLength = length})->encode(text);
    QVERIFY(exact == whole);

    const TokenIds shorter = openGolden(model, kind, {.maxLength = length - 1})->encode(text);
    QVERIFY(shorter.truncated);
    auto expected = whole.ids;
    expected.erase(expected.end() - 2); // the last token goes, the end stays
    QVERIFY(shorter.ids == expected);
}

void TestTokenizer::hugeTextsAreReadUpToALimit_data()
{
    addKinds();
}

void TestTokenizer::hugeTextsAreReadUpToALimit()
{
    QFETCH(std::string, model);
    QFETCH(TokenizerKind, kind);
    constexpr std::size_t kHuge = 10 * 1000 * 1000;
    const auto tokenizer = openGolden(model, kind, {.maxLength = 64});
    for (const std::string_view pattern :
         {"a", "ab", "hello world ", "<|endoftext|>", "</s>", "\n", "\xE6\x97\xA5", "\xFF"}) {
        std::string text;
        while (text.size() < kHuge) {
            text += pattern;
        }
        const TokenIds result = tokenizer->encode(text); // in quadratic time this would not end
        QVERIFY(result.truncated);
        QVERIFY(result.ids.size() <= 64);
        QVERIFY(result == tokenizer->encode(text.substr(0, Tokenizer::kMaxTextBytes + 1)));
    }
    // What is cut off is not judged, so the result says so even if all tokens fit.
    QVERIFY(tokenizer->encode(std::string(Tokenizer::kMaxTextBytes, '\r') + "hidden").truncated);
}

void TestTokenizer::invalidUtf8CountsAsReplacementCharacters_data()
{
    addKinds();
}

void TestTokenizer::invalidUtf8CountsAsReplacementCharacters()
{
    QFETCH(std::string, model);
    QFETCH(TokenizerKind, kind);
    const auto tokenizer = openGolden(model, kind, {.maxLength = 64});
    const std::string replacement = "\xEF\xBF\xBD";
    QVERIFY(tokenizer->encode("a\xFF\xC3 b\xE2\x82") ==
            tokenizer->encode("a" + replacement + replacement + " b" + replacement));
    QVERIFY(tokenizer->encode(std::string_view("a\0b", 3)) != tokenizer->encode("a"));
}

void TestTokenizer::severalThreadsMayShareATokenizer()
{
    const auto tweets = test::tweets();
    for (const auto& [model, kind] :
         {std::pair{"clip_fusion", TokenizerKind::Clip}, std::pair{"siglip_fusion", TokenizerKind::Siglip},
          std::pair{"siglip2_fusion", TokenizerKind::Siglip2}}) {
        const auto tokenizer = openGolden(model, kind, {.maxLength = 64});
        const auto encodeSome = [&] {
            std::vector<TokenIds> results;
            for (std::size_t i = 0; i < 500; ++i) {
                results.push_back(tokenizer->encode(tweets[i]));
            }
            return results;
        };
        auto first = std::async(std::launch::async, encodeSome);
        auto second = std::async(std::launch::async, encodeSome);
        const auto expected = encodeSome();
        QVERIFY(first.get() == expected);
        QVERIFY(second.get() == expected);
    }
}

void TestTokenizer::missingFilesAreListed_data()
{
    QTest::addColumn<TokenizerKind>("kind");
    QTest::addColumn<std::string>("message");
    QTest::newRow("CLIP")
        << TokenizerKind::Clip
        << ": has neither tokenizer.json, nor vocab.json with merges.txt, nor bpe_simple_vocab_16e6.txt.gz"s;
    QTest::newRow("SigLIP") << TokenizerKind::Siglip << ": has no spiece.model"s;
    QTest::newRow("SigLIP 2") << TokenizerKind::Siglip2 << ": has neither tokenizer.json nor tokenizer.model"s;
}

void TestTokenizer::missingFilesAreListed()
{
    QFETCH(TokenizerKind, kind);
    QFETCH(std::string, message);
    const QTemporaryDir directory;
    const std::string path = directory.path().toStdString();
    const auto tokenizer = openTokenizer(path, kind, {});
    QVERIFY(!tokenizer);
    QCOMPARE(tokenizer.error().code, ErrorCode::NotFound);
    QCOMPARE(tokenizer.error().message, path + message);
}

void TestTokenizer::theFirstFormThatExistsWins()
{
    const QTemporaryDir directory;
    const std::filesystem::path path = directory.path().toStdString();
    const auto encoder = test::testData("golden/clip_fusion/encoder");
    std::filesystem::copy_file(encoder / "vocab.json", path / "vocab.json");
    QCOMPARE(openTokenizer(path, TokenizerKind::Clip, {}).error().code, ErrorCode::NotFound);
    std::filesystem::copy_file(encoder / "merges.txt", path / "merges.txt");
    QVERIFY(openTokenizer(path, TokenizerKind::Clip, {}));
    test::writeBytes(path / "tokenizer.json", "{}");
    QCOMPARE(openTokenizer(path, TokenizerKind::Clip, {}).error().code, ErrorCode::ParseError);
}

void TestTokenizer::damagedFilesAreNamed()
{
    const QTemporaryDir directory;
    const std::filesystem::path path = directory.path().toStdString();
    const auto messageOf = [&](TokenizerKind kind) {
        const auto tokenizer = openTokenizer(path, kind, {});
        return tokenizer ? "opened"s : tokenizer.error().message;
    };
    const auto nameOf = [&](const char* name) { return (path / name).string(); };

    test::writeBytes(path / "spiece.model", "nonsense");
    QCOMPARE(messageOf(TokenizerKind::Siglip), nameOf("spiece.model") + ": is not a SentencePiece model");
    test::writeBytes(path / "tokenizer.model", "");
    QCOMPARE(messageOf(TokenizerKind::Siglip2), nameOf("tokenizer.model") + ": is not a SentencePiece model");
    test::writeBytes(path / "bpe_simple_vocab_16e6.txt.gz", "nonsense");
    QCOMPARE(messageOf(TokenizerKind::Clip), nameOf("bpe_simple_vocab_16e6.txt.gz") + ": is not a complete gzip file");
    test::writeBytes(path / "vocab.json", R"({"a":)");
    test::writeBytes(path / "merges.txt", "");
    QCOMPARE(messageOf(TokenizerKind::Clip), nameOf("vocab.json") + ": is not valid JSON at byte 6");
    test::writeBytes(path / "vocab.json", R"({"a": 0})");
    QCOMPARE(messageOf(TokenizerKind::Clip),
             nameOf("vocab.json") + R"( and merges.txt: piece "<|startoftext|>" is missing)");
    test::writeBytes(path / "vocab.json", R"({"<|startoftext|>": 0, "<|endoftext|>": 1})");
    QCOMPARE(messageOf(TokenizerKind::Clip),
             nameOf("vocab.json") +
                 " and merges.txt: piece \"\u0100\" is missing, without which byte 0 cannot be encoded");
    std::filesystem::create_directory(path / "tokenizer.json");
    QCOMPARE(messageOf(TokenizerKind::Siglip2), nameOf("tokenizer.json") + ": is not a regular file");
}

void TestTokenizer::tooShortALengthIsRefused_data()
{
    addKinds();
}

void TestTokenizer::tooShortALengthIsRefused()
{
    QFETCH(std::string, model);
    QFETCH(TokenizerKind, kind);
    const std::size_t least = kind == TokenizerKind::Clip ? 3 : 2;
    const auto encoder = test::testData("golden/" + model + "/encoder");
    QVERIFY(openTokenizer(encoder, kind, {.maxLength = least}));
    for (std::size_t length = 0; length < least; ++length) {
        QCOMPARE(openTokenizer(encoder, kind, {.maxLength = length}).error().code, ErrorCode::InvalidArgument);
    }
}

QTEST_GUILESS_MAIN(TestTokenizer)
#include "tst_tokenizer.moc"
