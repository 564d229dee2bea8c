#include "core/text/unicode.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <initializer_list>

using namespace modscope;
using namespace std::string_literals;

class TestUnicode : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void compositionIsCanonicalOnly();
    void foldingLeavesWhatTextsAreComparedBy();
    void lowerCaseGoesCharacterByCharacter();
    void whitespaceRunsBecomeOneSpace();
    void charactersFallIntoTheClassesOfTheSplitPattern();
    void wordCharactersAreThoseOfARegularExpression();
};

void TestUnicode::compositionIsCanonicalOnly()
{
    QCOMPARE(nfc(""), ""s);
    QCOMPARE(nfc("cafe\u0301"), "caf\u00E9"s);
    QCOMPARE(nfc("\u212B"), "\u00C5"s);
    QCOMPARE(nfc("a\u0302\u0323"), "\u1EAD"s);
    QCOMPARE(nfc("\u1100\u1161\u11A8"), "\uAC01"s);
    QCOMPARE(nfc("\uFB01 \u00B2 \uFF21"), "\uFB01 \u00B2 \uFF21"s);
    QCOMPARE(nfc("a\0b"s), "a\0b"s);
}

void TestUnicode::foldingLeavesWhatTextsAreComparedBy()
{
    QCOMPARE(nfkcCaseFold("Stra\u00DFe"), "strasse"s);
    QCOMPARE(nfkcCaseFold("\uFF28\uFF29 \u2460"), "hi 1"s);                  // full width, circled
    QCOMPARE(nfkcCaseFold("\U0001D407\U0001D422"), "hi"s);                   // mathematical bold
    QCOMPARE(nfkcCaseFold("a\u200Bb\u200Dc\uFEFF\u00ADd\u202Ee"), "abcde"s); // zero width, soft hyphen, direction
    QCOMPARE(nfkcCaseFold("\u2764\uFE0F\U0001F602"), "\u2764\U0001F602"s);   // emoji stay, their selector does not
}

void TestUnicode::lowerCaseGoesCharacterByCharacter()
{
    QCOMPARE(lowerCase("Hello \u00C9\u0416"), "hello \u00E9\u0436"s);
    QCOMPARE(lowerCase("\u0130stanbul"), "i\u0307stanbul"s);
    QCOMPARE(lowerCase("\u1E9E \u0391\u03A3"), "\u00DF \u03B1\u03C3"s);
    QCOMPARE(lowerCase("\u2167 \U00010400"), "\u2177 \U00010428"s);
}

void TestUnicode::whitespaceRunsBecomeOneSpace()
{
    QCOMPARE(collapseWhitespace(" \t\r\na\u00A0\u2003b\u3000 "), " a b "s);
    QCOMPARE(collapseWhitespace("a\u200Bb\u001Cc\u180Ed"), "a\u200Bb\u001Cc\u180Ed"s); // not White_Space
    for (const char32_t codePoint : {U'\t', U'\v', U'\u0085', U'\u1680', U'\u2028', U'\u205F'}) {
        QVERIFY(isWhitespace(codePoint) && isPythonWhitespace(codePoint));
    }
    for (char32_t codePoint = 0x1C; codePoint <= 0x1F; ++codePoint) {
        QVERIFY(!isWhitespace(codePoint) && isPythonWhitespace(codePoint));
    }
    QVERIFY(!isPythonWhitespace(0x200B) && !isPythonWhitespace(U'a'));
}

void TestUnicode::charactersFallIntoTheClassesOfTheSplitPattern()
{
    const auto all = [](std::initializer_list<char32_t> codePoints, CharacterClass expected) {
        for (const char32_t codePoint : codePoints) {
            QCOMPARE(characterClass(codePoint), expected);
        }
    };
    all({U'a', U'Z', U'\u00E9', U'\u65E5', U'\u02B0', U'\u0E2A'}, CharacterClass::Letter);
    all({U'7', U'\u00B2', U'\u00BD', U'\u2167', U'\u0663'}, CharacterClass::Number);
    all({U' ', U'\n', U'\u00A0', U'\u2028'}, CharacterClass::Whitespace);
    all({U'!', U'_', U'\u0301', U'\u200D', U'\U0001F60A', U'\0', U'\uFFFD', U'\u001C'}, CharacterClass::Other);
}

void TestUnicode::wordCharactersAreThoseOfARegularExpression()
{
    for (const char32_t codePoint : {U'a', U'_', U'7', U'\u0663', U'\u0301', U'\u200D', U'\u2160', U'\u24D0'}) {
        QVERIFY(isWordCharacter(codePoint));
    }
    for (const char32_t codePoint : {U' ', U'-', U'\u00BD', U'\u2019', U'\U0001F60A'}) {
        QVERIFY(!isWordCharacter(codePoint));
    }
}

QTEST_GUILESS_MAIN(TestUnicode)
#include "tst_unicode.moc"
