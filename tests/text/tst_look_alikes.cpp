#include "core/text/look_alikes.h"
#include "core/text/utf8.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <string>
#include <string_view>

using namespace modscope;
using namespace std::string_literals;

namespace {

std::string folded(std::string_view text)
{
    std::string letters;
    for (std::size_t position = 0; position < text.size();) {
        letters += lookAlikeLetters(nextCodePoint(text, position));
    }
    return letters;
}

} // namespace

class TestLookAlikes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void caseWidthAndAccentsAreFolded()
    {
        QCOMPARE(folded("\u00C9t\u00E9"), "ete"s);
        QCOMPARE(folded("e\u0301"), "e"s);
        QCOMPARE(folded("\uFF28\uFF29"), "hi"s);         // full width
        QCOMPARE(folded("\U0001D407\U0001D422"), "hi"s); // mathematical bold
        QCOMPARE(folded("Stra\u00DFe"), "strasse"s);
    }

    // Rows of confusables.txt of Unicode 14.
    void lettersOfOtherScriptsAreTheLatinOnesTheyLookLike()
    {
        QCOMPARE(folded("\u0430\u0435\u043E\u0440\u0441\u0445\u0443"), "aeopcxy"s); // Cyrillic
        QCOMPARE(folded("\u0455\u0458\u0501"), "sjd"s);
        QCOMPARE(folded("\u03BF\u03C5"), "ou"s); // Greek omicron and upsilon
    }

    void digitsAndSignsAreTheLettersTheyReplace()
    {
        QCOMPARE(folded("1d!0t"), "idiot"s);
        QCOMPARE(folded("|L1i!"), "iiiii"s);
        QCOMPARE(folded("@$ 4573 86 9"), "as aste bb g"s);
    }

    void whatNobodySeesIsNothing()
    {
        QCOMPARE(folded("a\u200Bb\u00ADc\u2060"), "abc"s);
        QCOMPARE(folded("\u0301"), ""s);
    }

    void honestLettersStayApart()
    {
        QCOMPARE(folded("modern modem"), "modern modem"s); // a skeleton would make them one
        QCOMPARE(folded("\u4F60\u597D"), "\u4F60\u597D"s);
        QCOMPARE(folded("no?"), "no?"s);
    }
};

QTEST_GUILESS_MAIN(TestLookAlikes)
#include "tst_look_alikes.moc"
