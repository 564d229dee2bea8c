#include "core/text/utf8.h"
#include "tests/support/test_data.h"

#include <QTest>

using namespace modscope;
using namespace std::string_literals;

class TestUtf8 : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void illFormedSequencesBecomeReplacements_data();
    void illFormedSequencesBecomeReplacements();
    void textIsCutAtACodePointBorder();
    void everyCodePointSurvivesThereAndBack();
    void messagesQuoteAtMostFortyBytes();
};

void TestUtf8::illFormedSequencesBecomeReplacements_data()
{
    QTest::addColumn<std::string>("source");
    QTest::addColumn<std::string>("expected");
    const std::string r = "\xEF\xBF\xBD";
    // Expected values: Python 3, bytes.decode("utf-8", "replace").
    QTest::newRow("empty") << ""s
                           << ""s;
    QTest::newRow("well-formed") << "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x8A"s
                                 << "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x8A"s;
    QTest::newRow("NUL") << "a\0b"s
                         << "a\0b"s;
    QTest::newRow("lone continuation") << "a\x80z"s
                                       << "a" + r + "z";
    QTest::newRow("overlong slash") << "\xC0\xAF"s << r + r;
    QTest::newRow("overlong three") << "\xE0\x80\x80"s << r + r + r;
    QTest::newRow("surrogate") << "\xED\xA0\x80"s << r + r + r;
    QTest::newRow("above U+10FFFF") << "\xF4\x90\x80\x80"s << r + r + r + r;
    QTest::newRow("bytes that never occur") << "\xFE\xFF"s << r + r;
    QTest::newRow("cut in the middle") << "\xF0\x9F\x98"s << r;
    QTest::newRow("cut, then text") << "\xE2\x82z"s << r + "z";
    QTest::newRow("two leads") << "\xC3\xC3\xA9"s << r + "\xC3\xA9";
    QTest::newRow("Unicode 15, table 3-8") << "\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64"s
                                           << "a" + r + r + r + "b" + r + "c" + r + r + "d";
}

void TestUtf8::illFormedSequencesBecomeReplacements()
{
    QFETCH(std::string, source);
    QFETCH(std::string, expected);
    const CleanText clean = cleanUtf8(source, 100);
    QCOMPARE(clean.utf8, expected);
    QVERIFY(!clean.cut);
    QCOMPARE(isUtf8(source), source == expected);
}

void TestUtf8::textIsCutAtACodePointBorder()
{
    const std::string text = "ab\xF0\x9F\x98\x8A"; // six bytes
    const auto cut = [&](std::size_t limit) { return cleanUtf8(text, limit); };
    QVERIFY((cut(6) == CleanText{text, false}));
    for (const std::size_t limit : {2, 3, 4, 5}) {
        QVERIFY((cut(limit) == CleanText{"ab", true}));
    }
    QVERIFY((cut(0) == CleanText{"", true}));
    // Continuation bytes without a lead are no code point to step back over.
    QCOMPARE(cleanUtf8(std::string(20, '\x80'), 10).utf8.size(), std::size_t{7 * 3});
}

void TestUtf8::everyCodePointSurvivesThereAndBack()
{
    for (char32_t codePoint = 0; codePoint <= 0x10FFFF; ++codePoint) {
        if (codePoint >= 0xD800 && codePoint <= 0xDFFF) {
            continue;
        }
        std::string text;
        appendUtf8(text, codePoint);
        std::size_t position = 0;
        const bool same =
            nextCodePoint(text, position) == codePoint && position == text.size() && cleanUtf8(text, 4).utf8 == text;
        QVERIFY2(same, std::to_string(static_cast<unsigned>(codePoint)).c_str());
    }
}

void TestUtf8::messagesQuoteAtMostFortyBytes()
{
    QCOMPARE(inQuotes("a\"\n\xFF"), "\"a\\\"\\n\xEF\xBF\xBD\""s);
    QCOMPARE(inQuotes(std::string(100, 'x')), '"' + std::string(40, 'x') + "\"...");
}

QTEST_GUILESS_MAIN(TestUtf8)
#include "tst_utf8.moc"
