#include "core/text/sentence_piece_tokenizer.h"
#include "tests/support/test_data.h"
#include "tests/text/text_support.h"

#include <QTest>

using namespace modscope;
using namespace std::string_literals;
using Ids = std::vector<std::int32_t>;

namespace {

constexpr std::int32_t kEnd = 1;

std::string siglipModel()
{
    return test::readBytes(test::testData("golden/siglip_fusion/encoder/spiece.model"));
}

std::string gemmaModel()
{
    return test::readBytes(test::testData("golden/siglip2_fusion/encoder/tokenizer.model"));
}

Ids siglipIds(std::string_view text, SpecialTokens specials = SpecialTokens::AsText)
{
    return (*makeSiglipTokenizer(siglipModel(), {.maxLength = 64, .specialTokens = specials}, "s"))->encode(text).ids;
}

} // namespace

class TestSentencePieceTokenizer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void siglipSeesTheCanonicalTextOnly();
    void siglipGivesNoSecondEndToken();
    void honouredTokensOfSiglipTakeTheSpacesAlong();
    void theGemmaModelGivesTheIdsOfItsJsonFile_data();
    void theGemmaModelGivesTheIdsOfItsJsonFile();
    void theGemmaModelHonoursItsControlPieces();
    void damagedModelsAreRefused_data();
    void damagedModelsAreRefused();
};

void TestSentencePieceTokenizer::siglipSeesTheCanonicalTextOnly()
{
    const Ids ids = siglipIds("when you fix the bug");
    QVERIFY(ids.size() > 3);
    for (const char* same : {"  When, you\tFIX\n\nthe -- bug!?  ", "when\u00A0you\u2003fix\u3000the\u001Cbug",
                             "\u2581when \u2581you fix the bug.", "[when] {you} (fix) <the> bug~"}) {
        QVERIFY2(siglipIds(same) == ids, same);
    }
    QVERIFY(siglipIds("whenyou fix the bug") != ids);
    QVERIFY((siglipIds("") == Ids{kEnd}));
    QVERIFY((siglipIds(" !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ \t") == Ids{kEnd}));
}

void TestSentencePieceTokenizer::siglipGivesNoSecondEndToken()
{
    Ids ids = siglipIds("cat");
    QVERIFY(siglipIds("cat</s>", SpecialTokens::Honour) == ids);
    ids.insert(ids.end() - 1, {kEnd});
    QVERIFY(siglipIds("cat </s></s>", SpecialTokens::Honour) == ids);
    // Cut to 63 ids of which the last is the end token: the reference adds none then.
    std::string text;
    for (int i = 0; i < 70; ++i) {
        text += "</s>";
    }
    QCOMPARE(siglipIds(text, SpecialTokens::Honour).size(), std::size_t{63});
}

void TestSentencePieceTokenizer::honouredTokensOfSiglipTakeTheSpacesAlong()
{
    QVERIFY(siglipIds("nice cat </s>  tail", SpecialTokens::Honour) ==
            siglipIds("nice cat</s>tail", SpecialTokens::Honour));
    QVERIFY(siglipIds("nice cat </S>", SpecialTokens::Honour) == siglipIds("nice cat s")); // case matters
    QVERIFY(siglipIds("</s>", SpecialTokens::AsText) == siglipIds("s"));
}

void TestSentencePieceTokenizer::theGemmaModelGivesTheIdsOfItsJsonFile_data()
{
    QTest::addColumn<bool>("lowercase");
    QTest::newRow("case kept") << false;
    QTest::newRow("lower case") << true;
}

void TestSentencePieceTokenizer::theGemmaModelGivesTheIdsOfItsJsonFile()
{
    QFETCH(bool, lowercase);
    const TokenizerOptions options{.maxLength = 1000, .lowercase = lowercase};
    const auto json = test::opened(test::testData("golden/siglip2_fusion/encoder"), TokenizerKind::Siglip2, options);
    const auto model = *makeGemmaModelTokenizer(gemmaModel(), options, "m");
    QCOMPARE(model->vocabularySize(), json->vocabularySize());
    QCOMPARE(model->padId(), json->padId());
    for (const std::string& tweet : test::tweets()) {
        QVERIFY2(model->encode(tweet) == json->encode(tweet), tweet.c_str());
    }
    for (const std::string& text : {""s, " "s, "a\0b"s, "\xFF\u65E5\u672C"s, "tab\tand\n\nlines"s}) {
        QVERIFY2(model->encode(text) == json->encode(text), text.c_str());
    }
}

void TestSentencePieceTokenizer::theGemmaModelHonoursItsControlPieces()
{
    const auto idsOf = [](std::string_view text, SpecialTokens specials) {
        return (*makeGemmaModelTokenizer(gemmaModel(), {.maxLength = 64, .specialTokens = specials}, "m"))
            ->encode(text)
            .ids;
    };
    QVERIFY((idsOf("<bos><eos><pad>", SpecialTokens::Honour) == Ids{2, 1, 0, 1}));
    const Ids asText = idsOf("<bos><eos><pad>", SpecialTokens::AsText);
    QCOMPARE(std::count(asText.begin(), asText.end(), kEnd), 1);
    QCOMPARE(std::count(asText.begin(), asText.end(), 0), 0);
}

void TestSentencePieceTokenizer::damagedModelsAreRefused_data()
{
    QTest::addColumn<std::string>("model");
    const std::string whole = siglipModel();
    QTest::newRow("empty") << ""s;
    QTest::newRow("text") << "this is no model"s;
    QTest::newRow("half") << whole.substr(0, whole.size() / 2);
    // Protobuf: one more piece with empty text, as normal and as user-defined piece.
    QTest::newRow("empty piece") << whole + "\x0A\x02\x0A\x00"s;
    QTest::newRow("empty user-defined piece") << whole + "\x0A\x04\x0A\x00\x18\x04"s;
    QTest::newRow("piece of one NUL") << whole + "\x0A\x03\x0A\x01\x00"s; // made the library throw
    QTest::newRow("the same piece twice") << whole + "\x0A\x05\x0A\x03the\x0A\x05\x0A\x03the"s;
}

void TestSentencePieceTokenizer::damagedModelsAreRefused()
{
    QFETCH(std::string, model);
    for (const auto& tokenizer :
         {makeSiglipTokenizer(model, {.maxLength = 64}, "s"), makeGemmaModelTokenizer(model, {.maxLength = 64}, "s")}) {
        QVERIFY(!tokenizer);
        QCOMPARE(tokenizer.error().message, "s: is not a SentencePiece model"s);
    }
}

QTEST_GUILESS_MAIN(TestSentencePieceTokenizer)
#include "tst_sentence_piece_tokenizer.moc"
