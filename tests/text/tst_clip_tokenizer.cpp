#include "core/text/bpe_json.h"
#include "core/text/clip_tokenizer.h"
#include "tests/support/test_data.h"
#include "tests/text/text_support.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QTest>

#include <sstream>

using namespace modscope;
using namespace std::string_literals;
using Json = nlohmann::json;
using Ids = std::vector<std::int32_t>;

namespace {

constexpr std::int32_t kStart = 49406;
constexpr std::int32_t kEnd = 49407;

/// OpenAI's vocabulary in the three forms in which encoders are published.
class ClipVocabulary {
public:
    ClipVocabulary()
    {
        const auto compressed = test::readBytes(gzipPath());
        const auto parts = clipPartsFromGzip(compressed, "gz");
        if (!parts) {
            qFatal("%s", parts.error().message.c_str());
        }
        Json vocabulary = Json::object();
        for (const auto& [piece, id] : parts->vocabulary) {
            vocabulary[piece] = id;
        }
        std::istringstream lines(test::gunzipped(gzipPath()));
        std::string line;
        std::getline(lines, line); // the header
        std::string mergesText = "#version: 0.2\n";
        Json merges = Json::array();
        for (int i = 0; i < 48894 && std::getline(lines, line); ++i) {
            mergesText += line + "\n";
            merges.push_back(line); // the older of the two ways to write a merge
        }
        std::filesystem::create_directory(pair());
        test::writeBytes(pair() / "vocab.json", vocabulary.dump());
        test::writeBytes(pair() / "merges.txt", mergesText);
        Json file = test::readJson(test::testData("golden/clip_fusion/encoder/tokenizer.json"));
        file["model"]["vocab"] = vocabulary;
        file["model"]["merges"] = merges;
        file["added_tokens"][0]["id"] = kStart;
        file["added_tokens"][1]["id"] = kEnd;
        file["post_processor"]["cls"][1] = kStart;
        file["post_processor"]["sep"][1] = kEnd;
        std::filesystem::create_directory(json());
        test::writeBytes(json() / "tokenizer.json", file.dump());
    }

    std::filesystem::path gzip() const { return test::testData("clip-vocab"); }
    std::filesystem::path pair() const { return root() / "pair"; }
    std::filesystem::path json() const { return root() / "json"; }

private:
    std::filesystem::path gzipPath() const { return gzip() / "bpe_simple_vocab_16e6.txt.gz"; }
    std::filesystem::path root() const { return m_directory.path().toStdString(); }

    QTemporaryDir m_directory;
};

} // namespace

class TestClipTokenizer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void publishedVectorsAreMatched_data();
    void publishedVectorsAreMatched();
    void specialStringsAreHonouredOnlyOnRequest();
    void theThreeFormsOfTheVocabularyGiveTheSameIds();
    void theFactsOfTheVocabularyAreKnown();
    void aTokenizerOfAnotherKindIsRefusedByName_data();
    void aTokenizerOfAnotherKindIsRefusedByName();
    void newerSplitPatternsAndTemplatesAreRead();
    void damagedMergesAreNamed_data();
    void damagedMergesAreNamed();
    void damagedGzipFilesAreRefused();

private:
    ClipVocabulary m_vocabulary;
    std::shared_ptr<const Tokenizer> m_tokenizer = test::opened(m_vocabulary.gzip(), TokenizerKind::Clip, {});
};

