#include "core/ocr/word_selection.h"
#include "tests/support/test_data.h"

#include <QTest>

using namespace modscope;

namespace {

RecognisedWord word(const char* text, float confidence, int line, bool inDictionary = true)
{
    RecognisedWord result;
    result.word.text = text;
    result.word.confidence = confidence;
    result.word.line = line;
    result.inDictionary = inDictionary;
    return result;
}

} // namespace

class TestWordSelection : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { modscope::test::failOnWarnings(); }

    void wordsAreJoinedBySpacesAndLinesByLineFeeds()
    {
        const auto text =
            selectWords({word("MY", 0.9F, 0), word("CAT", 0.9F, 0), word("AT", 0.9F, 2), word("FOUR", 0.9F, 2)});
        QCOMPARE(text.text, std::string("MY CAT\nAT FOUR"));
        QCOMPARE(text.words.size(), std::size_t{4});
        QCOMPARE(text.droppedWords, std::size_t{0});
    }

    void confidenceIsTheMeanWeightedByLength()
    {
        const auto text = selectWords({word("six666", 0.9F, 0), word("to", 0.5F, 0)});
        QCOMPARE(text.confidence, 0.8F); // (6 * 0.9 + 2 * 0.5) / 8
    }

    void doubtfulWordsAreDroppedAndCounted()
    {
        const auto text = selectWords({word("COFFEE", 0.95F, 0), word("vwq", 0.6F, 0, false), word("FIRST", 0.9F, 0)});
        QCOMPARE(text.text, std::string("COFFEE FIRST"));
        QCOMPARE(text.droppedWords, std::size_t{1});
    }

    void aWordOfTheLanguageMayBeLessSure()
    {
        QCOMPARE(selectWords({word("first", 0.5F, 0, true)}).text, std::string("first"));
        QCOMPARE(selectWords({word("first", 0.5F, 0, false)}).text, std::string());
    }

    void singleCharactersCountOnlyBesideAWord()
    {
        QCOMPARE(selectWords({word("I", 0.7F, 0), word("let", 0.9F, 0)}).text, std::string("I let"));
        const auto alone =
            selectWords({word("let", 0.9F, 0), word("it", 0.9F, 0), word("~", 0.99F, 1), word("I", 0.99F, 2)});
        QCOMPARE(alone.text, std::string("let it"));
        QCOMPARE(alone.droppedWords, std::size_t{2});
    }

    void shredsAreNoText()
    {
        const auto text =
            selectWords({word("ee", 0.7F, 0), word("qx", 0.2F, 1), word("~w", 0.3F, 2), word("lI", 0.1F, 3)});
        QCOMPARE(text.text, std::string());
        QCOMPARE(text.confidence, 0.0F);
        QVERIFY(text.words.empty());
        QCOMPARE(text.droppedWords, std::size_t{4});
    }

    void nothingGivesNothing() { QCOMPARE(selectWords({}), OcrText{}); }

    void theScoreCountsLettersByTheirConfidence()
    {
        QCOMPARE(readingScore(selectWords({word("ab12!", 0.5F, 0)})), 2.0);
        QCOMPARE(readingScore(OcrText{}), 0.0);
    }
};

QTEST_GUILESS_MAIN(TestWordSelection)
#include "tst_word_selection.moc"
