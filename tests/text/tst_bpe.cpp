#include "core/text/bpe.h"
#include "tests/support/test_data.h"
#include "tests/text/naive_bpe.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace modscope;

namespace {

/// A vocabulary of the letters a to e and of random concatenations, with every way to make each of them.
struct RandomBpe {
    Vocabulary vocabulary;
    MergeList list;
    test::NaiveMerges naive;
};

RandomBpe randomBpe(std::mt19937& random)
{
    RandomBpe result;
    std::vector<std::string> pieces;
    const auto add = [&](const std::string& piece) {
        if (result.vocabulary.add(piece, static_cast<std::int32_t>(pieces.size()))) {
            pieces.push_back(piece);
        }
    };
    for (const char* letter : {"a", "b", "c", "d", "e"}) {
        add(letter);
    }
    for (int i = 0; i < 40; ++i) {
        const std::string left = pieces[random() % pieces.size()];
        const std::string right = pieces[random() % pieces.size()];
        add(left + right);
    }
    std::vector<std::pair<std::string, std::string>> splits;
    for (const std::string& piece : pieces) {
        for (std::size_t cut = 1; cut < piece.size(); ++cut) {
            if (result.vocabulary.find(piece.substr(0, cut)) && result.vocabulary.find(piece.substr(cut))) {
                splits.emplace_back(piece.substr(0, cut), piece.substr(cut));
            }
        }
    }
    std::shuffle(splits.begin(), splits.end(), random);
    for (const auto& [left, right] : splits) {
        const auto pair = std::pair(*result.vocabulary.find(left), *result.vocabulary.find(right));
        result.naive[pair] = {result.list.size(), *result.vocabulary.find(left + right)};
        result.list.add(left, right);
    }
    return result;
}

Vocabulary vocabularyOf(std::initializer_list<std::pair<const char*, std::int32_t>> pieces)
{
    Vocabulary vocabulary;
    for (const auto& [piece, id] : pieces) {
        const auto added = vocabulary.add(piece, id);
        Q_ASSERT(added);
    }
    return vocabulary;
}

} // namespace

class TestBpe : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void heapAndDefinitionAgreeOnRandomWords();
    void theLeftmostOfEqualPairsMergesFirst();
    void aPairListedTwiceHasItsLastRank();
    void aVeryLongWordTakesBoundedTime();
    void wordsWithoutMergesStayAsTheyAre();
    void aMergeOfUnknownPiecesIsNamed();
    void idsMustBeWithoutHolesAndDuplicates();
};

void TestBpe::heapAndDefinitionAgreeOnRandomWords()
{
    std::mt19937 random(20240229);
    for (int round = 0; round < 60; ++round) {
        const RandomBpe bpe = randomBpe(random);
        const auto merges = BpeMerges::create(bpe.list, bpe.vocabulary);
        QVERIFY(merges);
        for (int word = 0; word < 60; ++word) {
            std::vector<std::int32_t> symbols(random() % 80);
            for (auto& symbol : symbols) {
                symbol = static_cast<std::int32_t>(random() % 5);
            }
            const auto expected = test::naiveBpe(bpe.naive, symbols);
            merges->apply(symbols);
            QVERIFY(symbols == expected);
        }
    }
}

void TestBpe::theLeftmostOfEqualPairsMergesFirst()
{
    const Vocabulary vocabulary = vocabularyOf({{"a", 0}, {"aa", 1}});
    MergeList list;
    list.add("a", "a");
    const auto merges = BpeMerges::create(list, vocabulary);
    std::vector<std::int32_t> symbols{0, 0, 0, 0, 0};
    merges->apply(symbols);
    QVERIFY((symbols == std::vector<std::int32_t>{1, 1, 0}));
}

void TestBpe::aPairListedTwiceHasItsLastRank()
{
    const Vocabulary vocabulary = vocabularyOf({{"a", 0}, {"b", 1}, {"c", 2}, {"ab", 3}, {"bc", 4}});
    MergeList list;
    list.add("a", "b");
    list.add("b", "c");
    list.add("a", "b");
    const auto merges = BpeMerges::create(list, vocabulary);
    std::vector<std::int32_t> symbols{0, 1, 2};
    merges->apply(symbols);
    QVERIFY((symbols == std::vector<std::int32_t>{0, 4}));
}

void TestBpe::aVeryLongWordTakesBoundedTime()
{
    const Vocabulary vocabulary = vocabularyOf({{"a", 0}, {"aa", 1}, {"aaaa", 2}});
    MergeList list;
    list.add("a", "a");
    list.add("aa", "aa");
    const auto merges = BpeMerges::create(list, vocabulary);
    std::vector<std::int32_t> symbols(1000000, 0); // quadratic time would be hours
    merges->apply(symbols);
    QVERIFY(symbols == std::vector<std::int32_t>(250000, 2));
}

void TestBpe::wordsWithoutMergesStayAsTheyAre()
{
    const std::vector<std::int32_t> word{1, 0, 1};
    for (const auto& merges : {BpeMerges(), *BpeMerges::create({}, {})}) {
        auto symbols = word;
        merges.apply(symbols);
        QVERIFY(symbols == word);
        symbols.clear();
        merges.apply(symbols);
        QVERIFY(symbols.empty());
    }
}

void TestBpe::aMergeOfUnknownPiecesIsNamed()
{
    const Vocabulary vocabulary = vocabularyOf({{"a", 0}, {"b", 1}, {"ab", 2}});
    for (const auto& [left, right, missing] :
         {std::tuple{"a", "x", "\"x\""}, std::tuple{"x", "a", "\"x\""}, std::tuple{"b", "a", "\"ba\""}}) {
        MergeList list;
        list.add("a", "b");
        list.add(left, right);
        const auto merges = BpeMerges::create(list, vocabulary);
        QVERIFY(!merges);
        QCOMPARE(merges.error().code, ErrorCode::ParseError);
        QCOMPARE(merges.error().message,
                 std::string("merge 2 needs piece ") + missing + ", which is not in the vocabulary");
    }
}

void TestBpe::idsMustBeWithoutHolesAndDuplicates()
{
    QVERIFY(Vocabulary().checkIds());
    QVERIFY(vocabularyOf({{"b", 1}, {"a", 0}}).checkIds());
    QCOMPARE(vocabularyOf({{"a", 0}, {"b", 2}}).checkIds().error().message,
             std::string("none of the 2 pieces has id 1"));
    QCOMPARE(vocabularyOf({{"a", 0}, {"b", 1}, {"c", 1}}).checkIds().error().message,
             std::string("pieces \"b\" and \"c\" share id 1"));
    Vocabulary vocabulary = vocabularyOf({{"a", 0}});
    QCOMPARE(vocabulary.add("a", 1).error().message, std::string("piece \"a\" is listed twice"));
}

QTEST_GUILESS_MAIN(TestBpe)
#include "tst_bpe.moc"