void TestClipTokenizer::publishedVectorsAreMatched_data()
{
    QTest::addColumn<std::string>("text");
    QTest::addColumn<Ids>("ids"); // without start and end
    // From the Rust library with OpenAI's vocabulary.
    QTest::newRow("plain") << "a photo of a cat"s << Ids{320, 1125, 539, 320, 2368};
    QTest::newRow("case, spaces, digits")
        << "Hello   WORLD!!  it's 2024"s << Ids{3306, 1002, 748, 585, 568, 273, 271, 273, 275};
    QTest::newRow("contractions") << "don't you'd I'LL he'S"s << Ids{847, 713, 592, 1896, 328, 1342, 797, 568};
    QTest::newRow("composed") << "na\u00EFve caf\u00E9"s << Ids{1097, 35689, 563, 15304};
    QTest::newRow("decomposed") << "na\u00EFve cafe\u0301"s << Ids{1097, 35689, 563, 15304};
    QTest::newRow("lower case") << "\u0130stanbul \u1E9E \u0391\u03A3 \uFB01"s
                                << Ids{328, 16384, 11231, 127, 509, 138, 109, 139, 481, 171, 105, 479};
    QTest::newRow("Japanese, Chinese") << "\u65E5\u672C\u8A9E\u30C6\u30AD\u30B9\u30C8 \u4E2D\u6587"s
                                       << Ids{39121, 44353, 34002, 252, 2429,  228, 47121,
                                              32421, 486,   19759, 255, 29032, 485};
    QTest::newRow("emoji") << "\U0001F60A\U0001F44D\U0001F3FD"s << Ids{4692, 43722};
    QTest::newRow("kinds of space") << "a\u00A0b\u2003c\u3000d\u200Be\u001Cf\u0085g\u180Eh"s
                                    << Ids{320, 321, 322, 323, 9844, 324, 472, 325, 326, 157, 254, 492, 327};
    QTest::newRow("kinds of number") << "x\u00B2\u00BD\u2167\u0663"s << Ids{343, 41175, 33613, 158, 227, 371, 149, 352};
    QTest::newRow("apostrophes") << "!!!'s '''ll ''"s << Ids{11194, 262, 338, 6, 8445, 865, 8445};
    QTest::newRow("punctuation") << "snake_case foo-bar a.b,c;d"s
                                 << Ids{8798, 318, 2068, 23435, 268, 2411, 320, 269, 321, 267, 322, 282, 323};
    QTest::newRow("NUL and U+FFFD") << "\0\uFFFD"s << Ids{188, 39802};
    QTest::newRow("NUL and an invalid byte") << "\0\xFF"s << Ids{188, 39802};
    QTest::newRow("empty") << ""s << Ids{};
    QTest::newRow("blank") << " \t\u3000\n "s << Ids{};
}

void TestClipTokenizer::publishedVectorsAreMatched()
{
    QFETCH(std::string, text);
    QFETCH(Ids, ids);
    ids.insert(ids.begin(), kStart);
    ids.push_back(kEnd);
    QVERIFY((m_tokenizer->encode(text) == TokenIds{ids, false}));
}

void TestClipTokenizer::specialStringsAreHonouredOnlyOnRequest()
{
    const std::string text = "<|startoftext|>hi<|ENDOFTEXT|>";
    const TokenizerOptions honour{.specialTokens = SpecialTokens::Honour};
    for (const auto& directory : {m_vocabulary.gzip(), m_vocabulary.pair(), m_vocabulary.json()}) {
        const auto honouring = test::opened(directory, TokenizerKind::Clip, honour);
        QVERIFY((honouring->encode(text).ids == Ids{kStart, kStart, 1883, kEnd, kEnd}));
        const auto ids = test::opened(directory, TokenizerKind::Clip, {})->encode(text).ids;
        QCOMPARE(std::count(ids.begin(), ids.end(), kStart) + std::count(ids.begin(), ids.end(), kEnd), 2);
    }
}

void TestClipTokenizer::theThreeFormsOfTheVocabularyGiveTheSameIds()
{
    const auto pair = test::opened(m_vocabulary.pair(), TokenizerKind::Clip, {});
    const auto json = test::opened(m_vocabulary.json(), TokenizerKind::Clip, {});
    const auto tweets = test::tweets();
    QCOMPARE(tweets.size(), std::size_t{5000});
    for (const std::string& tweet : tweets) {
        const TokenIds ids = m_tokenizer->encode(tweet);
        QVERIFY(ids.ids.size() > 2);
        QVERIFY2(pair->encode(tweet) == ids && json->encode(tweet) == ids, tweet.c_str());
    }
}

