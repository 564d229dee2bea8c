#include "core/similarity/text_distance.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <algorithm>
#include <numeric>
#include <random>
#include <vector>

using namespace modscope;

namespace {

ComparableText comparable(std::string_view text)
{
    const auto result = ComparableText::from(text);
    return result ? *result : ComparableText();
}

/// The table of the definition, cell by cell.
std::size_t plainEditDistance(std::u32string_view left, std::u32string_view right)
{
    std::vector<std::size_t> row(right.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < left.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < right.size(); ++j) {
            const std::size_t replaced = diagonal + (left[i] == right[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

std::u32string anyText(std::mt19937& random, std::size_t maxLength)
{
    std::u32string text(random() % (maxLength + 1), U'a');
    std::generate(text.begin(), text.end(), [&] { return U"abc\U0001F602"[random() % 4]; });
    return text;
}

} // namespace

class TestTextDistance : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void knownDistances()
    {
        QCOMPARE(editDistance(U"kitten", U"sitting"), std::size_t{3});
        QCOMPARE(editDistance(U"flaw", U"lawn"), std::size_t{2});
        QCOMPARE(editDistance(U"", U"abc"), std::size_t{3});
        QCOMPARE(editDistance(U"same", U"same"), std::size_t{0});
    }

    void longAndShortTextsHaveTheDistanceOfTheTable()
    {
        std::mt19937 random(1);
        for (const std::size_t length : {5U, 63U, 64U, 65U, 130U, 300U}) {
            for (int round = 0; round < 60; ++round) {
                const std::u32string left = anyText(random, length);
                const std::u32string right = anyText(random, length);
                const std::size_t expected = plainEditDistance(left, right);
                QCOMPARE(editDistance(left, right), expected);
                QCOMPARE(editDistance(right, left), expected);
            }
        }
    }

    void editsThatFillWholeWordsAreCounted()
    {
        for (const std::size_t length : {64U, 128U, 192U}) {
            const std::u32string left(length, U'a');
            const std::u32string right(length, U'b');
            QCOMPARE(editDistance(left, right), length);
            QCOMPARE(editDistance(left, left + U"c"), std::size_t{1});
        }
    }

    void whatNobodySeesMakesNoDifference()
    {
        QCOMPARE(comparable("When  the\n CODE\u00A0compiles "), comparable("when the code compiles"));
        QCOMPARE(comparable("c\u200Bo\u200Dd\uFEFFe"), comparable("code"));
        QCOMPARE(comparable("a \u200B b"), comparable("a b"));
        QCOMPARE(comparable("\uFF23\uFF2F\uFF24\uFF25"), comparable("code"));
        QCOMPARE(comparable("STRASSE"), comparable("stra\u00DFe"));
        QCOMPARE(comparable(" \u200B \n"), ComparableText());
    }

    void emojiMakeADifference()
    {
        QVERIFY(comparable("love \U0001F602") != comparable("love"));
        QVERIFY(comparable("love \U0001F602") != comparable("love \U0001F621"));
        QCOMPARE(comparable("\u2764\uFE0F"), comparable("\u2764"));
    }

    void similarityIsAShareOfTheLongerText()
    {
        QCOMPARE(editSimilarity(comparable("0123456789"), comparable("012345678x")), 0.9);
        QCOMPARE(editSimilarity(comparable(""), comparable("abc")), 0.0);
        QCOMPARE(editSimilarity(comparable(""), comparable("")), 1.0);
        QCOMPARE(editSimilarity(comparable("ABC"), comparable("abc")), 1.0);
    }

    void aTextThatIsTooLongIsRefusedAndNotCut()
    {
        const std::string longest(ComparableText::kMaxCharacters, 'a');
        QVERIFY(ComparableText::from(longest).has_value());
        for (const std::string& longer : {longest + "b", std::string(1'000'000, 'a')}) {
            const auto refused = ComparableText::from(longer);
            QVERIFY(!refused.has_value());
            QCOMPARE(refused.error().code, ErrorCode::LimitExceeded);
        }
    }

    void brokenUtf8IsComparedAsItIsShown()
    {
        QCOMPARE(comparable("a\xFF"
                            "b")
                     .characters(),
                 std::u32string(U"a\uFFFD"
                                U"b"));
    }
};

QTEST_GUILESS_MAIN(TestTextDistance)
#include "tst_text_distance.moc"
