#include "core/review/filter.h"
#include "tests/support/test_data.h"

#include <QTest>

#include <cmath>
#include <random>

using namespace modscope;

class TestFilter : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void termsAreRead()
    {
        const auto filter = parseFilter("state:new|decided  -is:golden score:Religion>=0.5 age<=2d \"me when\" cat");
        QVERIFY2(filter.has_value(), filter ? "" : filter.error().message.c_str());
        QCOMPARE(filter->terms.size(), std::size_t{6});
        QCOMPARE(filter->terms[0].values, (std::vector<std::string>{"new", "decided"}));
        QVERIFY(filter->terms[1].negated);
        QCOMPARE(filter->terms[2].values.front(), std::string("Religion"));
        QCOMPARE(filter->terms[2].range.low, 0.5);
        QVERIFY(std::isinf(filter->terms[2].range.high));
        QCOMPARE(filter->terms[3].range.high, 2 * 86'400'000.0);
        QCOMPARE(filter->terms[4].field, FilterTerm::Field::Words);
        QCOMPARE(filter->terms[4].values.front(), std::string("me when"));
        QCOMPARE(filter->terms[5].values.front(), std::string("cat"));
    }

    void theTextLeadsBackToTheFilter_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char* text :
             {"", "state:new", "-is:golden|audit", "class:\"Other hate\"", "score:Religion=0.3..0.7", "risk>=0.8",
              "margin<=0.1", "source:\"user \"\"x\"\" report\"", "age>=36h", "duplicates>=3 skips=1..1",
              "by:reviewer-3", "\"state:new\"", "'; DROP TABLE item; --", "\"-minus\"", "-cat"}) {
            QTest::newRow(*text == '\0' ? "empty" : text) << QByteArray(text);
        }
    }

    void theTextLeadsBackToTheFilter()
    {
        QFETCH(const QByteArray, text);
        const auto filter = parseFilter(text.toStdString());
        QVERIFY2(filter.has_value(), filter ? "" : filter.error().message.c_str());
        const auto again = parseFilter(toText(*filter));
        QVERIFY(again.has_value());
        QVERIFY2(*again == *filter, toText(*filter).c_str());
    }

    void nonsenseIsNamed_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("named");
        QTest::newRow("unknown field") << QByteArray("colour:red") << QByteArray("'colour' is not a field");
        QTest::newRow("unknown state") << QByteArray("state:newish") << QByteArray("'newish'");
        QTest::newRow("unknown kind") << QByteArray("is:nice") << QByteArray("'nice'");
        QTest::newRow("no value") << QByteArray("state:") << QByteArray("value is missing");
        QTest::newRow("open quote") << QByteArray("source:\"abc") << QByteArray("quote is missing");
        QTest::newRow("no number") << QByteArray("risk>=high") << QByteArray("a number is expected");
        QTest::newRow("no unit") << QByteArray("age>=3") << QByteArray("30m, 12h or 2d");
        QTest::newRow("no class") << QByteArray("score>=0.5") << QByteArray("a class after ':'");
        QTest::newRow("no comparison") << QByteArray("score:Religion") << QByteArray("a comparison");
        QTest::newRow("names compared") << QByteArray("state>=new") << QByteArray("a name after ':'");
    }

    void nonsenseIsNamed()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QByteArray, named);
        const auto filter = parseFilter(text.toStdString());
        QVERIFY(!filter);
        QCOMPARE(filter.error().code, ErrorCode::ParseError);
        QVERIFY2(filter.error().message.find(named.toStdString()) != std::string::npos, filter.error().message.c_str());
    }

    /// Whatever is typed: an answer, and one whose text form means the same.
    void anyTextIsAnswered()
    {
        static constexpr std::string_view kLetters = "state:is-|\"<>=. 019dhcore\xC3\xA9";
        std::mt19937 random(5);
        std::size_t parsed = 0;
        for (int round = 0; round < 20'000; ++round) {
            std::string text;
            for (auto length = random() % 24; length > 0; --length) {
                text += kLetters[random() % kLetters.size()];
            }
            if (const auto filter = parseFilter(text)) {
                const auto again = parseFilter(toText(*filter));
                QVERIFY2(again && *again == *filter, text.c_str());
                ++parsed;
            }
        }
        QVERIFY(parsed > 1000);
    }
};

QTEST_GUILESS_MAIN(TestFilter)
#include "tst_filter.moc"