void TestClipTokenizer::theFactsOfTheVocabularyAreKnown()
{
    for (const auto& directory : {m_vocabulary.gzip(), m_vocabulary.pair(), m_vocabulary.json()}) {
        const auto tokenizer = test::opened(directory, TokenizerKind::Clip, {.maxLength = 20});
        QCOMPARE(tokenizer->vocabularySize(), std::size_t{49408});
        QCOMPARE(tokenizer->padId(), kEnd);
        QCOMPARE(tokenizer->options().maxLength, std::size_t{20});
    }
    const auto symbols = byteSymbols();
    QCOMPARE(symbols['A'], "A"s);
    QCOMPARE(symbols[0], "\u0100"s);
    QCOMPARE(symbols[' '], "\u0120"s);
    QCOMPARE(symbols[0xAD], "\u0143"s);
    QCOMPARE(symbols[0xFF], "\u00FF"s);
}

void TestClipTokenizer::aTokenizerOfAnotherKindIsRefusedByName_data()
{
    QTest::addColumn<std::string>("pointer");
    QTest::addColumn<std::string>("value");
    QTest::addColumn<std::string>("message");
    QTest::newRow("NFKC") << "/normalizer/normalizers/0"s
                          << R"({"type": "NFKC"})"s
                          << "normalizer step 1 is NFKC, but CLIP has NFC"s;
    QTest::newRow("no normalizer") << "/normalizer"s
                                   << "null"s
                                   << "normalizer step 1 is nothing, but CLIP has NFC"s;
    QTest::newRow("one step more") << "/normalizer/normalizers/3"s
                                   << R"({"type": "StripAccents"})"s
                                   << "normalizer step 4 is StripAccents, but CLIP has nothing"s;
    QTest::newRow("another replacement")
        << "/normalizer/normalizers/1/content"s
        << R"("_")"s
        << R"(normalizer step 2 is Replace /\s+/ by "_", but CLIP has Replace /\s+/ by " ")"s;
    QTest::newRow("another pre-tokenizer") << "/pre_tokenizer"s
                                           << R"({"type": "BertPreTokenizer"})"s
                                           << "pre_tokenizer step 1 is BertPreTokenizer, but CLIP has Split"s;
    QTest::newRow("prefix space") << "/pre_tokenizer/pretokenizers/1/add_prefix_space"s
                                  << "true"s
                                  << "pre_tokenizer step 2 is ByteLevel with prefix space, but CLIP has ByteLevel"s;
    QTest::newRow("another post-processor") << "/post_processor/type"s
                                            << R"("BertProcessing")"s
                                            << "post_processor step 1 is BertProcessing, but CLIP has Roberta"s;
    QTest::newRow("suffix") << "/model/end_of_word_suffix"s
                            << R"("@@")"s
                            << R"(model.end_of_word_suffix is "@@", but CLIP has "</w>")"s;
}

void TestClipTokenizer::aTokenizerOfAnotherKindIsRefusedByName()
{
    QFETCH(std::string, pointer);
    QFETCH(std::string, value);
    QFETCH(std::string, message);
    Json file = test::readJson(test::testData("golden/clip_fusion/encoder/tokenizer.json"));
    file[Json::json_pointer(pointer)] = Json::parse(value);
    const auto parts = parseTokenizerJson(file.dump(), "t.json").and_then([](TokenizerJson json) {
        return clipPartsFromJson(std::move(json), "t.json");
    });
    QVERIFY(!parts);
    QCOMPARE(parts.error().code, ErrorCode::Unsupported);
    QVERIFY2(parts.error().message.starts_with("t.json: " + message), parts.error().message.c_str());
}

