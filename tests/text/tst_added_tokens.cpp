#include "core/text/added_tokens.h"
#include "core/text/unicode.h"
#include "tests/support/test_data.h"

#include <QTest>

using namespace modscope;

namespace {

/// "[7]" for an id, the text in bars otherwise: "|a|[7]|b|".
std::string shown(const std::vector<TextSegment>& segments)
{
    std::string text;
    for (const TextSegment& segment : segments) {
        text += segment.id ? "[" + std::to_string(*segment.id) + "]" : "|" + segment.text + "|";
    }
    return text;
}

std::string split(const std::vector<AddedToken>& tokens,
                  std::string_view text,
                  SpecialTokens specials = SpecialTokens::Honour)
{
    const auto added = AddedTokens::create(tokens, specials, lowerCase);
    return added ? shown(added->split(text, lowerCase)) : added.error().message;
}

} // namespace

class TestAddedTokens : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void textWithoutTokensIsOneNormalisedSegment();
    void theLongestTokenOfAPlaceWins();
    void specialStringsAreTextUnlessHonoured();
    void normalisedTokensMatchInTheNormalisedText();
    void singleWordTokensNeedABorder();
    void strippingTokensTakeTheSpacesAlong();
    void tokensThatCannotBeAreRefused();
};

void TestAddedTokens::textWithoutTokensIsOneNormalisedSegment()
{
    QCOMPARE(split({}, "Hello"), std::string("|hello|"));
    QCOMPARE(split({}, ""), std::string());
    QCOMPARE(split({{.content = "<x>", .id = 1}}, "Hello < x>"), std::string("|hello < x>|"));
}

void TestAddedTokens::theLongestTokenOfAPlaceWins()
{
    const std::vector<AddedToken> lines{
        {.content = "\n", .id = 1}, {.content = "\n\n", .id = 2}, {.content = "\n\n\n\n", .id = 4}};
    QCOMPARE(split(lines, "a\n\n\nB"), std::string("|a|[2][1]|b|"));
    QCOMPARE(split(lines, "\n\n\n\n\n\n"), std::string("[4][2]"));
}

void TestAddedTokens::specialStringsAreTextUnlessHonoured()
{
    const std::vector<AddedToken> tokens{{.content = "<end>", .id = 1, .special = true}, {.content = "<b>", .id = 2}};
    QCOMPARE(split(tokens, "a<end>b<b>", SpecialTokens::Honour), std::string("|a|[1]|b|[2]"));
    QCOMPARE(split(tokens, "a<end>b<b>", SpecialTokens::AsText), std::string("|a<end>b|[2]"));
}

void TestAddedTokens::normalisedTokensMatchInTheNormalisedText()
{
    const std::vector<AddedToken> tokens{{.content = "<End>", .id = 1, .normalized = true},
                                         {.content = "<Raw>", .id = 2}};
    QCOMPARE(split(tokens, "<END><end><RAW><Raw>x"), std::string("[1][1]|<raw>|[2]|x|"));
}

void TestAddedTokens::singleWordTokensNeedABorder()
{
    const std::vector<AddedToken> tokens{{.content = "cat", .id = 1, .singleWord = true}};
    QCOMPARE(split(tokens, "cat concat cats \u00E9cat cat\u0301 cat"),
             std::string("[1]| concat cats \u00E9cat cat\u0301 |[1]"));
    QCOMPARE(split(tokens, "(cat)"), std::string("|(|[1]|)|"));
}

void TestAddedTokens::strippingTokensTakeTheSpacesAlong()
{
    const AddedToken left{.content = "<l>", .id = 1, .lstrip = true};
    const AddedToken right{.content = "<r>", .id = 2, .rstrip = true};
    const AddedToken both{.content = "<b>", .id = 3, .lstrip = true, .rstrip = true};
    QCOMPARE(split({left, right, both}, "a \u2003<l> b"), std::string("|a|[1]| b|"));
    QCOMPARE(split({left, right, both}, "a <r> \t b"), std::string("|a |[2]|b|"));
    QCOMPARE(split({left, right, both}, " <b> <b> <l> "), std::string("[3][3][1]| |"));
    const AddedToken space{.content = " ", .id = 4};
    QCOMPARE(split({right, space}, "<r>  x"), std::string("[2][4][4]|x|")); // as the reference's search goes on
}

void TestAddedTokens::tokensThatCannotBeAreRefused()
{
    QCOMPARE(split({{.content = "", .id = 7}}, "x"), std::string("added token 7 is empty"));
    QCOMPARE(split({{.content = std::string(5 * 1024 * 1024, 'x'), .id = 7}}, "x"),
             std::string("the added tokens are longer than 4 MiB together"));
}

QTEST_GUILESS_MAIN(TestAddedTokens)
#include "tst_added_tokens.moc"
