#include "core/review/decision.h"
#include "tests/support/test_data.h"

#include <QTest>

using namespace modscope;

class TestDecision : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void theVerdictIsTheStrongestAnswer()
    {
        Decision decision;
        QCOMPARE(decision.verdict(), Answer::No);
        decision.answers = {Answer::No, Answer::Unsure};
        QCOMPARE(decision.verdict(), Answer::Unsure);
        decision.answers = {Answer::Unsure, Answer::Yes, Answer::No};
        QCOMPARE(decision.verdict(), Answer::Yes);
    }

    void lettersLeadBackToAnswers()
    {
        const std::vector<Answer> answers = {Answer::No, Answer::Yes, Answer::Unsure, Answer::No};
        QCOMPARE(answerLetters(answers), std::string("nyun"));
        QVERIFY(answersFromLetters("nyun") == answers);
        QVERIFY(answersFromLetters("") == std::vector<Answer>());
    }

    void anotherLetterIsRefused()
    {
        const auto answers = answersFromLetters("nxy");
        QVERIFY(!answers);
        QCOMPARE(answers.error().code, ErrorCode::ParseError);
    }
};

QTEST_GUILESS_MAIN(TestDecision)
#include "tst_decision.moc"