void TestClipTokenizer::newerSplitPatternsAndTemplatesAreRead()
{
    Json file = test::readJson(test::testData("golden/clip_fusion/encoder/tokenizer.json"));
    const auto tokenizerOf = [](const Json& json) {
        auto parts = clipPartsFromJson(*parseTokenizerJson(json.dump(), "t"), "t");
        return *makeClipTokenizer(std::move(*parts), {}, "t");
    };
    const auto older = tokenizerOf(file);
    auto& pattern = file["pre_tokenizer"]["pretokenizers"][0]["pattern"]["Regex"];
    pattern = R"(<\|startoftext\|>|<\|endoftext\|>|)" + pattern.get<std::string>();
    file["post_processor"] = Json::parse(R"({"type": "TemplateProcessing",
        "single": [{"SpecialToken": {"id": "<|startoftext|>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                   {"SpecialToken": {"id": "<|endoftext|>", "type_id": 0}}],
        "special_tokens": {"<|startoftext|>": {"id": "<|startoftext|>", "ids": [2512], "tokens": ["<|startoftext|>"]},
                           "<|endoftext|>": {"id": "<|endoftext|>", "ids": [2513], "tokens": ["<|endoftext|>"]}}})");
    const auto newer = tokenizerOf(file);
    for (const std::string& text : {"Hello <|endoftext|> it's"s, ""s, std::string(500, 'q')}) {
        QVERIFY(newer->encode(text) == older->encode(text));
    }
}

void TestClipTokenizer::damagedMergesAreNamed_data()
{
    QTest::addColumn<std::string>("merges");
    QTest::addColumn<std::string>("message");
    QTest::newRow("one piece") << "#version: 0.2\nt t\nalone\n"s
                               << R"(m: merges, line 3: "alone" is not two pieces with a space between them)"s;
    QTest::newRow("three pieces") << "a b c\n"s
                                  << R"(m: merges, line 1: "a b c" is not two pieces with a space between them)"s;
    QTest::newRow("nothing on the left") << "\n b\n"s
                                         << R"(m: merges, line 2: " b" is not two pieces with a space between them)"s;
    QTest::newRow("nothing on the right") << "b \n"s
                                          << R"(m: merges, line 1: "b " is not two pieces with a space between them)"s;
    QTest::newRow("unknown piece") << "t t\r\nzzz q\r\n"s
                                   << R"(m: merge 2 needs piece "zzz", which is not in the vocabulary)"s;
}

void TestClipTokenizer::damagedMergesAreNamed()
{
    QFETCH(std::string, merges);
    QFETCH(std::string, message);
    const auto json = test::readBytes(test::testData("golden/clip_mtl/encoder/vocab.json"));
    const auto parts = clipPartsFromVocabularyAndMerges(*parseVocabularyJson(json, "v"), merges, "m");
    QVERIFY(!parts);
    QCOMPARE(parts.error().code, ErrorCode::ParseError);
    QCOMPARE(parts.error().message, message);
}

void TestClipTokenizer::damagedGzipFilesAreRefused()
{
    const auto whole = test::readBytes(m_vocabulary.gzip() / "bpe_simple_vocab_16e6.txt.gz");
    for (const auto& bytes :
         {std::string(), "plain text"s, whole.substr(0, whole.size() - 1), whole.substr(0, 100000)}) {
        const auto parts = clipPartsFromGzip(bytes, "gz");
        QVERIFY(!parts);
        QCOMPARE(parts.error().message, "gz: is not a complete gzip file"s);
    }
    auto flipped = whole;
    flipped[whole.size() / 2] = static_cast<char>(flipped[whole.size() / 2] ^ 0x10);
    QCOMPARE(clipPartsFromGzip(flipped, "gz").error().code, ErrorCode::ParseError);
}

QTEST_GUILESS_MAIN(TestClipTokenizer)
#include "tst_clip_tokenizer.moc"
